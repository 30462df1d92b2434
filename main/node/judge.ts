import type { PreparedPlan } from '../commands/prepared-plans.ts';
import type { Machine } from '../facts/machine.ts';
import type { GrantBook } from '../grants/grant-book.ts';
import { assess, type OwnPlaces } from '../policy/assess.ts';
import type { PolicyStore } from '../policy-files/policy-store.ts';
import type { Judged } from '../request/judged.ts';
import type { RunRequest } from '../request/run-request.ts';

export interface JudgeOptions {
  readonly policy: PolicyStore;
  readonly grants: Pick<GrantBook, 'find'>;
  readonly machine: Machine;
  readonly path: string;
  readonly home: string;
  readonly own: OwnPlaces;
  readonly gatewayId: () => string;
}

/** Judges a request by the policy and the files of this moment. */
export function createJudge({ policy, grants, machine, gatewayId, ...place }: JudgeOptions) {
  return async (
    request: RunRequest,
    prepared: Pick<PreparedPlan, 'security' | 'ask'> | null,
  ): Promise<Judged> => {
    const { effective, version } = await policy.forAgent(request.agentId);
    let grantId: string | null = null;
    const granted = (digest: string) => (grantId = grants.find(digest, version)) !== null;
    const { assessment, contents } = await assess(
      { request, prepared, policy: effective, granted, gatewayId: gatewayId(), ...place },
      machine,
    );
    return { request, assessment, contents, policyVersion: version, grantId };
  };
}
