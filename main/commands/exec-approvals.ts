import { z } from 'zod';

import { sharedView } from '../edits/shared-view.ts';
import { effectivePolicy } from '../policy/effective-policy.ts';
import { policyDocument } from '../policy/policy-document.ts';
import type { PolicyFile } from '../policy/policy-file.ts';
import { AGENT_CHARACTERS } from '../request/run-request.ts';
import { type CommandAnswer, describeIssue, fail, succeed } from './answer.ts';
import type { Command } from './command.ts';
import { RateLimit } from './rate-limit.ts';

/** The policy as the gateway may see it. */
export interface SharedPolicy {
  readonly path: string;
  read(): Promise<{ readonly value: PolicyFile | null; readonly hash: string | null }>;
}

/** Where the gateway's edits go: what only tightens is made, the rest waits for the person. */
export interface EditProposals {
  propose(
    baseHash: string,
    next: PolicyFile,
    gateway: { readonly id: string; readonly name: string },
  ): Promise<'applied' | 'changed' | 'waits' | 'too-many'>;
}

const getParams = z.object({ includeResolvedDefaults: z.boolean().nullish() });
/** As much as a person could have written: it is kept in the seal and on the record, several times. */
const MAX_CHARACTERS = 1024 * 1024;
const wantedPolicy = policyDocument
  .refine((file) => JSON.stringify(file).length <= MAX_CHARACTERS, 'the policy is too large')
  .refine(
    ({ agents }) => Object.keys(agents ?? {}).every((id) => id.length <= AGENT_CHARACTERS),
    'the name of an agent is too long',
  );
const setParams = z.object({ file: wantedPolicy, baseHash: z.string().nullish() });
/** More edits than that in a minute nobody makes by hand. */
const EDITS_A_MINUTE = 30;

/** `system.execApprovals.get`: the closed shape of the gateway, which rejects a field more. */
export function createGetApprovals(policy: SharedPolicy): Command {
  return async (call) => {
    const parsed = getParams.safeParse(call.params);
    if (!parsed.success) return fail('INVALID_REQUEST', describeIssue(parsed.error));
    return snapshot(policy, parsed.data.includeResolvedDefaults === true);
  };
}

/** `system.execApprovals.set`: the gateway may tighten. What loosens anything is for the person at this Mac. */
export function createSetApprovals(
  policy: SharedPolicy,
  edits: EditProposals,
  gateway: () => { readonly id: string; readonly name: string },
): Command {
  const rate = new RateLimit(EDITS_A_MINUTE, 60_000);
  return async (call) => {
    if (!rate.take()) return fail('UNAVAILABLE', 'too many edits at once: try again later');
    const parsed = setParams.safeParse(call.params);
    if (!parsed.success) return fail('INVALID_REQUEST', describeIssue(parsed.error));
    const { baseHash } = parsed.data;
    if (baseHash == null)
      return fail('INVALID_REQUEST', 'exec approvals base hash required; reload and retry');
    switch (await edits.propose(baseHash, parsed.data.file, gateway())) {
      case 'applied':
        return snapshot(policy, false);
      case 'changed':
        return fail('INVALID_REQUEST', 'exec approvals changed; reload and retry');
      case 'too-many':
        return fail('INVALID_REQUEST', 'too many changes at once for a person to read; send fewer');
      case 'waits':
        return fail('UNAVAILABLE', 'waiting for the person at this Mac');
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
    file: sharedView(value),
    ...(withDefaults ? { resolvedDefaults: { security, ask, askFallback, autoAllowSkills: false } } : {}),
  });
}
