/** What a run says of a yes that it was given elsewhere. Anybody who can send a run can say it. */
export interface Claim {
  /** `model`: a reviewing model said yes. `nobody`: nobody answered, and the gateway's fallback let it through. */
  readonly by: 'operator' | 'model' | 'nobody';
  /** The gateway's approval that it names, where it is whole: an operator's yes with a decision. Else null. */
  readonly approvalId: string | null;
}

/** The fields of `system.run` that speak of an approval. */
interface Spoken {
  readonly approved?: boolean | null | undefined;
  readonly approvalDecision?: string | null | undefined;
  readonly approvalSource?: string | null | undefined;
  readonly runId?: string | null | undefined;
}

/** Null: it claims nothing. A source beside an operator's yes spoils it: no gateway sends both. */
export function claimOf({ approved, approvalDecision, approvalSource, runId }: Spoken): Claim | null {
  if (approvalSource != null) {
    return { by: approvalSource === 'ask-fallback' ? 'nobody' : 'model', approvalId: null };
  }
  if (approved !== true && approvalDecision == null) return null;
  const whole =
    approved === true && (approvalDecision === 'allow-once' || approvalDecision === 'allow-always');
  return { by: 'operator', approvalId: whole ? (runId ?? null) : null };
}
