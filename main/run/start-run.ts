import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';

import { type EndTimings, endTree } from './end-tree.ts';
import { OutputCapture } from './output-capture.ts';
import { readProcessTable } from './process-table.ts';
import { ProcessTree } from './process-tree.ts';
import { findMarked, RUN_MARKER } from './run-marker.ts';
import type { EndReason, NotStarted, ProcessRef, RunHandle, RunOutcome, RunSpec } from './run-outcome.ts';
import { explainSpawnFailure, refuseFormat } from './spawn-failure.ts';

export interface RunTimings extends EndTimings {
  /** How long output is still taken after the command itself ended, while another process keeps a pipe open. */
  readonly pipeWaitMs: number;
}

const TIMINGS: RunTimings = { graceMs: 2_000, killMs: 5_000, pipeWaitMs: 1_000 };

/** Descendants are looked for often at first, when programs that detach do so. The last interval repeats. */
const LOOK_AFTER_MS = [50, 100, 200, 400, 1_000, 2_000] as const;

/** Runs that look at about the same time share one reading of the process table. */
const SHARED_LOOK_MS = 40;

/** From the end of a command to the last look. That look may be shared with others of this time, but is never from before the end. */
const LAST_LOOK_MS = 250;

/** What is said of a command that not even SIGKILL ended: it is among the survivors. */
const UNENDED = { code: null, signal: 'SIGKILL' } as const;

/** A longer timer fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

type Child = ChildProcessByStdio<null, Readable, Readable>;
interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Starts exactly what the spec says: no shell, nothing of this process's environment, standard input empty, a session and process group of its own.
 * Checks nothing that was judged before, and starts at once: what must happen first has happened.
 */
export function startRun(spec: RunSpec, timings: RunTimings = TIMINGS): RunHandle {
  const refused = refuseFormat(spec.executablePath);
  if (refused !== null) return neverRan(Promise.resolve(refused));
  const [argv0, ...args] = spec.argv;
  let child: Child;
  try {
    child = spawn(spec.executablePath, args, {
      argv0,
      cwd: spec.cwd,
      env: { ...spec.env },
      detached: true,
      shell: false,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    return neverRan(Promise.resolve(explainSpawnFailure(error, spec)));
  }
  if (child.pid === undefined) {
    return neverRan(once(child, 'error').then(([error]) => explainSpawnFailure(error, spec)));
  }
  return new Run(child, child.pid, spec, timings);
}

function neverRan(outcome: Promise<NotStarted>): RunHandle {
  const nothing = () => Promise.resolve([]);
  return { pid: null, outcome, end: nothing, leftovers: nothing };
}

class Run implements RunHandle {
  readonly pid: number;
  readonly outcome: Promise<RunOutcome>;
  readonly #child: Child;
  readonly #timings: RunTimings;
  readonly #marker: string | null;
  readonly #tree: ProcessTree;
  readonly #output = new OutputCapture();
  readonly #begun = performance.now();
  #exit: Exit | null = null;
  #giveUp: () => void = () => undefined;
  #survivors: readonly ProcessRef[] = [];
  #endedBy: EndReason | null = null;
  #ending: Promise<readonly ProcessRef[]> | null = null;

  constructor(child: Child, pid: number, { timeoutMs, env }: RunSpec, timings: RunTimings) {
    this.pid = pid;
    this.#child = child;
    this.#timings = timings;
    this.#marker = env[RUN_MARKER] ?? null;
    this.#tree = new ProcessTree(pid);
    child.stdout.on('data', (chunk: Buffer) => this.#output.take('stdout', chunk));
    child.stderr.on('data', (chunk: Buffer) => this.#output.take('stderr', chunk));
    // A pipe that breaks has nothing more to give; without a listener it would end this process.
    for (const emitter of [child, child.stdout, child.stderr]) emitter.on('error', () => undefined);
    const timer = setTimeout(() => void this.end('timeout'), Math.min(timeoutMs, LONGEST_TIMER_MS));
    const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const over = new Promise<void>((resolve) => {
      this.#giveUp = resolve;
      child.once('exit', (code, signal) => {
        this.#exit = { code, signal };
        this.#rememberLeftovers();
        resolve();
      });
    });
    void over.then(() => clearTimeout(timer));
    this.outcome = this.#conclude(over, closed);
    this.#remember(0);
  }

  end(reason: EndReason): Promise<readonly ProcessRef[]> {
    // A command that ended by itself was not ended by anyone, even if something of it still runs.
    if (this.#exit === null) this.#endedBy ??= reason;
    this.#ending ??= this.#endTree();
    return this.#ending;
  }

  async leftovers(): Promise<readonly ProcessRef[]> {
    await this.#look(0);
    return this.#tree.members;
  }

  async #endTree(): Promise<readonly ProcessRef[]> {
    const held = () => this.#exit === null;
    const marked = () =>
      this.#marker === null ? Promise.resolve(new Set<number>()) : findMarked(this.#marker);
    this.#survivors = await endTree(this.#tree, this.pid, held, this.#timings, marked);
    this.#ending = null;
    this.#giveUp();
    return this.#survivors;
  }

  async #conclude(over: Promise<void>, closed: Promise<void>): Promise<RunOutcome> {
    await over;
    const durationMs = Math.round(performance.now() - this.#begun);
    await this.#ending;
    const pipesHeld = !(await settlesWithin(closed, this.#timings.pipeWaitMs));
    // Whoever holds the other end gets EPIPE or SIGPIPE from now on, and we hold no descriptor for a run that is over.
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
    await this.#ending;
    const { code, signal } = this.#exit ?? UNENDED;
    const exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
    const output = this.#output.finish();
    return {
      kind: 'finished',
      exitCode,
      signal,
      success: exitCode === 0 && this.#endedBy === null,
      timedOut: this.#endedBy === 'timeout',
      endedBy: this.#endedBy,
      ...output,
      truncated: output.truncated || pipesHeld,
      pipesHeld,
      durationMs,
      survivors: this.#survivors,
    };
  }

  /** Looks as long as it runs: what leaves the group later can be followed only by who knew it before. */
  #remember(looks: number): void {
    const after = LOOK_AFTER_MS[Math.min(looks, LOOK_AFTER_MS.length - 1)];
    setTimeout(() => {
      if (this.#exit === null) void this.#look(SHARED_LOOK_MS).then(() => this.#remember(looks + 1));
    }, after).unref();
  }

  /** Without it, what is left would be told from others by a group's number alone, which a later process can get. */
  #rememberLeftovers(): void {
    setTimeout(() => void this.#look(LAST_LOOK_MS - 1), LAST_LOOK_MS).unref();
  }

  async #look(maxAgeMs: number): Promise<void> {
    const held = this.#exit === null;
    const table = await readProcessTable(maxAgeMs).catch(() => null);
    if (table !== null) this.#tree.observe(table, held);
  }
}

async function settlesWithin(promise: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
