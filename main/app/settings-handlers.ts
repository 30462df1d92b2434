import { randomUUID } from 'node:crypto';

import type { Envelope, Handlers } from '../ipc/contract.ts';
import type { SettingsView } from '../ipc/settings-view.ts';
import { displayString } from '../text/display.ts';
import type { Core, PolicyFile } from './core.ts';
import { done, failure } from './envelopes.ts';
import type { LoginItem } from './platform/login-item.ts';
import { withModes, withoutRule, withRule } from './policy-edits.ts';

interface Parts {
  readonly core: Pick<Core, 'readPolicy' | 'editPolicy' | 'pause' | 'resume' | 'unpair'>;
  readonly view: () => Promise<SettingsView>;
  readonly loginItem: LoginItem | null;
  readonly openPairing: () => void;
  readonly copy: (text: string) => void;
  /** Something changed that the core's snapshot does not show. */
  readonly changed: () => void;
}

/** What the settings window may ask for. Each edit names the file that it was made on. */
export function settingsHandlers({
  core,
  view,
  loginItem,
  openPairing,
  copy,
  changed,
}: Parts): Handlers<'settings'> {
  let removeCommand: string | null = null;

  async function edit(
    baseHash: string,
    change: (file: PolicyFile) => PolicyFile,
  ): Promise<Envelope<undefined>> {
    const { file, hash, degraded } = await core.readPolicy();
    if (degraded)
      return failure(
        'policy-refused',
        'The policy file cannot be read. Repair or remove it, then try again.',
      );
    if (hash !== baseHash) return failure('policy-changed', 'The policy was changed meanwhile. Look again.');
    const result = await core.editPolicy(baseHash, change(file));
    changed();
    if (result.ok) return done;
    const code = result.reason === 'changed-meanwhile' ? 'policy-changed' : 'policy-refused';
    return failure(code, displayString(result.message));
  }

  return {
    current: async () => ({ ok: true, value: await view() }),
    editModes: ({ baseHash, agentId, modes }) => edit(baseHash, (file) => withModes(file, agentId, modes)),
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
    openPairing: () => {
      openPairing();
      return done;
    },
    setPaused: async (paused) => {
      await (paused ? core.pause() : core.resume());
      return done;
    },
    unpair: async () => {
      const left = await core.unpair();
      removeCommand = left.removeCommand;
      return { ok: true, value: { deviceId: left.deviceId, removeCommand } };
    },
    copyRemoveCommand: () => {
      if (removeCommand === null) return failure('not-available', 'There is no command to copy.');
      copy(removeCommand);
      return done;
    },
    setOpenAtLogin: (enabled) => {
      if (loginItem === null) return failure('not-available', 'This system has no login items.');
      loginItem.set(enabled);
      changed();
      return done;
    },
  };
}
