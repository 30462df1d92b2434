import type { Handlers } from '../ipc/contract.ts';
import type { PairingView } from '../ipc/pairing-view.ts';
import { displayString } from '../text/display.ts';
import type { Core } from './core.ts';
import { done, failure } from './envelopes.ts';

interface Parts {
  readonly core: Pick<Core, 'snapshot' | 'pair' | 'cancelPairing'>;
  readonly view: () => PairingView;
  readonly copy: (text: string) => Promise<void>;
  readonly close: () => void;
}

/** What the pairing window may ask for. */
export function pairingHandlers({ core, view, copy, close }: Parts): Handlers<'pairing'> {
  return {
    current: () => ({ ok: true, value: view() }),
    pair: (request) =>
      core.pair(request).then(
        () => done,
        (error: unknown) => failure('pairing-failed', sentenceOf(error)),
      ),
    cancel: async () => {
      await core.cancelPairing();
      return done;
    },
    copyCommand: async () => {
      const { command } = core.snapshot();
      if (command === null) return failure('not-available', 'There is nothing to run on the gateway now.');
      await copy(command);
      return done;
    },
    close: () => {
      close();
      return done;
    },
  };
}

/** The core's errors are sentences for a person, but can quote the gateway. */
const sentenceOf = (error: unknown) =>
  displayString(error instanceof Error ? error.message : 'Pairing failed.');
