import type { CommandAnswer } from './answer.ts';

/** One invoke, as its command sees it. */
export interface CommandCall {
  /** Parsed JSON, not yet validated: each command knows its own parameters. */
  readonly params: unknown;
  /** SHA-256 (hex) of the parameters as they came. */
  readonly parametersHash: string;
  /** The same key means the same request: it runs once and is answered alike. */
  readonly idempotencyKey: string | null;
  /** How long the gateway waits for the answer, in milliseconds; null when it did not say. */
  readonly timeoutMs: number | null;
  /** Aborted when the caller gave up (reason "cancelled") or the connection is gone (reason "connection-lost"). */
  readonly signal: AbortSignal;
}

export type Command = (call: CommandCall) => Promise<CommandAnswer>;

/** Why a call's signal was aborted. */
export type GivenUp = 'cancelled' | 'connection-lost';
