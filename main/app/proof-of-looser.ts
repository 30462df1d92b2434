import type { Envelope } from '../ipc/contract.ts';
import type { SettingsStore } from '../state/settings-store.ts';
import { failure } from './envelopes.ts';
import type { TouchId } from './platform/touch-id.ts';

/** Does what allows more than now, once the person at this Mac has proven to be there; nothing where they have not. */
export type WithProof = (
  work: () => Envelope<undefined> | Promise<Envelope<undefined>>,
) => Promise<Envelope<undefined>>;

interface Parts {
  readonly sensor: TouchId;
  readonly settings: { readonly current: Pick<SettingsStore['current'], 'touchId'> };
  /** Completes "Latchkey is trying to …". */
  readonly reason: string;
}

/**
 * A rule lets through more than one prompt does, so a hand that can press buttons here and has no finger must not make
 * one. Where the person set "never", or without a sensor, the button is all there is.
 */
export const withTouchId =
  ({ sensor, settings, reason }: Parts): WithProof =>
  async (work) => {
    const needed = settings.current.touchId !== 'never' && sensor.available;
    return !needed || (await sensor.confirm(reason))
      ? work()
      : failure('not-proven', 'Touch ID did not confirm it. Nothing was changed.');
  };
