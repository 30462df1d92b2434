import { randomUUID } from 'node:crypto';

import type { Envelope, Handlers } from '../ipc/contract.ts';
import type { SettingsView } from '../ipc/settings-view.ts';
import { onlyTightens } from '../policy/only-tightens.ts';
import type { PolicyFile } from '../policy/policy-file.ts';
import { StateError } from '../state/state-error.ts';
import type { AuthorityCalls } from './authority-handlers.ts';
import type { Core } from './core.ts';
import type { EditHandlers } from './edits-controller.ts';
import { done, failure, NOT_KEPT } from './envelopes.ts';
import type { ForNowCalls } from './for-now-handlers.ts';
import { gatewayHandlers } from './gateway-handlers.ts';
import type { LoginItem } from './platform/login-item.ts';
import { withModes, withoutRule, withRule, withSkills } from './policy-edits.ts';
import type { WithProof } from './proof-of-looser.ts';
import type { RuleNotesHandlers } from './rule-notes-handlers.ts';

interface Parts {
  readonly core: Pick<Core, 'gateways' | 'policy' | 'pause' | 'resume' | 'unpair'> & {
    readonly skills: Pick<Core['skills'], 'refresh'>;
  };
  /** For what allows more than now. */
  readonly withProof: WithProof;
  readonly view: () => Promise<SettingsView>;
  readonly edits: EditHandlers & RuleNotesHandlers;
  readonly loginItem: LoginItem | null;
  readonly openPairing: () => void;
  /** Opens it for one more gateway, whatever stands there now. */
  readonly addGateway: () => void;
  readonly copy: (text: string) => Promise<void>;
  /** Something changed that the core's snapshot does not show. */
  readonly changed: () => void;
}

const CHANGED = failure('policy-changed', 'The policy was changed meanwhile. Look at it again.');

/** What the settings window may ask for. Each edit names the file that it was made on. */
export function settingsHandlers({
  core,
  withProof,
  view,
  edits,
  loginItem,
  openPairing,
  addGateway,
  copy,
  changed,
}: Parts): Omit<
  Handlers<'settings'>,
  ForNowCalls | AuthorityCalls | 'setTouchId' | 'tickSkill' | 'setStop' | 'setRuns' | 'openIncident'
> {
  let removeCommand: string | null = null;

  async function edit(
    baseHash: string,
    change: (file: PolicyFile) => PolicyFile,
  ): Promise<Envelope<undefined>> {
    const { value, hash, degraded } = await core.policy.read();
    if (degraded !== null || value === null)
      return failure(
        'policy-refused',
        'The policy file cannot be read. Repair or remove it, then try again.',
      );
    if (hash !== baseHash) return CHANGED;
    const next = change(value);
    const make = async () => {
      const edited = await core.policy.edit(baseHash, next, { by: 'person', gatewayId: null });
      return edited.kind === 'applied' ? done : CHANGED;
    };
    return onlyTightens(value, next) ? make() : withProof(make);
  }

  return {
    current: async () => ({ ok: true, value: await view() }),
    editModes: ({ baseHash, agentId, modes }) => edit(baseHash, (file) => withModes(file, agentId, modes)),
    wantSkills: async ({ baseHash, wanted }) => {
      const answer = await edit(baseHash, (file) => withSkills(file, wanted));
      if (answer.ok) await core.skills.refresh();
      changed();
      return answer;
    },
    addRule: ({ baseHash, agentId, pattern, argPattern }) =>
      edit(baseHash, (file) =>
        withRule(file, agentId, {
          id: randomUUID(),
          pattern,
          ...(argPattern === null ? {} : { argPattern }),
        }),
      ),
    removeRule: ({ baseHash, agentId, ruleId }) =>
      edit(baseHash, (file) => withoutRule(file, agentId, ruleId)),
    ...edits,
    openPairing: () => {
      openPairing();
      return done;
    },
    addGateway: () => {
      addGateway();
      return done;
    },
    setPaused: async (paused) => {
      try {
        await (paused ? core.pause() : core.resume());
      } catch (error) {
        if (paused && error instanceof StateError) return NOT_KEPT;
        throw error;
      }
      return done;
    },
    unpair: async () => {
      const left = await core.unpair();
      removeCommand = left.removeCommand;
      return { ok: true, value: { ...left, proof: [...left.proof] } };
    },
    copyRemoveCommand: async () => {
      if (removeCommand === null) return failure('not-available', 'There is no command to copy.');
      await copy(removeCommand);
      return done;
    },
    ...gatewayHandlers(core.gateways, (command) => {
      removeCommand = command;
      changed();
    }),
    setOpenAtLogin: (enabled) => {
      if (loginItem === null) return failure('not-available', 'This system has no login items.');
      loginItem.set(enabled);
      changed();
      return done;
    },
  };
}
