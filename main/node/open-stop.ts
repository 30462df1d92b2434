import { join } from 'node:path';

import type { Journal } from '../audit/journal.ts';
import type { Dispatcher } from '../commands/dispatcher.ts';
import { endEverything } from '../halt/end-everything.ts';
import type { Gate } from '../halt/gate.ts';
import { Halt } from '../halt/halt.ts';
import { Incidents } from '../incident/incidents.ts';
import type { GatewayBook } from '../pairing/gateway-book.ts';
import type { PolicyStore } from '../policy-files/policy-store.ts';
import type { PromptDesk } from '../prompt/prompt-desk.ts';
import { endMarked } from '../run/end-marked.ts';
import { findMarked, pairingMarker } from '../run/run-marker.ts';
import type { EndReason } from '../run/run-outcome.ts';
import type { Runs } from '../run/runs.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Marks } from '../state/marks.ts';
import type { Seal } from '../state/seal.ts';
import type { SettingsStore } from '../state/settings-store.ts';
import { Farewells } from '../unpair/farewell.ts';
import type { Holding } from '../unpair/holding.ts';
import { ownSockets } from '../unpair/own-sockets.ts';
import { proveGone } from '../unpair/proof.ts';
import { type Activity, Unpairing } from '../unpair/unpairing.ts';
import type { GatewayLink } from './gateway-link.ts';

interface Parts {
  readonly folder: string;
  readonly gate: Gate;
  readonly seal: Seal;
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
  const serves = (gatewayId: string) => link.record === null || link.record.gatewayId === gatewayId;
  const disconnect = () => link.disconnect();
  const end = (reason: EndReason, ...more: string[]) =>
    endEverything(parts, reason, [...new Set([...book.all.map(({ gatewayId }) => gatewayId), ...more])]);

  const unpairing = new Unpairing({
    marks,
    journal,
    book,
    secrets,
    holdings,
    farewells: await Farewells.open(join(folder, 'unpaired.json'), parts.seal),
    activityOf: (record) => {
      const { gatewayId } = record;
      if (!serves(gatewayId)) return idle(gatewayId);
      return {
        isIdle: false,
        shut: () => {
          gate.unpaired = true;
          desk.closeAll('unpaired');
        },
        open: () => (gate.unpaired = false),
        endRuns: () => end('unpaired', gatewayId),
        disconnect,
        letGo: () => link.letGo(record),
      };
    },
    prove: (farewell) =>
      proveGone(farewell, {
        secrets,
        holdings,
        sockets: ownSockets,
        othersPorts: (gatewayId) => (serves(gatewayId) ? [] : link.localPorts),
        processes: async (gatewayId) => {
          const marked = (await findMarked(pairingMarker(gatewayId))).size;
          // Of what hid its marker only the group is known, and that is of whoever is served.
          return serves(gatewayId) ? Math.max(marked, await runs.leftovers()) : marked;
        },
        prompts: (gatewayId) => desk.waiting.filter(({ gateway }) => gateway.id === gatewayId).length,
        isRemembered: (gatewayId) => book.all.some((record) => record.gatewayId === gatewayId),
        isMarked: (gatewayId) => marks.isSet({ unpaired: gatewayId }),
      }),
  });
  const halt = new Halt({
    gate,
    marks,
    journal,
    disconnect,
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
    for (const holding of holdings)
      if (holding.untilRefused === true) holding.drop(gatewayId).catch(() => undefined);
    const text = link.status.text;
    journal.append({ kind: 'connection', gatewayId, state: problem, text }).catch(() => undefined);
  });
  return { halt, unpairing };
}

/** A gateway that is only remembered: nothing of it goes on but what an earlier start may have left running. */
const idle = (gatewayId: string): Activity => ({
  isIdle: true,
  shut: () => undefined,
  open: () => undefined,
  endRuns: () => endMarked(pairingMarker(gatewayId)).then(nothing, nothing),
  disconnect: () => Promise.resolve(),
  letGo: () => Promise.resolve(),
});

const nothing = (): void => undefined;

/** A gateway that was left may still list this Mac: it is among those to be told. */
export const openIncidents = (journalPath: string, link: GatewayLink, unpairing: Unpairing): Incidents =>
  new Incidents(journalPath, () => {
    const left = unpairing.farewells.map(({ deviceId }) => deviceId);
    return [...new Set([...(link.record === null ? [] : [link.record.deviceId]), ...left])];
  });
