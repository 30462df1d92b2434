import type { Handlers } from '../ipc/contract.ts';
import type { PairingView } from '../ipc/pairing-view.ts';
import { displayString } from '../text/display.ts';
import type { Core } from './core.ts';
import { done, failure } from './envelopes.ts';
import { gatewayChoiceHandlers } from './gateway-handlers.ts';
import type { PairingDraft } from './pairing-draft.ts';
import { viewPeek } from './views/gateways-view.ts';

interface Parts {
  readonly core: Pick<Core, 'snapshot' | 'pair' | 'cancelPairing' | 'gateways'>;
  readonly draft: PairingDraft;
  readonly view: () => PairingView;
  readonly copy: (text: string) => Promise<void>;
  readonly close: () => void;
  readonly openSettings: () => void;
}

/** What the pairing window may ask for. */
export function pairingHandlers({
  core,
  draft,
  view,
  copy,
  close,
  openSettings,
}: Parts): Handlers<'pairing'> {
  return {
    current: () => ({ ok: true, value: view() }),
    pair: (request) =>
      pairing(async () => {
        if (request.by === 'setup-code' && (await draft.join(request.setupCode))) return;
        await core.pair(request);
        draft.clear();
      }),
    pairLink: ({ link, pinWhenTrusted }) =>
      pairing(async () => {
        const setupCode = draft.takeLink(link);
        if (setupCode !== null) await core.pair({ by: 'setup-code', setupCode, pinWhenTrusted });
      }),
    dropLink: () => {
      draft.dropLink();
      return done;
    },
    peek: (setupCode) => {
      try {
        return { ok: true, value: viewPeek(core.gateways.preview(setupCode)) };
      } catch (error) {
        return failure('pairing-failed', sentenceOf(error));
      }
    },
    look: (wanted) => {
      if (wanted) draft.nearby.look();
      else draft.nearby.stop();
      return done;
    },
    ...gatewayChoiceHandlers(core.gateways),
    cancel: async () => {
      draft.clear();
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
    openSettings: () => {
      openSettings();
      return done;
    },
  };
}

const pairing = (work: () => Promise<void>) =>
  work().then(
    () => done,
    (error: unknown) => failure('pairing-failed', sentenceOf(error)),
  );

/** The core's errors are sentences for a person, but can quote the gateway. */
const sentenceOf = (error: unknown) =>
  displayString(error instanceof Error ? error.message : 'Pairing failed.');
