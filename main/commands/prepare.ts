import { commandText, rawCommandMatches, shellPayload } from '../request/command-text.ts';
import { toRunRequest } from '../request/run-request.ts';
import { describeIssue, fail, succeed } from './answer.ts';
import type { Command } from './command.ts';
import type { PreparedPlan } from './prepared-plans.ts';
import type { RunContext } from './run-context.ts';
import { prepareParams } from './run-params.ts';

type PrepareContext = Pick<RunContext, 'judge' | 'plans' | 'home'>;

/**
 * `system.run.prepare`: answers the plan, and never refuses for policy, binding or pause. Its error would reach the agent
 * as a bare tool error; the refusal of the run itself says "denied before execution". It leaves out `execPolicy`, so
 * that the gateway forwards the run and the question is asked on this Mac.
 */
export function createPrepare({ judge, plans, home }: PrepareContext): Command {
  return async (call) => {
    const parsed = prepareParams.safeParse(call.params);
    if (!parsed.success) return fail('INVALID_REQUEST', describeIssue(parsed.error));
    const request = toRunRequest(parsed.data);
    if (!rawCommandMatches(request.rawCommand, request.argv)) {
      return fail('INVALID_REQUEST', 'rawCommand: does not match command');
    }
    const limits = { security: parsed.data.security ?? null, ask: parsed.data.ask ?? null };
    const { assessment } = await judge(request, { ...limits, operands: [] });
    // A folder that is not there is the run's to refuse.
    const cwd = assessment.binding.cwd === '' ? (request.cwd ?? home) : assessment.binding.cwd;
    const plan: PreparedPlan = { ...limits, operands: assessment.operands };
    plans.keep({ ...request, cwd }, plan);
    return succeed({
      plan: {
        argv: request.argv,
        cwd,
        commandText: commandText(request.argv),
        commandPreview: shellPayload(request.argv),
        agentId: request.agentId,
        sessionKey: request.sessionKey,
      },
    });
  };
}
