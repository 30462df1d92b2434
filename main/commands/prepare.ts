import { commandText, rawCommandMatches, shellPayload } from '../request/command-text.ts';
import { toRunRequest } from '../request/run-request.ts';
import { describeIssue, fail, succeed } from './answer.ts';
import type { Command } from './command.ts';
import type { PreparedPlan } from './prepared-plans.ts';
import type { RunContext } from './run-context.ts';
import { prepareParams } from './run-params.ts';

type PrepareContext = Pick<RunContext, 'judge' | 'plans' | 'home' | 'approvals'>;

/**
 * `system.run.prepare`: answers the plan. While approvals count on this Mac only, it never refuses for policy, binding or
 * pause: its error would reach the agent as a bare tool error, and the refusal of the run itself says "denied before
 * execution"; and it leaves out `execPolicy`, so that the gateway forwards the run and the question is asked here. While the
 * gateway's approvals count, it tells the policy, so that the gateway asks, and refuses what no approval could be for.
 */
export function createPrepare({ judge, plans, home, approvals }: PrepareContext): Command {
  return async (call) => {
    const parsed = prepareParams.safeParse(call.params);
    if (!parsed.success) return fail('INVALID_REQUEST', describeIssue(parsed.error));
    const request = toRunRequest(parsed.data);
    if (!rawCommandMatches(request.rawCommand, request.argv)) {
      return fail('INVALID_REQUEST', 'rawCommand: does not match command');
    }
    const limits = { security: parsed.data.security ?? null, ask: parsed.data.ask ?? null };
    const trusting = approvals.trustGateway();
    let { assessment } = await judge(request, limits);
    if (trusting && assessment.verdict === 'deny') {
      return fail('INVALID_REQUEST', `${assessment.text} Nothing was executed.`);
    }
    // A folder that is not there is the run's to refuse.
    const cwd = assessment.binding.cwd === '' ? (request.cwd ?? home) : assessment.binding.cwd;
    // The run will name the canonical folder: what is bound has to be bound by that name.
    if (trusting && cwd !== request.cwd) ({ assessment } = await judge({ ...request, cwd }, limits));
    const policy = trusting ? await approvals.policyOf(request.agentId) : null;
    const { operands, digest } = assessment;
    const plan: PreparedPlan = { ...limits, operands, digest, policy: policy?.fingerprint ?? null };
    plans.keep({ ...request, cwd }, plan);
    approvals.expectIn(request.sessionKey);
    return succeed({
      plan: {
        argv: request.argv,
        cwd,
        commandText: commandText(request.argv),
        commandPreview: shellPayload(request.argv),
        agentId: request.agentId,
        sessionKey: request.sessionKey,
        ...(policy === null ? {} : { policySnapshot: policy.snapshot }),
      },
      ...(policy === null
        ? {}
        : { execPolicy: { security: policy.snapshot.security, ask: policy.snapshot.ask } }),
    });
  };
}
