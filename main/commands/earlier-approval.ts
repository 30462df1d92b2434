import type { ApprovalLedger } from '../approvals/approval-ledger.ts';
import type { Claim } from '../approvals/claim.ts';
import type { PolicySnapshot } from '../approvals/policy-snapshot.ts';
import type { SpentApprovals } from '../approvals/spent-approvals.ts';
import type { Judged } from '../request/judged.ts';
import type { PreparedPlan } from './prepared-plans.ts';
import { type Refusal, refusals } from './refusal.ts';

/** Whose yes counts when it was given before the run came. */
export interface Approvals {
  /** Given on this Mac: counts whatever the setting. */
  readonly ledger: ApprovalLedger;
  readonly spent: SpentApprovals;
  /** Where the request with this approval came from, as the gateway said; null: not known. */
  readonly originOf: (approvalId: string | null) => string | null;
  /** A run of this session was prepared: its approval may be asked for. */
  readonly expectIn: (sessionKey: string | null) => void;
  /** `dangerouslyTrustApprovals`: an operator's yes on any of the gateway's surfaces counts as well. */
  readonly trustGateway: () => boolean;
  /** What an agent's policy is now: as the gateway is told, and a name for all of it. */
  readonly policyOf: (
    agentId: string | null,
  ) => Promise<{ readonly snapshot: PolicySnapshot; readonly fingerprint: string }>;
}

/** What a yes from before the run is worth: nobody is asked again, the person is told of the claim, or it is refused. */
export type EarlierApproval =
  | { readonly kind: 'none' }
  | { readonly kind: 'claim'; readonly claim: Claim; readonly origin: string | null }
  | { readonly kind: 'counts'; readonly by: 'person' }
  | { readonly kind: 'counts'; readonly by: 'gateway'; readonly approvalId: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface ClaimedRun {
  readonly claim: Claim | null;
  readonly judged: Judged;
  readonly prepared: PreparedPlan | null;
  /** The snapshot in the plan that the run brought along; undefined: none. */
  readonly plannedPolicy: unknown;
}

/**
 * Weighs a claim. Nobody's and a model's yes never count. An operator's counts only where the person chose to trust the
 * gateway's approvals, once, and only while everything is as this Mac prepared it; what changed since is refused, not
 * asked: it was approved as something else.
 */
export async function weighEarlierApproval(
  { claim, judged, prepared, plannedPolicy }: ClaimedRun,
  { ledger, spent, originOf, trustGateway, policyOf }: Approvals,
): Promise<EarlierApproval> {
  if (claim === null) return { kind: 'none' };
  const { approvalId } = claim;
  const claimed = { kind: 'claim', claim, origin: originOf(approvalId) } as const;
  if (approvalId === null) return claimed;
  const { assessment, request } = judged;
  if (ledger.take(approvalId, assessment.digest)) return { kind: 'counts', by: 'person' };
  if (!trustGateway()) return claimed;

  const refused = (refusal: Refusal): EarlierApproval => ({ kind: 'refused', refusal });
  if (!spent.spend(approvalId)) return refused(refusals.approvalSpent);
  if (prepared?.policy == null) return refused(refusals.approvedUnprepared);
  if (prepared.digest !== assessment.digest) return refused(refusals.changedSincePrepare);
  const { snapshot, fingerprint } = await policyOf(request.agentId);
  if (!sameJson(plannedPolicy, snapshot) || prepared.policy !== fingerprint) {
    return refused(refusals.policyChangedSincePrepare);
  }
  return { kind: 'counts', by: 'gateway', approvalId };
}

/** Whether two values say the same in JSON; the order of an object's keys says nothing. */
function sameJson(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
