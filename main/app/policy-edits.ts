import type { ModesView } from '../ipc/settings-view.ts';
import { entryKey } from '../policy/effective-policy.ts';
import { type PolicyFile, policyFile } from '../policy/policy-file.ts';

type Agent = NonNullable<NonNullable<PolicyFile['agents']>[string]>;

/** The policy file after one edit of the person's. Everything that the edit does not name stays as it was. */
export function withModes(file: PolicyFile, agentId: string | null, modes: ModesView): PolicyFile {
  if (agentId === null) return { ...file, defaults: replaceModes(file.defaults ?? {}, modes) };
  return withAgent(file, agentId, (agent) => replaceModes(agent, modes));
}

/** Lets ticked commands of skills run, or none of any agent. */
export function withSkills(file: PolicyFile, wanted: boolean): PolicyFile {
  const agents = Object.entries(file.agents ?? {}).map(
    ([id, agent]) =>
      [id, agent.autoAllowSkills === true ? { ...agent, autoAllowSkills: undefined } : agent] as const,
  );
  return {
    ...file,
    defaults: { ...file.defaults, autoAllowSkills: wanted },
    ...(wanted || file.agents === undefined ? {} : { agents: Object.fromEntries(agents) }),
  };
}

export function withRule(
  file: PolicyFile,
  agentId: string,
  rule: { readonly id: string; readonly pattern: string; readonly argPattern?: string },
): PolicyFile {
  return withAgent(file, agentId, (agent) => ({ ...agent, allowlist: [...(agent.allowlist ?? []), rule] }));
}

/** @param ruleId as `entryKey` names it, so that entries without an id can be removed too. */
export function withoutRule(file: PolicyFile, agentId: string, ruleId: string): PolicyFile {
  const understood = new Map(Object.entries(policyFile.safeParse(file).data?.agents ?? {})).get(agentId);
  return withAgent(file, agentId, (agent) => ({
    ...agent,
    allowlist: (agent.allowlist ?? []).filter((_raw, index) => {
      const entry = understood?.allowlist?.[index];
      return entry == null || entryKey(entry) !== ruleId;
    }),
  }));
}

function withAgent(file: PolicyFile, agentId: string, edit: (agent: Agent) => Agent): PolicyFile {
  // A Map, because an agent may be called like a member that every object has.
  const agents = new Map(Object.entries(file.agents ?? {}));
  agents.set(agentId, edit(agents.get(agentId) ?? {}));
  return { ...file, agents: Object.fromEntries(agents) };
}

/** Null takes a word away: then the layer above counts. */
function replaceModes<T extends Agent>(entry: T, { security, ask, askFallback }: ModesView): T {
  return {
    ...entry,
    security: security ?? undefined,
    ask: ask ?? undefined,
    askFallback: askFallback ?? undefined,
  };
}
