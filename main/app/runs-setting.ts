import { looseFolders } from '../facts/loose-folders.ts';
import type { Handlers } from '../ipc/contract.ts';
import type { RunChoices, RunsView } from '../ipc/runs-view.ts';
import { type Settings, settingsSchema } from '../state/settings.ts';
import type { SettingsStore } from '../state/settings-store.ts';
import { displayWhole } from '../text/display.ts';
import { done, failure } from './envelopes.ts';
import type { TouchId } from './platform/touch-id.ts';

interface Parts {
  readonly settings: Pick<SettingsStore, 'current' | 'change'>;
  /** The PATH of runs where the settings name none. */
  readonly usualPath: string;
  readonly sensor: TouchId;
  /** Completes "Latchkey is trying to …". */
  readonly reason: string;
  readonly changed: () => void;
}

/** Handing out keys and giving up encryption take the person's finger, unless it is never asked for. */
const isGrave = (current: Settings, choices: RunChoices): boolean =>
  (choices.passSshAgent === true && !current.passSshAgent) ||
  (choices.dangerouslyAllowPlaintextGateway === true && !current.dangerouslyAllowPlaintextGateway);

/** How commands run and how this Mac connects. PATH, name and encryption count from the next start. */
export function runsSetting({ settings, usualPath, sensor, reason, changed }: Parts) {
  const handlers: Pick<Handlers<'settings'>, 'setRuns'> = {
    setRuns: async (choices) => {
      const { current } = settings;
      const chosen = Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
      const parsed = settingsSchema.safeParse({ ...current, ...chosen });
      if (!parsed.success) {
        const why = parsed.error.issues.map(({ message }) => message).join('; ');
        return failure('bad-setting', `Nothing was changed: ${why}.`);
      }
      const needed = isGrave(current, choices) && current.touchId !== 'never' && sensor.available;
      if (needed && !(await sensor.confirm(reason)))
        return failure('not-proven', 'Touch ID did not confirm it. Nothing was changed.');
      const names = Object.keys(chosen);
      const changes = Object.entries(parsed.data).filter(([name]) => names.includes(name));
      await settings.change(Object.fromEntries(changes));
      changed();
      return done;
    },
  };
  return {
    handlers,
    view: async (): Promise<RunsView> => {
      const { displayName, promptTimeoutMs, path, passSshAgent, endRunsOnDisconnect } = settings.current;
      const loose = await looseFolders(path ?? usualPath);
      return {
        displayName,
        promptTimeoutMs,
        path,
        passSshAgent,
        endRunsOnDisconnect,
        usualPath,
        dangerouslyAllowPlaintextGateway: settings.current.dangerouslyAllowPlaintextGateway,
        looseFolders: loose.map(displayWhole),
      };
    },
  };
}
