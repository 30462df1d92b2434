import { z } from 'zod';

const id = z.string().min(1).max(256);
const text = z.string().max(256 * 1024);
const optional = text.nullish().transform((value) => value ?? null);

/** What the gateway's plan says; the same shape as the run will bring. */
const plan = z.object({
  argv: z.array(text).min(1).max(4096),
  cwd: optional,
  agentId: optional,
  sessionKey: optional,
});

/** One command that the gateway wants somebody to approve. Strict about what is used, blind to the rest. */
export const approvalRequest = z.object({
  approvalKind: z.literal('exec').default('exec'),
  id,
  request: z.object({
    /** As the gateway shows it: cleaned up, so never what is judged. */
    command: text,
    systemRunPlan: plan.nullish().transform((value) => value ?? null),
    systemRunBinding: z.object({ envHash: optional }).nullish(),
    host: optional,
    nodeId: optional,
    cwd: optional,
    agentId: optional,
    sessionKey: optional,
    allowedDecisions: z.array(z.string()).nullish(),
    /** Where the turn came from: webchat, telegram, cron. */
    turnSourceChannel: z.string().max(64).nullish(),
  }),
  expiresAtMs: z.number().positive(),
});

export type ApprovalRequest = z.infer<typeof approvalRequest>;

/**
 * What the gateway says of an approval to those who follow its session. It goes to every paired operator that the request
 * is not bound away from, but holds neither plan nor folder: those are known from `prepare`.
 */
const sessionApproval = z.object({
  id,
  status: z.string(),
  presentation: z.object({
    kind: z.literal('exec'),
    commandText: text,
    host: optional,
    nodeId: optional,
    agentId: optional,
    allowedDecisions: z.array(z.string()).nullish(),
  }),
  expiresAtMs: z.number().positive(),
});

export const sessionApprovalEvent = z.object({ sessionKey: text, approval: sessionApproval });

export const sessionReplay = z.object({
  approvalReplay: z.object({ sessionKey: text, approvals: z.array(z.unknown()).max(1000) }),
});

/** Null: it is over, or of another kind. */
export function pendingInSession(sessionKey: string, raw: unknown): ApprovalRequest | null {
  const approval = sessionApproval.safeParse(raw).data;
  if (approval?.status !== 'pending') return null;
  const { commandText: command, ...said } = approval.presentation;
  const { id, expiresAtMs } = approval;
  const request = { command, systemRunPlan: null, sessionKey, cwd: null, ...said };
  return { approvalKind: 'exec', id, request, expiresAtMs };
}

/** Somebody answered, or its time was over. */
export const approvalResolved = z.object({ id });

/** An entry that is not understood is left out: the other surfaces of the gateway still have it. */
export const approvalList = z
  .array(z.unknown())
  .max(1000)
  .transform((entries) => entries.flatMap((entry) => approvalRequest.safeParse(entry).data ?? []));

export const nodeNames = z.object({
  nodes: z.array(z.object({ nodeId: id, displayName: z.string().max(256).nullish() })).max(10_000),
});
