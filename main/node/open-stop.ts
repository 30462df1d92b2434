import { join } from 'node:path';

import type { Journal } from '../audit/journal.ts';
import type { Dispatcher } from '../commands/dispatcher.ts';
import type { GrantBook } from '../grants/grant-book.ts';
import { endEverything } from '../halt/end-everything.ts';
import type { Gate } from '../halt/gate.ts';
import { Halt } from '../halt/halt.ts';
import { Incidents } from '../incident/incidents.ts';
import type { GatewayBook } from '../pairing/gateway-book.ts';
import type { PolicyStore } from '../policy-files/policy-store.ts';
import type { PromptDesk } from '../prompt/prompt-desk.ts';
import { findMarked, pairingMarker } from '../run/run-marker.ts';
import type { EndReason } from '../run/run-outcome.ts';
import type { Runs } from '../run/runs.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Marks } from '../state/marks.ts';
import type { SettingsStore } from '../state/settings-store.ts';
import { Farewells } from '../unpair/farewell.ts';
import type { Holding } from '../unpair/holding.ts';
import { connectedPorts } from '../unpair/own-sockets.ts';
import { proveGone } from '../unpair/proof.ts';
import { Unpairing } from '../unpair/unpairing.ts';
import type { GatewayLink } from './gateway-link.ts';

interface Parts {
  readonly folder: string;
  readonly gate: Gate;
  readonly marks: Marks;
  readonly journal: Journal;
  readonly settings: SettingsStore;
  readonly book: GatewayBook;
  readonly secrets: SecretStore;
  readonly link: GatewayLink;
  readonly policy: Pick<PolicyStore, 'version'>;
  readonly desk: PromptDesk;
  readonly runs: Runs;
  readonly dispatcher: Dispatcher;
  /** All that is kept of a pairing beside its secret. */
  readonly holdings: readonly Holding[];
}

/** Everything by which the person ends what a gateway does here. @throws {StateError} */
export async function openStop(
  parts: Parts,
): Promise<{ readonly halt: Halt; readonly unpairing: Unpairing }> {
  const { folder, gate, marks, journal, settings, book, secrets, link, policy, desk, runs, holdings } = parts;
  const disconnect = () => link.disconnect();
  const end = (reason: EndReason, ...more: string[]) =>
    endEverything(parts, reason, [...new Set([...book.all.map(({ gatewayId }) => gatewayId), ...more])]);

  const unpairing = new Unpairing({
    ...{ marks, journal, book, secrets, holdings, disconnect },
    farewells: await Farewells.open(join(folder, 'unpaired.json')),
    shut: () => {
      gate.unpaired = true;
      desk.closeAll('unpaired');
    },
    open: () => (gate.unpaired = false),
    endRuns: (gatewayId) => end('unpaired', gatewayId),
    letGo: (record) => link.letGo(record),
    prove: (farewell) =>
      proveGone(farewell, {
        ...{ secrets, holdings, connectedPorts },
        processes: async (gatewayId) =>
          Math.max((await findMarked(pairingMarker(gatewayId))).size, await runs.leftovers()),
        prompts: () => desk.waiting.length,
        isRemembered: (gatewayId) => book.all.some((record) => record.gatewayId === gatewayId),
        isMarked: (gatewayId) => marks.isSet({ unpaired: gatewayId }),
      }),
  });
  const halt = new Halt({
    ...{ gate, marks, journal, disconnect },
    settings: () => settings.current,
    closePrompts: (reason) => desk.closeAll(reason),
    endRuns: end,
    connect: () => link.resume(),
    beforeResuming: async () => {
      // The Keychain may be open only now: what it vouches for was not known before.
      await settings.look();
      if (await marks.isSet('contained')) gate.contained = true;
      await policy.version();
    },
  });

  // Removed there, revoked, or not the gateway that it was: nothing is left to run for, and nobody to answer.
  link.on('refused', (problem) => {
    desk.closeAll('connection-lost');
    const gatewayId = link.record?.gatewayId ?? '';
    void end('refused', gatewayId);
    for (const holding of holdings) holding.drop(gatewayId).catch(() => undefined);
    const text = link.status.text;
    journal.append({ kind: 'connection', gatewayId, state: problem, text }).catch(() => undefined);
  });
  return { halt, unpairing };
}

/** Grants end with every question that is closed; this looks that they did. */
export const grantsHolding = (grants: Pick<GrantBook, 'dropAll' | 'live'>): Holding => ({
  what: 'grants',
  drop: (): Promise<void> => {
    grants.dropAll('unpaired');
    return Promise.resolve();
  },
  left: (gatewayId) => Promise.resolve(grants.live.filter(({ gateway }) => gateway.id === gatewayId).length),
});

/** A gateway that was left may still list this Mac: it is among those to be told. */
export const openIncidents = (journalPath: string, link: GatewayLink, unpairing: Unpairing): Incidents =>
  new Incidents(journalPath, () => {
    const left = unpairing.farewells.map(({ deviceId }) => deviceId);
    return [...new Set([...(link.record === null ? [] : [link.record.deviceId]), ...left])];
  });
