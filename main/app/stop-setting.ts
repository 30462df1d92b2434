import type { Handlers } from '../ipc/contract.ts';
import type { StopView } from '../ipc/stop-view.ts';
import type { SettingsStore } from '../state/settings-store.ts';
import { done } from './envelopes.ts';
import type { PauseShortcut } from './platform/pause-shortcut.ts';

interface Parts {
  readonly settings: Pick<SettingsStore, 'current' | 'change'>;
  readonly shortcut: Pick<PauseShortcut, 'set' | 'works'>;
  readonly openIncident: () => void;
  readonly changed: () => void;
}

/** The first one is the default. Three modifiers: nobody presses them by accident. */
const PAUSE_SHORTCUTS = [
  'Control+Alt+Command+P',
  'Control+Alt+Command+Escape',
  'Control+Shift+Command+P',
] as const;

/** How a pause behaves, and the way to the incident window. */
export function stopSetting({ settings, shortcut, openIncident, changed }: Parts) {
  const handlers: Pick<Handlers<'settings'>, 'setStop' | 'openIncident'> = {
    setStop: async (choices) => {
      await settings.change(choices);
      shortcut.set(choices.pauseShortcut);
      changed();
      return done;
    },
    openIncident: () => {
      openIncident();
      return done;
    },
  };
  shortcut.set(settings.current.pauseShortcut);
  return {
    handlers,
    view: (contained: boolean): StopView => {
      const { runsOnPause, pauseWhileLocked, pauseShortcut } = settings.current;
      // Another one can stand in settings.json, and stays until it is changed.
      const shortcuts = [
        ...new Set([...PAUSE_SHORTCUTS, ...(pauseShortcut === null ? [] : [pauseShortcut])]),
      ];
      const choices = { runsOnPause, pauseWhileLocked, pauseShortcut };
      return { ...choices, shortcuts, shortcutWorks: shortcut.works, contained };
    },
  };
}
