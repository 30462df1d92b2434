import type { PairingStep, PairingView } from '../../ipc/pairing-view.ts';
import type { Language } from '../../ipc/values.ts';
import type { NodeSnapshot } from '../../node/snapshot.ts';
import { displayWhole } from '../../text/display.ts';

/** Where pairing stands, from the same snapshot that the tray shows. */
export function pairingView(
  snapshot: NodeSnapshot,
  { language, deviceName }: { language: Language; deviceName: string },
): PairingView {
  const { gateway, detail, command } = snapshot;
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

function pairingStep({ state, commandsApproved }: NodeSnapshot): PairingStep {
  switch (state) {
    case 'unpaired':
      return 'enter';
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
