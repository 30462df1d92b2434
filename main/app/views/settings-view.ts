import type { AgentPolicyView, ModesView, RuleView, SettingsView } from '../../ipc/settings-view.ts';
import type { Language } from '../../ipc/values.ts';
import type { NodeSnapshot } from '../../node/snapshot.ts';
import { display, displayWhole } from '../../text/display.ts';
import type { AgentEntry, AllowlistEntry, PolicyDocument, PolicyModes } from '../core.ts';

/** What holds where nothing is set. */
const DEFAULTS = { security: 'allowlist', ask: 'on-miss', askFallback: 'deny' } as const;

export function settingsView(
  snapshot: NodeSnapshot,
  policy: PolicyDocument,
  rest: { language: Language; version: string; openAtLogin: boolean | null; revision: number },
): SettingsView {
  const { gateway, detail } = snapshot;
  const { defaults = {}, agents = {} } = policy.file;
  return {
    ...rest,
    connection: {
      state: snapshot.state,
      detail: detail === null ? null : displayWhole(detail),
      gateway: gateway && {
        name: displayWhole(gateway.name),
        address: displayWhole(gateway.address),
        deviceId: gateway.deviceId,
      },
      commandsApproved: snapshot.commandsApproved,
      running: snapshot.running,
    },
    policy: {
      hash: policy.hash,
      degraded: policy.degraded,
      defaults: modesOf(defaults),
      effective: effective(defaults),
      agents: Object.entries(agents).map(([id, entry]) =>
        agentView(id, entry, [entry, agents['*'] ?? {}, defaults]),
      ),
    },
  };
}

const agentView = (id: string, entry: AgentEntry, layers: readonly PolicyModes[]): AgentPolicyView => ({
  id,
  name: displayWhole(id),
  modes: modesOf(entry),
  effective: effective(...layers),
  rules: (entry.allowlist ?? []).flatMap(ruleView),
});

/** The most particular layer that says something counts. */
function effective(...layers: readonly PolicyModes[]): AgentPolicyView['effective'] {
  const first = <K extends keyof typeof DEFAULTS>(mode: K) =>
    layers.map((layer) => layer[mode]).find((value) => value !== undefined) ?? DEFAULTS[mode];
  return { security: first('security'), ask: first('ask'), askFallback: first('askFallback') };
}

const modesOf = ({ security, ask, askFallback }: PolicyModes): ModesView => ({
  security: security ?? null,
  ask: ask ?? null,
  askFallback: askFallback ?? null,
});

/** An entry without an id cannot be named, so it cannot be removed from here; it is left to the file. */
function ruleView({ id, pattern, argPattern, lastUsedAt, lastUsedCommand }: AllowlistEntry): RuleView[] {
  if (id === undefined) return [];
  return [
    {
      id,
      pattern: displayWhole(pattern),
      argPattern: argPattern === undefined ? null : displayWhole(argPattern),
      lastUsedAtMs: lastUsedAt ?? null,
      lastUsedCommand: lastUsedCommand === undefined ? null : display(lastUsedCommand),
    },
  ];
}
