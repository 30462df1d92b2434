import { execFile, spawn } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { checkBeforeStart } from '../../main/binding/check-before-start.ts';
import { checkBinding, stopsRun } from '../../main/binding/check-binding.ts';
import { openMachine } from '../../main/facts/machine.ts';
import { assess } from '../../main/policy/assess.ts';
import { effectivePolicy } from '../../main/policy/effective-policy.ts';
import { DEFAULT_POLICY } from '../../main/policy/policy-file.ts';
import type { Assessment, Binding } from '../../main/request/assessment.ts';
import { sha256Hex } from '../../main/request/digest.ts';

/** How the runs of a race ended. */
export interface Tally {
  /** Not asked about, or stopped by the last look. */
  refused: number;
  ran: number;
  /** Of those: something differed after the end. */
  drifted: number;
  /** Of those: what came out was not of the approved bytes. */
  unapproved: number;
  /** What came out was not of the approved bytes, and nothing differed after the end. */
  unreported: number;
}

const COMMANDS = ['sh run.sh', 'sh link/run.sh', 'sh good/run.sh', 'tool', 'sh run.sh && tool'];
const say = (word: string): string => `echo ${word}\n`;
const run = promisify(execFile);

/** Judges, approves, looks again and runs, against a process that changes everything on the way. */
export async function race(runs: number): Promise<Tally> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-race-')));
  const at = (name: string): string => join(home, name);
  for (const folder of ['work', 'work/good', 'work/bad', 'first', 'bin']) mkdirSync(at(folder));
  for (const file of ['work/run.sh', 'work/good/run.sh']) writeFileSync(at(file), say('approved'));
  writeFileSync(at('work/bad/run.sh'), say('unapproved'));
  writeFileSync(at('bin/tool'), `#!/bin/sh\n${say('approved')}`, { mode: 0o755 });
  symlinkSync('good', at('work/link'));
  // What root alone can change is not looked at as closely, and to root all of this would be root's.
  if (process.getuid?.() === 0) chownSync(home, 65534, 65534);
  const attacker = spawn(process.execPath, [fileURLToPath(new URL('attacker.mjs', import.meta.url)), home], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    await new Promise((resolve) => attacker.stdout.once('data', resolve));
    const machine = await openMachine();
    const tally: Tally = { refused: 0, ran: 0, drifted: 0, unapproved: 0, unreported: 0 };
    for (let turn = 0; turn < runs; turn += 1) {
      const text = COMMANDS[turn % COMMANDS.length] ?? '';
      const { assessment } = await assess(
        {
          request: {
            argv: ['/bin/sh', '-c', text],
            rawCommand: null,
            cwd: at('work'),
            env: {},
            agentId: null,
            sessionKey: null,
          },
          policy: effectivePolicy(DEFAULT_POLICY, null),
          prepared: null,
          granted: () => false,
          path: [at('absent'), at('first'), at('bin'), '/usr/bin', '/bin'].join(':'),
          home,
          gatewayId: 'race',
          own: { bundle: [], files: [], stateFolder: '/nowhere', keychainService: '' },
        },
        machine,
      );
      const { binding } = assessment;
      const before =
        assessment.verdict === 'deny'
          ? null
          : await checkBeforeStart(binding, machine.files, setTimeout, Date.now);
      if (before === null || stopsRun(before)) {
        tally.refused += 1;
        continue;
      }
      const output = await outputOf(binding);
      const after = await checkBinding(binding, machine.files);
      const isApproved = isWithin(output, expected(assessment));
      tally.ran += 1;
      if (after.length > 0) tally.drifted += 1;
      if (!isApproved) tally.unapproved += 1;
      if (!isApproved && after.length === 0) tally.unreported += 1;
    }
    return tally;
  } finally {
    attacker.stdin.end();
    await new Promise((resolve) => attacker.once('exit', resolve));
    rmSync(home, { recursive: true, force: true });
  }
}

/** What runs may be anything, and may fail in any way: a file can be gone for a moment. */
async function outputOf({ program, argv, cwd, path }: Binding): Promise<string> {
  const [, ...args] = argv;
  try {
    return (await run(program, args, { cwd, env: { PATH: path } })).stdout;
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
  }
}

/** A command may come to nothing when its file is gone for a moment; what it says has to be what was approved. */
function isWithin(output: string, approved: string): boolean {
  const left = approved.split('\n');
  return output.split('\n').every((line) => {
    const at = left.indexOf(line);
    if (at !== -1) left.splice(0, at + 1);
    return line === '' || at !== -1;
  });
}

/** What the bytes say that were bound, be they the ones from before the attack or from the middle of it. */
function expected({ segments, operands }: Assessment): string {
  const said = new Map(
    ['approved', 'unapproved'].flatMap((word): [string, string][] => [
      [sha256Hex(say(word)), say(word).slice('echo '.length)],
      [sha256Hex(`#!/bin/sh\n${say(word)}`), say(word).slice('echo '.length)],
    ]),
  );
  const hashes = [...operands.map(({ sha256 }) => sha256)];
  const tool = segments.find(({ argv }) => argv[0] === 'tool')?.sha256 ?? null;
  if (tool !== null) hashes.push(tool);
  return hashes.map((hash) => said.get(hash) ?? '').join('');
}
