import type { Claim } from '../approvals/claim.ts';
import type { Assessment } from '../policy/assessment.ts';
import type { RunRequest } from '../request/run-request.ts';

/** One question to the person at this Mac. It names one request, and only that one can be answered with it. */
export interface Prompt {
  readonly id: string;
  /** The digest of the assessment that is shown: an answer has to carry the same one. */
  readonly digest: string;
  readonly request: RunRequest;
  readonly assessment: Assessment;
  /** First bytes of each bound file, by real path, from the very read that was hashed. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** The gateway as this Mac paired with it, never as the request calls it. */
  readonly gateway: { readonly name: string; readonly address: string };
  readonly choices: readonly Choice[];
  /** The request says that it was approved elsewhere. That counts for nothing here, and the person should know of it. */
  readonly claim?: Claim;
  readonly askedAtMs: number;
  /** Wall clock, in milliseconds. No answer by then is no. */
  readonly expiresAtMs: number;
}

export type Choice = 'allow-once' | 'allow-always' | 'deny';

/** Why a prompt went away without an answer of its own. Every one of them means no. */
export type CloseReason =
  | 'expired'
  | 'cancelled'
  | 'connection-lost'
  | 'surface-gone'
  | 'too-many'
  | 'paused'
  | 'locked'
  | 'sleep'
  | 'unpaired'
  | 'quit';

export type PromptOutcome =
  | { readonly kind: 'decided'; readonly choice: Choice }
  | { readonly kind: 'closed'; readonly reason: CloseReason };

export interface Answer {
  readonly id: string;
  readonly digest: string;
  readonly decision: Choice;
}

/** What became of an answer. Only `accepted` changed anything. */
export type AnswerResult = 'accepted' | 'unknown-prompt' | 'wrong-digest' | 'not-offered';
