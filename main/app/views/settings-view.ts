import { z } from 'zod';

import type { AgentPolicyView, ModesView, RuleView, SettingsView } from '../../ipc/settings-view.ts';
import type { NodeSnapshot } from '../../node/snapshot.ts';
import { type Ask, effectivePolicy, entryKey, type Security } from '../../policy/effective-policy.ts';
import { type AllowlistEntry, type PolicyFile, policyFile } from '../../policy/policy-file.ts';
import type { Guarded } from '../../state/guarded-document.ts';
import { display, displayWhole } from '../../text/display.ts';
import { viewAuthority } from './authority-view.ts';
import { forNowView } from './for-now-view.ts';

type Own = Pick<
  SettingsView,
  | 'revision'
  | 'language'
  | 'version'
  | 'openAtLogin'
  | 'touchId'
  | 'edits'
  | 'gateways'
  | 'ruleNotes'
  | 'skills'
  | 'stop'
  | 'runs'
>;

export function settingsView(snapshot: NodeSnapshot, policy: Guarded<PolicyFile>, own: Own): SettingsView {
  const { gateway, detail } = snapshot;
  return {
    ...own,
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
    policy: policyView(policy),
    forNow: forNowView(snapshot),
    authority: viewAuthority(snapshot),
  };
}

function policyView({ value, hash, degraded }: Guarded<PolicyFile>): SettingsView['policy'] {
  const file = value === null ? null : policyFile.safeParse(value).data;
  const effective = (agentId: string): AgentPolicyView['effective'] => {
    const { security, ask, askFallback } = file
      ? effectivePolicy(file, agentId)
      : ({ security: 'deny', ask: 'off', askFallback: 'deny' } as const);
    return { security, ask, askFallback };
  };
  const agents = Object.entries(file?.agents ?? {});
  return {
    hash: hash ?? '',
    degraded: degraded !== null || !file,
    defaults: modesOf(file?.defaults ?? {}),
    effective: effective('*'),
    agents: agents.map(([id, agent]) => ({
      id,
      name: displayWhole(id),
      modes: modesOf(agent),
      effective: effective(id),
      rules: (agent.allowlist ?? []).flatMap(ruleView),
    })),
  };
}

/** What one layer of the file says. */
interface Layer {
  readonly security?: Security | null | undefined;
  readonly ask?: Ask | null | undefined;
  readonly askFallback?: Security | null | undefined;
}

const modesOf = ({ security, ask, askFallback }: Layer): ModesView => ({
  security: security ?? null,
  ask: ask ?? null,
  askFallback: askFallback ?? null,
});

const used = z.object({ lastUsedAt: z.number().nonnegative(), lastUsedCommand: z.string() }).partial();

/** An entry that cannot be understood matches nothing, and is not shown. */
function ruleView(entry: AllowlistEntry | null): RuleView[] {
  if (entry === null) return [];
  const { lastUsedAt, lastUsedCommand } = used.safeParse(entry).data ?? {};
  return [
    {
      id: entryKey(entry),
      pattern: displayWhole(entry.pattern),
      argPattern: entry.argPattern == null || entry.argPattern === '' ? null : displayWhole(entry.argPattern),
      lastUsedAtMs: lastUsedAt ?? null,
      lastUsedCommand: lastUsedCommand === undefined ? null : display(lastUsedCommand),
    },
  ];
}
