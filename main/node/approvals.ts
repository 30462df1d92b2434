import { ApprovalLedger } from '../approvals/approval-ledger.ts';
import { policyFingerprint, policySnapshot } from '../approvals/policy-snapshot.ts';
import { SpentApprovals } from '../approvals/spent-approvals.ts';
import type { Approvals } from '../commands/earlier-approval.ts';
import type { PolicyStore } from '../policy-files/policy-store.ts';

/** Whose yes counts, by the settings and the policy of each moment. */
export function createApprovals({
  policy,
  trustGateway,
  originOf,
  expectIn,
}: {
  policy: Pick<PolicyStore, 'forAgent'>;
  trustGateway: () => boolean;
  originOf: Approvals['originOf'];
  expectIn: Approvals['expectIn'];
}): Approvals {
  return {
    ledger: new ApprovalLedger(),
    spent: new SpentApprovals(),
    trustGateway,
    originOf,
    expectIn,
    async policyOf(agentId) {
      const { effective } = await policy.forAgent(agentId);
      return { snapshot: policySnapshot(effective), fingerprint: policyFingerprint(effective) };
    },
  };
}
