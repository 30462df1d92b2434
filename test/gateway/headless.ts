import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import { endTree, hasEnded, tieToThisProcess } from './process-tree.ts';

const headlessScript = fileURLToPath(new URL('../../dist/main/headless.js', import.meta.url));

const event = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('state'),
    state: z.enum([
      'unpaired',
      'connecting',
      'awaiting-approval',
      'connected',
      'offline',
      'paused',
      'attention',
    ]),
    requestId: z.string().optional(),
    commandsApproved: z.boolean().optional(),
    detail: z.string().optional(),
    unpaired: z
      .object({
        deviceId: z.string(),
        removeCommand: z.string(),
        proof: z.array(z.object({ what: z.string(), state: z.string(), detail: z.string().nullable() })),
      })
      .optional(),
  }),
  z.object({
    event: z.literal('prompt'),
    id: z.string(),
    digest: z.string(),
    command: z.unknown(),
    cwd: z.string(),
    agentId: z.string().nullable(),
    sessionKey: z.string().nullable(),
    operands: z.array(z.object({ path: z.string(), sha256: z.string() })),
    choices: z.array(z.string()),
    expiresAtMs: z.number(),
    claim: z.string().optional(),
    origin: z.string().optional(),
    host: z.string().optional(),
  }),
  z.object({
    event: z.literal('operator'),
    state: z.string(),
    requestId: z.string().optional(),
    detail: z.string().optional(),
  }),
  z.object({ event: z.literal('prompt-closed'), id: z.string(), reason: z.string() }),
  z.object({
    event: z.literal('finished'),
    runId: z.string().nullable(),
    exitCode: z.number().nullable(),
    durationMs: z.number(),
  }),
  z.object({ event: z.literal('denied'), runId: z.string().nullish(), reason: z.string() }),
  z.object({
    event: z.literal('policy-edit'),
    id: z.string(),
    state: z.enum(['waiting', 'applied']),
    changes: z.array(z.looseObject({ id: z.string().optional(), kind: z.string() })),
  }),
  z.object({ event: z.literal('policy-edit-closed'), id: z.string() }),
  z.object({ event: z.literal('error'), message: z.string() }),
]);

export type HeadlessEvent = z.infer<typeof event>;
export type EventNamed<Name extends HeadlessEvent['event']> = Extract<HeadlessEvent, { event: Name }>;

export interface HeadlessOptions {
  readonly stateDir: string;
  /** The person's home folder, where commands run that name no directory. */
  readonly home: string;
  readonly path: string;
  readonly args: readonly string[];
  /** What standard input starts with: a setup code or a token, where the arguments announce one. */
  readonly firstLine: string | undefined;
}

/** Our own program without a window, driven by JSON lines as a script would drive it. */
export interface Headless {
  readonly pid: number;
  /**
   * The first event of that name that fits, among those after the last one returned here: what happened between two
   * calls is not lost, and nothing is returned twice.
   * @throws {Error} with the last things that were said, when there is none in time or the process ends first.
   */
  next<Name extends HeadlessEvent['event']>(
    name: Name,
    fits?: (event: EventNamed<Name>) => boolean,
    timeoutMs?: number,
  ): Promise<EventNamed<Name>>;
  /** Everything said so far, oldest first. */
  events(): readonly HeadlessEvent[];
  /** The state that was said last. */
  state(): EventNamed<'state'> | undefined;
  decide(prompt: EventNamed<'prompt'>, decision: string): void;
  /** Approves these changes of an edit of the policy; none: refuses it. */
  edit(id: string, approve: readonly string[]): void;
  pause(): void;
  resume(): void;
  unpair(): void;
  /** Switches the operator connection on with that setup code, or off. */
  operator(to: { setupCode: string } | { token: string } | false): void;
  /** All output, for assertions on what must never be in it. */
  output(): string;
  stop(): Promise<void>;
}

export function startHeadless({ stateDir, home, path, args, firstLine }: HeadlessOptions): Headless {
  const env = { PATH: path, HOME: home, LANG: 'C.UTF-8' };
  const child = spawn(
    process.execPath,
    [headlessScript, '--state-dir', stateDir, '--memory-secrets', ...args],
    {
      env,
      cwd: home,
    },
  );
  tieToThisProcess(child);
  const said: HeadlessEvent[] = [];
  const watchers = new Set<() => void>();
  let output = '';
  let errors = '';
  let unfinished = '';
  let consumed = 0;
  let brokenLine: string | undefined;

  const notify = (): void => {
    for (const watcher of watchers) watcher();
  };
  child.stdout.on('data', (data: Buffer) => {
    const text = data.toString('utf8');
    output += text;
    const lines = (unfinished + text).split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) {
      const parsed = parseEvent(line);
      if (parsed) said.push(parsed);
      else brokenLine ??= line;
    }
    notify();
  });
  child.stderr.on('data', (data: Buffer) => (errors += data.toString('utf8')));
  child.on('exit', notify);
  // Writing to a process that has just ended is not what a test is about: the wait that follows tells.
  child.stdin.on('error', () => undefined);
  if (firstLine !== undefined) child.stdin.write(`${firstLine}\n`);
  const send = (line: object): void => void child.stdin.write(`${JSON.stringify(line)}\n`);
  const transcript = (): string =>
    [...said.slice(-20).map((entry) => JSON.stringify(entry)), errors].join('\n');

  const { pid } = child;
  if (pid === undefined) throw new Error('headless could not be started');
  return {
    pid,
    next: (name, fits = () => true, timeoutMs = 30_000) =>
      new Promise((resolve, reject) => {
        const settle = (action: () => void): void => {
          clearTimeout(timer);
          watchers.delete(look);
          action();
        };
        const fail = (why: string): void =>
          settle(() => reject(new Error(`${why}; it said:\n${transcript()}`)));
        const timer = setTimeout(() => fail(`no "${name}" within ${timeoutMs} ms`), timeoutMs);
        const look = (): void => {
          if (brokenLine !== undefined) {
            fail(`not a line of the protocol: ${brokenLine}`);
            return;
          }
          for (const [index, entry] of said.entries()) {
            if (index < consumed || !isNamed(entry, name) || !fits(entry)) continue;
            consumed = index + 1;
            settle(() => resolve(entry));
            return;
          }
          if (hasEnded(child)) fail(`ended without "${name}"`);
        };
        watchers.add(look);
        look();
      }),
    events: () => said,
    state: () => said.findLast((entry) => entry.event === 'state'),
    decide: ({ id, digest }, decision) => send({ decide: { id, digest, decision } }),
    edit: (id, approve) => send({ edit: { id, approve } }),
    pause: () => send({ pause: true }),
    resume: () => send({ resume: true }),
    unpair: () => send({ unpair: true }),
    operator: (to) => send({ operator: to }),
    output: () => output + errors,
    stop: () => endTree(child, 5000),
  };
}

function parseEvent(line: string): HeadlessEvent | undefined {
  try {
    return event.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function isNamed<Name extends HeadlessEvent['event']>(
  entry: HeadlessEvent,
  name: Name,
): entry is EventNamed<Name> {
  return entry.event === name;
}
