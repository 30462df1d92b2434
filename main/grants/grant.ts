import type { CloseReason } from '../prompt/prompt.ts';
import type { RunRequest } from '../request/run-request.ts';

/** How long a grant lasts at most. Nothing makes one longer. */
export const GRANT_MS = {
  '15m': 15 * 60_000,
  '1h': 60 * 60_000,
  // A session has no end that this Mac could see, so it gets one: the connection's, and half a working day.
  session: 4 * 60 * 60_000,
} as const;

export type GrantSpan = keyof typeof GRANT_MS;

/** The person's yes to exactly one request, for a while. Kept in memory only. */
export interface Grant {
  readonly id: string;
  /** Names the request with everything bound to it: command, folder, file contents, agent, session, gateway. */
  readonly digest: string;
  readonly span: GrantSpan;
  readonly request: RunRequest;
  /** Where it runs: canonical. */
  readonly cwd: string;
  readonly gateway: { readonly id: string; readonly name: string };
  /** Wall clock, for people. */
  readonly givenAtMs: number;
  readonly endsAtMs: number;
}

/** Why a grant is over: a reason of its own, or what closed every question as well. */
export type GrantEnd =
  | CloseReason
  | 'revoked'
  | 'replaced'
  | 'policy-changed'
  /** Everything was dropped while it was being made. */
  | 'dropped';
