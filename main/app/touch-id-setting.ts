import type { Handlers } from '../ipc/contract.ts';
import type { SettingsStore } from '../state/settings-store.ts';
import { type TouchIdLevel, touchIdLevel } from '../state/touch-id-level.ts';
import { done, failure } from './envelopes.ts';
import type { TouchId } from './platform/touch-id.ts';

interface Parts {
  readonly sensor: TouchId;
  readonly settings: Pick<SettingsStore, 'current' | 'change'>;
  /** Completes "Latchkey is trying to …". */
  readonly reason: string;
  readonly changed: () => void;
}

const STRICTER: readonly TouchIdLevel[] = touchIdLevel.options;

/** When Touch ID is asked for. Asking less often is itself something that only the person may do. */
export function touchIdSetting({ sensor, settings, reason, changed }: Parts) {
  const setTouchId: Handlers<'settings'>['setTouchId'] = async (level) => {
    if (!sensor.available) return failure('not-available', 'This Mac has no Touch ID that can be used now.');
    const loosens = STRICTER.indexOf(level) < STRICTER.indexOf(settings.current.touchId);
    if (loosens && !(await sensor.confirm(reason))) {
      return failure('not-proven', 'Touch ID did not confirm it. Nothing was changed.');
    }
    await settings.change({ touchId: level });
    changed();
    return done;
  };
  return {
    handlers: { setTouchId },
    /** Null where this Mac has none: then it is not offered. */
    get view(): TouchIdLevel | null {
      return sensor.available ? settings.current.touchId : null;
    },
  };
}
