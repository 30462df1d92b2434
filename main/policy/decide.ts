import type { Verdict } from '../request/assessment.ts';
import type { Ask, Security } from './effective-policy.ts';
import type { Reason } from './reasons.ts';

/** What was found out about a request, as far as it matters for the verdict. */
export interface Findings {
  /** Denied whatever the policy: broken, misleading, or on the never-list. */
  readonly hard: Reason | null;
  /** Nobody may be asked about it, and no rule covers it. */
  readonly refusal: Reason | null;
  /** All of it is covered by rules or by a grant. */
  readonly covered: Reason | null;
  /** Why it is not. */
  readonly miss: Reason;
  /** It asks at least, whatever covers it. */
  readonly asks: Reason | null;
}

export interface Decision {
  readonly verdict: Verdict;
  readonly reason: Reason;
}

const RANK: Readonly<Record<Verdict, number>> = { run: 0, prompt: 1, deny: 2 };

/** The stricter of two decisions; the first where they are equal. */
export function strictest(first: Decision, second: Decision): Decision {
  return RANK[second.verdict] > RANK[first.verdict] ? second : first;
}

/** One pair of settings applied to what was found: issue by issue the strictest answer wins, and every answer has a reason. */
export function decide(security: Security, ask: Ask, findings: Findings): Decision {
  const { hard, refusal, covered, miss, asks } = findings;
  if (hard !== null) return { verdict: 'deny', reason: hard };
  if (security === 'deny') return { verdict: 'deny', reason: { code: 'security-deny' } };
  let decision: Decision;
  if (security === 'full') decision = { verdict: 'run', reason: { code: 'policy-full' } };
  else if (refusal !== null) decision = { verdict: 'deny', reason: refusal };
  else if (covered !== null) decision = { verdict: 'run', reason: covered };
  else if (ask === 'off') decision = { verdict: 'deny', reason: { ...miss, code: 'ask-off' } };
  else decision = { verdict: 'prompt', reason: miss };
  if (ask === 'always') decision = strictest(decision, { verdict: 'prompt', reason: { code: 'always-ask' } });
  if (asks !== null) decision = strictest(decision, { verdict: 'prompt', reason: asks });
  return askable(decision, refusal);
}

/** A question about something that cannot be bound is not asked: its answer would be worth nothing. */
export function askable(decision: Decision, refusal: Reason | null): Decision {
  return decision.verdict === 'prompt' && refusal !== null ? { verdict: 'deny', reason: refusal } : decision;
}

/**
 * What happens where no prompt can be shown at all. `askFallback` never gives more than security and list do, and what
 * has to be asked about for its own sake is not run unasked.
 */
export function unattended(
  decision: Decision,
  { security, askFallback }: { readonly security: Security; readonly askFallback: Security },
  { covered, refusal, asks }: Findings,
): 'run' | 'deny' {
  if (decision.verdict !== 'prompt') return decision.verdict;
  if (refusal !== null || asks !== null || security === 'deny') return 'deny';
  if (askFallback === 'full' && security === 'full') return 'run';
  // A grant is no rule: where nobody can be asked, nobody is there who could take it back.
  return askFallback !== 'deny' && covered?.code === 'rule-matches' ? 'run' : 'deny';
}
