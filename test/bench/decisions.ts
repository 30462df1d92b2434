import { createHash } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

import type { FileFacts, ReadBounds } from '../../main/facts/file-facts.ts';
import type { Machine } from '../../main/facts/machine.ts';
import { openMachine } from '../../main/facts/machine.ts';
import { assess, type Case } from '../../main/policy/assess.ts';
import { effectivePolicy } from '../../main/policy/effective-policy.ts';
import { commandParams, toRunRequest } from '../../main/request/run-request.ts';
import { inTurns, type Series } from './series.ts';

/** What agents send, and what the policy below says of it. */
const COMMANDS = [
  { command: ['/usr/bin/true'], verdict: 'run' },
  { command: ['/bin/sh', '-c', 'true'], verdict: 'run' },
  { command: ['/bin/sh', '-c', 'cd /usr && ls -la | head -n 3'], verdict: 'prompt' },
  { command: ['/bin/sh', '-c', 'true --version; ls "/usr/bin"'], verdict: 'run' },
  { command: ['/bin/sh', '-c', 'sh ./run.sh --fast'], verdict: 'prompt' },
] as const;
const SCRIPT = `#!/bin/sh\n${'echo one more line of an ordinary script\n'.repeat(50)}`;
const LISTED = ['/usr/bin/true', '/bin/ls', '/usr/bin/ls'];

const FOR_MS = 3000;

const AT_ONCE = 8;

/**
 * The judgement of ordinary commands, by a policy of fifty rules, on one core. With the disk, one judgement alone mostly
 * waits: what the core can do is seen when several wait at the same time, as they do for a gateway that asks for several.
 */
export async function decisions(): Promise<readonly (readonly [decision: Series, floor: Series])[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-bench-')));
  writeFileSync(join(folder, 'run.sh'), SCRIPT);
  try {
    return await measured(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measured(folder: string): Promise<readonly (readonly [decision: Series, floor: Series])[]> {
  const machine = await openMachine();
  const cases = COMMANDS.map(({ command }) => caseOf(command, folder));
  const params = COMMANDS.map(({ command }) => JSON.stringify({ command, agentId: 'main' }));
  const cached = { ...machine, files: remembered(machine.files) };
  for (const facts of [machine, cached]) await expectVerdicts(cases, facts);
  const looks = await Promise.all(cases.map((one) => looksOf(one, machine)));
  const inMemory = await inTurns(
    [
      { what: 'decision, facts in memory', run: oneOf(cases, (one) => assess(one, cached)) },
      {
        what: 'validate and hash a request',
        run: oneOf(params, (json) => {
          commandParams.parse(JSON.parse(json));
          createHash('sha256').update(json).digest('hex');
        }),
      },
    ] as const,
    { forMs: FOR_MS, warmUp: 1000 },
  );
  const onDisk = (words: string) =>
    [
      { what: `decision, facts from the disk${words}`, run: oneOf(cases, (one) => assess(one, machine)) },
      { what: `only its files, one by one${words}`, run: oneOf(looks, lookAgain) },
    ] as const;
  const alone = await inTurns(onDisk(''), { forMs: FOR_MS, warmUp: 200 });
  const together = await inTurns(onDisk(`, ${AT_ONCE} at once`), {
    forMs: FOR_MS,
    atOnce: AT_ONCE,
    warmUp: 200,
  });
  return [inMemory, alone, together];
}

/** What a judgement cannot do without: each component once, each file that others can write hashed. */
interface Looks {
  readonly components: readonly string[];
  readonly hashed: readonly string[];
}

async function looksOf(one: Case, machine: Machine): Promise<Looks> {
  const { files } = (await assess(one, machine)).assessment.binding;
  return {
    components: [...new Set(files.flatMap(({ components }) => components.map(({ path }) => path)))],
    hashed: files.filter(({ sha256 }) => sha256 !== null).map(({ realPath }) => realPath),
  };
}

/** The floor: as a program would that asks the system for just that, through the same promises. */
async function lookAgain({ components, hashed }: Looks): Promise<void> {
  for (const path of components) await lstat(path, { bigint: true });
  for (const path of hashed) {
    const file = await open(path);
    createHash('sha256')
      .update(await file.readFile())
      .digest('hex');
    await file.close();
  }
}

/** A judgement that fails is quick. */
async function expectVerdicts(cases: readonly Case[], machine: Machine): Promise<void> {
  for (const [index, { command, verdict }] of COMMANDS.entries()) {
    const one = cases[index];
    if (one === undefined) continue;
    const { assessment } = await assess(one, machine);
    if (assessment.verdict === verdict) continue;
    throw new Error(`${command.join(' ')}: "${assessment.verdict}" (${assessment.reason}), not "${verdict}"`);
  }
}

/** Work on one item after the other, from the start again at the end. */
function oneOf<T>(items: readonly T[], work: (item: T) => unknown): () => Promise<void> {
  let turn = 0;
  return async () => {
    const item = items[turn++ % items.length];
    if (item !== undefined) await work(item);
  };
}

function caseOf(command: readonly string[], cwd: string): Case {
  const listed = [...LISTED, ...Array.from({ length: 47 }, (_, n) => `/opt/tools/tool-${n}`)];
  const rules = {
    version: 1 as const,
    agents: { main: { allowlist: listed.map((pattern) => ({ pattern })) } },
  };
  return {
    request: toRunRequest({ command: [...command], cwd, agentId: 'main' }),
    policy: effectivePolicy(rules, 'main'),
    prepared: null,
    granted: () => false,
    path: '/usr/bin:/bin',
    home: homedir(),
    gatewayId: 'bench',
    own: { bundle: [], files: [], stateFolder: '/nowhere/latchkey', keychainService: 'Latchkey' },
  };
}

/** The disk is asked once for everything: what is left is the judging. */
function remembered(files: FileFacts): FileFacts {
  const known = new Map<string, unknown>();
  const once =
    <Args extends unknown[], T>(name: string, ask: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      const key = JSON.stringify([name, args]);
      if (!known.has(key)) known.set(key, await ask(...args));
      return known.get(key) as T;
    };
  const facts: FileFacts = {
    once: () => facts,
    trace: once('trace', (path: string) => files.trace(path)),
    read: once('read', (path: string, bounds: ReadBounds) => files.read(path, bounds)),
    peek: once('peek', (path: string, bytes: number) => files.peek(path, bytes)),
  };
  return facts;
}
