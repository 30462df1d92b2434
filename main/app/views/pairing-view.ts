import type { PairingStep, PairingView } from '../../ipc/pairing-view.ts';
import type { Language } from '../../ipc/values.ts';
import type { NodeSnapshot } from '../../node/snapshot.ts';
import { displayWhole } from '../../text/display.ts';

/** The id is the gateway's word, and the command is made to be pasted into a shell. */
const PLAIN_ID = /^[\w-]{1,128}$/;

/** Where pairing stands, from the same snapshot that the tray shows. */
export function pairingView(
  snapshot: NodeSnapshot,
  { language, deviceName }: { language: Language; deviceName: string },
): PairingView {
  const { gateway, detail } = snapshot;
  const command = gatewayCommand(snapshot);
  return {
    revision: snapshot.revision,
    language,
    step: pairingStep(snapshot),
    detail: detail === null ? null : displayWhole(detail),
    gateway: gateway && {
      name: displayWhole(gateway.name),
      address: displayWhole(gateway.address),
      encrypted: gateway.address.startsWith('wss://'),
    },
    deviceId: gateway?.deviceId ?? null,
    deviceName: displayWhole(deviceName),
    command: command === null ? null : displayWhole(command),
  };
}

/** What somebody has to run on the gateway's computer now; null while there is nothing to do there. */
export function gatewayCommand(snapshot: NodeSnapshot): string | null {
  const id = PLAIN_ID.test(snapshot.requestId ?? '') ? snapshot.requestId : null;
  const step = pairingStep(snapshot);
  if (step === 'approve-device')
    return id === null ? 'openclaw devices list' : `openclaw devices approve ${id}`;
  if (step === 'approve-commands')
    return id === null ? 'openclaw nodes pending' : `openclaw nodes approve ${id}`;
  return null;
}

function pairingStep({ state, detail, commandsApproved }: NodeSnapshot): PairingStep {
  switch (state) {
    case 'unpaired':
      return detail === null ? 'enter' : 'failed';
    case 'connecting':
    case 'offline':
      return 'connecting';
    case 'awaiting-approval':
      return 'approve-device';
    case 'attention':
      return 'failed';
    case 'connected':
    case 'paused':
      return commandsApproved === false ? 'approve-commands' : 'connected';
  }
}
