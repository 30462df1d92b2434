import type { Envelope, Handlers } from '../ipc/contract.ts';
import { displayString } from '../text/display.ts';
import type { Core } from './core.ts';
import { done, failure } from './envelopes.ts';

type ChoiceCalls = 'acceptCertificate' | 'acceptListener' | 'offerCommands';
type GatewayCalls = ChoiceCalls | 'switchGateway' | 'removeGateway' | 'moveGateway';

/** The person decides about the gateway that is served. */
export const gatewayChoiceHandlers = (
  gateways: Core['gateways'],
): Pick<Handlers<'settings'>, ChoiceCalls> => ({
  acceptCertificate: (fingerprint) => told(gateways.acceptCertificate(fingerprint)),
  acceptListener: (shown) => told(gateways.acceptListener(shown)),
  offerCommands: () => told(gateways.offerCommands()),
});

/** What a window may ask for about the gateways that are remembered. Each is the person's own decision. */
export function gatewayHandlers(
  gateways: Core['gateways'],
  left: (removeCommand: string) => void,
): Pick<Handlers<'settings'>, GatewayCalls> {
  return {
    ...gatewayChoiceHandlers(gateways),
    switchGateway: (id) => told(gateways.switchTo(id)),
    removeGateway: async (id) => {
      try {
        const unpaired = await gateways.remove(id);
        left(unpaired.removeCommand);
        return { ok: true, value: { ...unpaired, proof: [...unpaired.proof] } };
      } catch (error) {
        return notDone(error);
      }
    },
    moveGateway: ({ gatewayId, address, fingerprint }) =>
      told(gateways.moveTo(gatewayId, address, fingerprint)),
  };
}

const told = (work: Promise<void>): Promise<Envelope<undefined>> => work.then(() => done, notDone);

/** A sentence for a person, which can quote what somebody else wrote. */
const notDone = (error: unknown): Envelope<never> =>
  failure('not-available', displayString(error instanceof Error ? error.message : 'That did not work.'));
