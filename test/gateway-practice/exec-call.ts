import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import { environmentDigest } from '../../main/request/environment-digest.ts';
import type { Decision } from './approvals.ts';
import type { InvokeOutcome, NodeEvent, NodeLink } from './node-link.ts';

export interface ExecOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly sessionKey?: string;
  readonly agentId?: string;
  /** The gateway's own policy. */
  readonly security?: 'deny' | 'allowlist' | 'full';
  readonly ask?: 'off' | 'on-miss' | 'always';
  readonly runId?: string;
  /** A turn with a person who can be asked: a policy that asks does not end it. */
  readonly interactive?: boolean;
  /** The gateway asks its operators between `prepare` and `system.run`, as in an interactive turn. */
  readonly asksOperators?: boolean;
  readonly idempotencyKey?: string;
  /** Put into `system.run` last: an approval, or what an attacker would change. */
  readonly run?: Readonly<Record<string, unknown>>;
  /** Between `prepare` and `system.run`. */
  readonly beforeRun?: (plan: Plan) => void | Promise<void>;
  readonly timeoutMs?: number;
}

/** What came of one exec call of an agent. */
export interface ExecResult {
  /** `tool-error`: `prepare` failed, and nobody says whether anything was executed. */
  readonly outcome: 'finished' | 'denied-before-execution' | 'outcome-unknown' | 'tool-error';
  /** What the agent reads. */
  readonly text: string;
  readonly runId: string;
  readonly plan: Plan | null;
  /** Of `system.run`, where it succeeded. */
  readonly payload: z.infer<typeof runPayload> | null;
  /** The `node.event`s of this run. */
  readonly events: readonly NodeEvent[];
}

/** A text of a plan: trimmed, and null when it is missing. */
const text = z
  .string()
  .nullish()
  .transform((value) => value?.trim() ?? null);

/** What of a node's plan survives in the gateway: unknown keys are dropped, texts are trimmed. */
const plan = z.object({
  argv: z.array(z.string()).min(1),
  cwd: text,
  commandText: z.string().trim(),
  commandPreview: text,
  agentId: text,
  sessionKey: text,
  policySnapshot: z.record(z.string(), z.unknown()).nullish(),
  mutableFileOperand: z.object({ argvIndex: z.int(), path: z.string(), sha256: z.string() }).nullish(),
});
type Plan = z.infer<typeof plan>;

const preparePayload = z.object({
  plan,
  execPolicy: z.object({ security: z.string(), ask: z.string() }).nullish(),
});
const runPayload = z.looseObject({
  success: z.boolean(),
  exitCode: z.number().nullish(),
  stdout: z.string(),
  stderr: z.string(),
});

type AskOperators = (
  request: Readonly<Record<string, unknown>>,
) => Promise<{ id: string; decision: Decision }>;

/** prepare, perhaps get, then run: as the recorded gateway does for its agent's `exec` tool on a macOS node. */
export async function execOnNode(
  node: NodeLink,
  command: string,
  options: ExecOptions = {},
  askOperators: AskOperators = () => Promise.reject(new Error('nobody to ask')),
): Promise<ExecResult> {
  const { agentId = 'main', sessionKey = 'agent:main:main', timeoutMs = 60_000 } = options;
  const { security = 'full', ask = 'off', cwd, env } = options;
  const before = node.events.length;
  const settle = (outcome: ExecResult['outcome'], agentReads: string, prepared: Plan | null): ExecResult => ({
    outcome,
    text: agentReads,
    runId: options.runId ?? '',
    plan: prepared,
    payload: null,
    events: node.events.slice(before),
  });

  const argv = ['/bin/sh', '-c', command];
  const given = {
    command: argv,
    rawCommand: command,
    ...(cwd && { cwd }),
    ...(env && { env }),
    agentId,
    sessionKey,
  };
  const prepared = await node.invoke(
    'system.run.prepare',
    { ...given, security, ask },
    {
      timeoutMs: Math.max(timeoutMs, 30_000),
    },
  );
  if (!prepared.ok) return settle('tool-error', `${prepared.code}: ${prepared.message}`, null);
  const parsed = preparePayload.safeParse(prepared.payload);
  if (!parsed.success || parsed.data.plan.commandText !== canonicalText(parsed.data.plan.argv)) {
    return settle('tool-error', 'INVALID_REQUEST: rawCommand does not match command', null);
  }
  const ready = parsed.data.plan;

  const restricts = security !== 'full' || ask !== 'off' || parsed.data.execPolicy != null;
  if (restricts) await node.invoke('system.execApprovals.get', { includeResolvedDefaults: true });
  if (
    !options.interactive &&
    !options.asksOperators &&
    parsed.data.execPolicy != null &&
    parsed.data.execPolicy.ask !== 'off'
  ) {
    return settle('tool-error', 'Headless runs cannot wait for interactive exec approval', ready);
  }

  const approval = options.asksOperators
    ? await askOperators({
        command: ready.commandText,
        systemRunPlan: ready,
        systemRunBinding: { envHash: env === undefined ? null : environmentDigest(env) },
        cwd: ready.cwd,
        agentId,
        sessionKey,
        allowedDecisions: ['allow-once', 'deny'],
        turnSourceChannel: 'webchat',
      })
    : null;
  if (approval?.decision === 'deny') return settle('tool-error', 'exec denied: user-denied', ready);
  const runId = approval?.id ?? options.runId ?? randomUUID();
  const approved = approval === null ? {} : { approved: true, approvalDecision: approval.decision };
  await options.beforeRun?.(ready);
  node.openRun(runId);
  const { idempotencyKey } = options;
  const request = {
    ...given,
    systemRunPlan: { ...ready, policySnapshot: ready.policySnapshot ?? undefined },
    cwd: cwd ?? ready.cwd ?? undefined,
    timeoutMs: 1_800_000,
    runId,
    ...approved,
    ...options.run,
  };
  const outcome = await node.invoke('system.run', request, {
    timeoutMs,
    ...(idempotencyKey && { idempotencyKey }),
  });
  node.closeRun(runId);
  return read(outcome);

  function read(result: InvokeOutcome): ExecResult {
    if (!result.ok) {
      const denied = result.code === 'SYSTEM_RUN_DENIED';
      const lead = denied
        ? 'Node command was denied before execution.\nResolve the reported refusal before retrying.'
        : 'Node command outcome is unknown.\nThe command may have executed. Do not rerun it automatically.';
      const details = `\n\nCommand:\n${command}\n\nDetails: ${result.code}: ${result.message}`;
      return {
        ...settle(denied ? 'denied-before-execution' : 'outcome-unknown', lead + details, ready),
        runId,
      };
    }
    const payload = runPayload.safeParse(result.payload).data;
    if (payload === undefined) return settle('outcome-unknown', 'malformed node exec result', ready);
    const output = `${payload.stdout}${payload.stderr}`;
    const end = payload.success ? '' : `\n\nCommand exited with code ${payload.exitCode ?? 'unknown'}`;
    return { ...settle('finished', output + end, ready), payload, runId };
  }
}

/** Joined by blanks; an element in double quotes when it is empty or holds white space or a double quote. */
function canonicalText(argv: readonly string[]): string {
  return argv
    .map((arg) => (arg === '' || /[\s"]/.test(arg) ? `"${arg.replaceAll('"', '\\"')}"` : arg))
    .join(' ');
}
