import { policyDocument } from '../policy/policy-document.ts';
import { type PolicyFile, policyFile } from '../policy/policy-file.ts';

/** A policy as the gateway may see it: what its shape knows, less what it need not know, which commands were run last. */
export function sharedView(file: PolicyFile): PolicyFile {
  const parsed = policyFile.parse(file);
  return policyDocument.parse({
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
  });
}

function modes({ security, ask, askFallback, autoAllowSkills }: Record<string, unknown>): object {
  return withoutAbsent({ security, ask, askFallback, autoAllowSkills });
}

function rule({ id, pattern, argPattern, source }: { pattern: string } & Record<string, unknown>) {
  // The only source that the shape knows.
  const known = { id, argPattern, source: source === 'allow-always' ? source : undefined };
  return { ...withoutAbsent(known), pattern };
}

function withoutAbsent(fields: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
}
