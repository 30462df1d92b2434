/** What to start. Everything in here has been judged before: nothing is resolved, expanded or merged any more. */
export interface RunSpec {
  /** Exactly what the child sees as its arguments; `argv[0]` is its name, not where it is found. */
  readonly argv: readonly [string, ...string[]];
  /** Absolute path of the executable as the command named it: links are followed by the system, not by us. */
  readonly executablePath: string;
  /** Absolute directory. */
  readonly cwd: string;
  /** The whole environment of the child: nothing is inherited from this process. See `childEnvironment`. */
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds from the start until the run is ended, above 0. */
  readonly timeoutMs: number;
}

/** Why a run was ended from outside. Null in an outcome: it ended by itself. */
export type EndReason =
  'timeout' | 'cancelled' | 'disconnected' | 'refused' | 'paused' | 'contained' | 'unpaired' | 'quit';

export type RunOutcome = NotStarted | Finished;

/** The system refused to start it: nothing ran. */
export interface NotStarted {
  readonly kind: 'not-started';
  /** The system's code, such as `ENOENT`, `EACCES`, `E2BIG`; `ENOEXEC` where only a shell could have run the file. */
  readonly code: string;
  /** One sentence for a person. */
  readonly text: string;
}

/** The command started, and its first process is gone. */
export interface Finished {
  readonly kind: 'finished';
  /** 128 + the signal's number where a signal ended it. */
  readonly exitCode: number;
  readonly signal: string | null;
  /** Exit code 0, and nobody had to end it. */
  readonly success: boolean;
  readonly timedOut: boolean;
  readonly endedBy: EndReason | null;
  /** The first bytes of both streams, together at most 200,000 bytes, as text. */
  readonly stdout: string;
  readonly stderr: string;
  /** The last 20,000 characters of stdout and stderr, in this order. */
  readonly outputTail: string;
  /** Some output is missing in stdout or stderr: over the cap, or after the wait for a held pipe was over. */
  readonly truncated: boolean;
  /** Another process kept an output pipe open after the command itself had ended; what it writes is lost. */
  readonly pipesHeld: boolean;
  readonly durationMs: number;
  /** Processes that were found and could not be ended (another user's, or stuck in the kernel). Empty unless ended from outside. */
  readonly survivors: readonly ProcessRef[];
}

/** One process, told apart from a later one with the same number by when it started. */
export interface ProcessRef {
  readonly pid: number;
  /** Opaque; equal for equal processes. */
  readonly startId: string;
}

/** One started command. */
export interface RunHandle {
  /** Null when it did not start. */
  readonly pid: number | null;
  /** Never rejects. */
  readonly outcome: Promise<RunOutcome>;
  /**
   * Ends the command and every descendant found: SIGTERM, then SIGKILL after a grace. Only the first reason counts. Also after the outcome,
   * for what it left running. Resolves, never rejects, with what could not be ended.
   */
  end(reason: EndReason): Promise<readonly ProcessRef[]>;
  /** Descendants that are still alive, as far as they can be found. Meant for after the outcome. */
  leftovers(): Promise<readonly ProcessRef[]>;
}
