import type { Assessment } from './assessment.ts';
import type { RunRequest } from './run-request.ts';

/** A request with what was judged of it. */
export interface Judged {
  readonly request: RunRequest;
  readonly assessment: Assessment;
  /** First bytes of each operand, by real path, from the read that was hashed. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** Names the policy that it was judged by. */
  readonly policyVersion: string;
  /** The grant that was found for it; null: none was looked for, or there is none. */
  readonly grantId: string | null;
}
