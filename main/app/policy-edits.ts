import type { ModesView } from '../ipc/settings-view.ts';
import type { AgentEntry, AllowlistEntry, PolicyFile } from './core.ts';

/** The policy file after one edit of the person's. Everything that the edit does not name stays as it was. */
export function withModes(file: PolicyFile, agentId: string | null, modes: ModesView): PolicyFile {
  const set = { security: modes.security, ask: modes.ask, askFallback: modes.askFallback };
  if (agentId === null) return { ...file, defaults: replace(file.defaults ?? {}, set) };
  return withAgent(file, agentId, (agent) => replace(agent, set));
}

export function withRule(file: PolicyFile, agentId: string, rule: AllowlistEntry): PolicyFile {
  return withAgent(file, agentId, (agent) => ({ ...agent, allowlist: [...(agent.allowlist ?? []), rule] }));
}

export function withoutRule(file: PolicyFile, agentId: string, ruleId: string): PolicyFile {
  return withAgent(file, agentId, (agent) => ({
    ...agent,
    allowlist: (agent.allowlist ?? []).filter(({ id }) => id !== ruleId),
  }));
}

function withAgent(file: PolicyFile, agentId: string, edit: (agent: AgentEntry) => AgentEntry): PolicyFile {
  const agents = new Map(Object.entries(file.agents ?? {}));
  agents.set(agentId, edit(agents.get(agentId) ?? {}));
  return { ...file, agents: Object.fromEntries(agents) };
}

/** Null takes a word away: then the layer above counts. */
function replace<T extends object>(entry: T, words: Readonly<Record<string, string | null>>): T {
  const fields = new Map<string, unknown>(Object.entries(entry));
  for (const [name, word] of Object.entries(words)) {
    if (word === null) fields.delete(name);
    else fields.set(name, word);
  }
  return Object.fromEntries(fields) as T;
}
