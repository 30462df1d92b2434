import type { z } from 'zod';

import type {
  GatewayChoiceView,
  gatewaysView,
  PairingDraftView,
  PairingPeek,
} from '../../ipc/gateways-view.ts';
import type { GatewayChoice, Gateways, Preview } from '../../node/gateways.ts';
import { displayWhole } from '../../text/display.ts';
import type { PairingDraft } from '../pairing-draft.ts';

export const viewGateways = ({
  all,
  choice,
}: Pick<Gateways, 'all' | 'choice'>): z.infer<typeof gatewaysView> => ({
  known: all.map(({ id, name, address, active, pin }) => ({
    id,
    active,
    pinned: pin !== null,
    name: displayWhole(name),
    address: displayWhole(address),
  })),
  choice: viewChoice(choice),
});

export function viewDraft(
  { link, problem, nearby }: PairingDraft,
  choice: GatewayChoice | null,
): PairingDraftView {
  return {
    link: link && { ...viewPeek(link), id: link.id },
    problem: problem === null ? null : displayWhole(problem),
    nearby: {
      looking: nearby.looking,
      failed: nearby.failed,
      found: nearby.found.map(({ name, address }) => ({ name: displayWhole(name), address })),
    },
    choice: viewChoice(choice),
  };
}

export const viewPeek = ({ addresses, pinned }: Preview): PairingPeek => ({
  addresses: addresses.map(displayWhole),
  encrypted: addresses.every((address) => address.startsWith('wss://')),
  pinned,
});

function viewChoice(choice: GatewayChoice | null): GatewayChoiceView | null {
  switch (choice?.kind) {
    case undefined:
      return null;
    case 'certificate':
      return choice;
    case 'listener':
      return { ...choice, address: displayWhole(choice.address) };
    case 'commands':
      return { kind: 'commands', added: choice.added.map(displayWhole) };
  }
}
