import { z } from 'zod';

import { commandParams } from '../request/run-request.ts';

/** The plan that `prepare` answered, as the gateway hands it back: normalised, unknown keys dropped. */
const plan = z.object({
  argv: z.array(z.string()),
  cwd: z.string().nullish(),
  agentId: z.string().nullish(),
  sessionKey: z.string().nullish(),
  /** Compared with the policy of this Mac where an approval given elsewhere is to count. */
  policySnapshot: z.unknown().optional(),
});

/** `system.run`. Strict about what is used, blind to the rest. */
export const runParams = commandParams.extend({
  systemRunPlan: plan.nullish(),
  /** How long the command itself may take. */
  timeoutMs: z.number().positive().nullish(),
  runId: z.string().min(1).max(512).nullish(),
  suppressNotifyOnExit: z.boolean().nullish(),
  /** Claims that somebody elsewhere said yes: see `claimOf`. */
  approved: z.boolean().nullish(),
  approvalDecision: z.string().nullish(),
  approvalSource: z.string().nullish(),
});

export type RunParams = z.infer<typeof runParams>;

const securityWord = z.enum(['deny', 'allowlist', 'full']);
const askWord = z.enum(['off', 'on-miss', 'always']);

/** `system.run.prepare`. Its `security` and `ask` can only tighten what this Mac decides; a word that is not known is the strictest. */
export const prepareParams = commandParams.extend({
  security: z
    .string()
    .transform((word) => securityWord.safeParse(word).data ?? 'deny')
    .nullish(),
  ask: z
    .string()
    .transform((word) => askWord.safeParse(word).data ?? 'always')
    .nullish(),
});

/** What differs between a run and the plan that it brings along; null when it is the same request. */
export function planMismatch(params: RunParams): string | null {
  const { systemRunPlan } = params;
  if (systemRunPlan == null) return null;
  const sameArgv =
    systemRunPlan.argv.length === params.command.length &&
    systemRunPlan.argv.every((word, index) => word === params.command[index]);
  if (!sameArgv) return 'the command is not the one that was prepared';
  // The gateway leaves a field out on either side where the other has it; two that differ are two requests.
  for (const field of ['cwd', 'agentId', 'sessionKey'] as const) {
    const planned = systemRunPlan[field] ?? null;
    const asked = params[field] ?? null;
    if (planned !== null && asked !== null && planned !== asked)
      return `${field} is not the one that was prepared`;
  }
  return null;
}
