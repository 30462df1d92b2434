import { EventEmitter } from 'node:events';

export interface FinishedRun {
  readonly runId: string;
  readonly exitCode: number;
  readonly durationMs: number;
}

export interface RefusedRun {
  /** Null: the gateway gave it none. */
  readonly runId: string | null;
  /** Kebab-case. */
  readonly reason: string;
}

/** It was allowed, and did not run: what it was allowed for had changed. */
export interface StoppedRun {
  /** Of what was allowed. */
  readonly digest: string;
  /** Path of the file that changed; null: it was something else, such as the folder. */
  readonly changed: string | null;
}

/** Words of the gateway, as they came: whoever shows them escapes them. */
export interface NoticeFrom {
  /** The gateway as this Mac paired with it. */
  readonly from: string;
  readonly title: string;
  readonly body: string;
}

/** What the commands tell whoever watches. */
export class Reports extends EventEmitter<{
  finished: [run: FinishedRun];
  denied: [run: RefusedRun];
  stopped: [run: StoppedRun];
  notice: [notice: NoticeFrom];
}> {}
