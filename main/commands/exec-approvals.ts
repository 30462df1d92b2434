import { z } from 'zod';

import { effectivePolicy } from '../policy/effective-policy.ts';
import { policyDocument } from '../policy/policy-document.ts';
import { type PolicyFile, policyFile } from '../policy/policy-file.ts';
import { type CommandAnswer, describeIssue, fail, succeed } from './answer.ts';
import type { Command } from './command.ts';

/** The policy as the gateway may see it and propose to change it. */
export interface SharedPolicy {
  readonly path: string;
  read(): Promise<{ readonly value: PolicyFile | null; readonly hash: string | null }>;
  /** Applies what only tightens. */
  propose(
    baseHash: string,
    next: PolicyFile,
    gatewayId: string | null,
  ): Promise<'applied' | 'changed' | 'loosens'>;
}

const getParams = z.object({ includeResolvedDefaults: z.boolean().nullish() });
const setParams = z.object({ file: policyDocument, baseHash: z.string().nullish() });

/** `system.execApprovals.get`: the closed shape of the gateway, which rejects a field more. */
export function createGetApprovals(policy: SharedPolicy): Command {
  return async (call) => {
    const parsed = getParams.safeParse(call.params);
    if (!parsed.success) return fail('INVALID_REQUEST', describeIssue(parsed.error));
    return snapshot(policy, parsed.data.includeResolvedDefaults === true);
  };
}

/** `system.execApprovals.set`: the gateway may tighten. What loosens anything is for the person at this Mac. */
export function createSetApprovals(policy: SharedPolicy, gatewayId: () => string): Command {
  return async (call) => {
    const parsed = setParams.safeParse(call.params);
    if (!parsed.success) return fail('INVALID_REQUEST', describeIssue(parsed.error));
    const { baseHash } = parsed.data;
    if (baseHash == null)
      return fail('INVALID_REQUEST', 'exec approvals base hash required; reload and retry');
    switch (await policy.propose(baseHash, parsed.data.file, gatewayId())) {
      case 'applied':
        return snapshot(policy, false);
      case 'changed':
        return fail('INVALID_REQUEST', 'exec approvals changed; reload and retry');
      case 'loosens':
        return fail(
          'UNAVAILABLE',
          'waiting for the person at this Mac: the gateway may only tighten the policy, make this change in Latchkey',
        );
    }
  };
}

async function snapshot(policy: SharedPolicy, withDefaults: boolean): Promise<CommandAnswer> {
  const { value, hash } = await policy.read();
  if (value === null || hash === null)
    return fail('UNAVAILABLE', 'the policy file of this Mac cannot be read');
  const { security, ask, askFallback } = effectivePolicy({ ...value, agents: {} }, null);
  return succeed({
    path: policy.path,
    exists: true,
    hash,
    file: shared(value),
    ...(withDefaults ? { resolvedDefaults: { security, ask, askFallback, autoAllowSkills: false } } : {}),
  });
}

/** What the gateway's shape knows, less what it need not know: which commands were run last. */
function shared(file: PolicyFile): object {
  const parsed = policyFile.parse(file);
  return {
    version: 1,
    ...(parsed.defaults == null ? {} : { defaults: modes(parsed.defaults) }),
    agents: Object.fromEntries(
      Object.entries(parsed.agents ?? {}).map(([id, agent]) => [
        id,
        {
          ...modes(agent),
          allowlist: (agent.allowlist ?? []).flatMap((entry) => (entry === null ? [] : [rule(entry)])),
        },
      ]),
    ),
  };
}

function modes({ security, ask, askFallback, autoAllowSkills }: Record<string, unknown>): object {
  return withoutAbsent({ security, ask, askFallback, autoAllowSkills });
}

function rule({ id, pattern, argPattern, source }: { pattern: string } & Record<string, unknown>): object {
  // The only source that the shape knows.
  return withoutAbsent({ id, pattern, argPattern, source: source === 'allow-always' ? source : undefined });
}

function withoutAbsent(fields: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
}
