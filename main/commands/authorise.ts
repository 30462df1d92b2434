import type { Claim } from '../approvals/claim.ts';
import { offerFor } from '../prompt/choices.ts';
import type { AllowChoice, Prompt } from '../prompt/prompt.ts';
import type { PromptDesk } from '../prompt/prompt-desk.ts';
import type { QuietTimes } from '../prompt/quiet-times.ts';
import type { Judged } from '../request/judged.ts';
import type { EarlierApproval } from './earlier-approval.ts';
import { deniedBecause, promptClosed, type Refusal, refusals } from './refusal.ts';

/** Who said yes, or who said no. */
export type DecidedBy =
  | { who: 'person' }
  | { who: 'rule'; rules: string[] }
  | { who: 'grant'; grant: string }
  | { who: 'policy' }
  | { who: 'latchkey' }
  /** An operator of the gateway, where the person chose that this counts. */
  | { who: 'gateway'; approval: string };

export type Authority =
  | { readonly granted: true; readonly by: DecidedBy; readonly choice: AllowChoice | null }
  | { readonly granted: false; readonly by: DecidedBy; readonly refusal: Refusal }
  /** An answer to an identical question came first: judge it again. */
  | { readonly granted: 'judge-again' };

export interface Asking {
  readonly desk: PromptDesk;
  readonly quiet: Pick<QuietTimes, 'covers'>;
  readonly gateway: Prompt['gateway'];
  /** How long the person has, in milliseconds; not above 0: no time is left to ask. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  /** What a yes from before the run is worth. */
  readonly earlier: Exclude<EarlierApproval, { kind: 'refused' }>;
  /** What was allowed before of the files that it runs. */
  readonly recall: (judged: Judged) => Promise<Prompt['lastAllowed']>;
}

const no = (by: DecidedBy, refusal: Refusal): Authority => ({ granted: false, by, refusal });

/** Turns a judgement into a yes or a no, asking the person where the judgement says so. */
export async function authorise(
  judged: Judged,
  { desk, quiet, earlier, recall, ...asking }: Asking,
): Promise<Authority> {
  const { assessment } = judged;
  const rules = decidedBy(judged);
  switch (assessment.verdict) {
    case 'deny':
      return no({ who: 'policy' }, assessment);
    case 'run':
      return { granted: true, by: rules, choice: null };
    case 'prompt': {
      if (earlier.kind === 'counts') return { granted: true, by: whoApproved(earlier), choice: 'allow-once' };
      if (!desk.canAsk) {
        return assessment.unattended === 'run'
          ? { granted: true, by: rules, choice: null }
          : no({ who: 'policy' }, refusals.unattended);
      }
      if (quiet.covers(judged.request, asking.gateway.id)) return no({ who: 'person' }, refusals.quiet);
      if (asking.patienceMs <= 0) return no({ who: 'latchkey' }, refusals.noTimeLeft);
      const outcome = await desk.ask({
        ...judged,
        ...asking,
        ...claimIn(earlier),
        ...offerFor(judged),
        lastAllowed: await recall(judged),
      });
      if (outcome.kind === 'reconsidered') return { granted: 'judge-again' };
      if (outcome.kind === 'closed') return no({ who: 'latchkey' }, promptClosed(outcome.reason));
      return outcome.choice === 'deny'
        ? no({ who: 'person' }, outcome.reason === null ? refusals.denied : deniedBecause(outcome.reason))
        : { granted: true, by: { who: 'person' }, choice: outcome.choice };
    }
  }
}

function whoApproved(earlier: Extract<EarlierApproval, { kind: 'counts' }>): DecidedBy {
  return earlier.by === 'person' ? { who: 'person' } : { who: 'gateway', approval: earlier.approvalId };
}

function claimIn(earlier: Asking['earlier']): { claim?: Claim; origin?: string } {
  if (earlier.kind !== 'claim') return {};
  const { claim, origin } = earlier;
  return { claim, ...(origin === null ? {} : { origin }) };
}

function decidedBy({ assessment, grantId }: Judged): DecidedBy {
  if (assessment.reason === 'granted' && grantId !== null) return { who: 'grant', grant: grantId };
  const rules = [...new Set(assessment.matched.map(({ key }) => key))];
  return rules.length === 0 ? { who: 'policy' } : { who: 'rule', rules };
}
