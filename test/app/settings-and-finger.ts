import type { TouchId } from '../../main/app/platform/touch-id.ts';
import { type Settings, settingsSchema } from '../../main/state/settings.ts';
import type { SettingsStore } from '../../main/state/settings-store.ts';

export type Finger = 'absent' | 'accepts' | 'refuses';

/** Settings that are kept in memory, and a sensor that counts how often it was asked. */
export function settingsAndFinger(
  given: Partial<Settings>,
  finger: Finger,
): {
  readonly settings: Pick<SettingsStore, 'current' | 'change'>;
  readonly sensor: TouchId;
  readonly asked: () => number;
} {
  let current: Settings = { ...settingsSchema.parse({}), ...given };
  let asked = 0;
  return {
    settings: {
      get current() {
        return current;
      },
      change: (choices) => {
        current = { ...current, ...choices };
        return Promise.resolve();
      },
    },
    sensor: {
      available: finger !== 'absent',
      confirm: () => {
        asked += 1;
        return Promise.resolve(finger === 'accepts');
      },
    },
    asked: () => asked,
  };
}
