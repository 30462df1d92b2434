import type { PairingStep, PairingView } from '../../ipc/pairing-view.ts';
import type { NodeSnapshot } from '../../node/snapshot.ts';
import { displayWhole } from '../../text/display.ts';

interface Own extends Pick<PairingView, 'language' | 'revision' | 'draft'> {
  readonly deviceName: string;
  /** The person wants to pair with one more. */
  readonly adding: boolean;
}

/** Where pairing stands, from the same snapshot that the tray shows. */
export function pairingView(
  snapshot: NodeSnapshot,
  { language, deviceName, revision, adding, draft }: Own,
): PairingView {
  const { gateway, detail, command } = snapshot;
  return {
    revision,
    language,
    step: adding ? 'enter' : pairingStep(snapshot),
    detail: detail === null ? null : displayWhole(detail),
    gateway: gateway && {
      name: displayWhole(gateway.name),
      address: displayWhole(gateway.address),
      encrypted: gateway.address.startsWith('wss://'),
    },
    deviceId: gateway?.deviceId ?? null,
    deviceName: displayWhole(deviceName),
    command: command === null ? null : displayWhole(command),
    draft,
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
