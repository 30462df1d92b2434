import { setTimeout } from 'node:timers/promises';

import type { Journal } from '../audit/journal.ts';
import type { Dispatcher } from '../commands/dispatcher.ts';
import { NODE_COMMANDS } from '../gateway/connect-request.ts';
import type { Gate } from '../halt/gate.ts';
import { parseFingerprint } from '../pairing/fingerprint.ts';
import type { GatewayBook } from '../pairing/gateway-book.ts';
import { PairingError } from '../pairing/pairing-error.ts';
import { address as parseAddress } from '../pairing/pairing-offer.ts';
import type { PairingRecord } from '../pairing/pairing-record.ts';
import { parseSetupCode } from '../pairing/setup-code.ts';
import type { PromptDesk } from '../prompt/prompt-desk.ts';
import { sha256Hex } from '../request/digest.ts';
import type { Runs } from '../run/runs.ts';
import type { Unpaired, Unpairing } from '../unpair/unpairing.ts';
import type { GatewayLink } from './gateway-link.ts';

/** A gateway that is remembered. */
export interface KnownGateway {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly deviceId: string;
  readonly active: boolean;
  readonly paired: boolean;
  /** SHA-256 (hex) of the only certificate that is accepted; null: the system's authorities decide. */
  readonly pin: string | null;
}

/** A choice that waits for the person. The first two keep this gateway disconnected until they make it. */
export type GatewayChoice =
  | { readonly kind: 'certificate'; readonly pinned: string; readonly shown: string }
  /** `uid` null: it cannot be found out who listens. `id` names all of it, to be said with the decision. */
  | { readonly kind: 'listener'; readonly id: string; readonly address: string; readonly uid: number | null }
  /** This version can do more than the person agreed to offer; until they agree it is not said to the gateway. */
  | { readonly kind: 'commands'; readonly added: readonly string[] };

/** Where a setup code leads, before anybody is contacted. */
export interface Preview {
  readonly addresses: readonly string[];
  readonly pinned: boolean;
}

export interface GatewaysOptions {
  readonly book: GatewayBook;
  readonly link: GatewayLink;
  readonly desk: PromptDesk;
  readonly runs: Runs;
  readonly dispatcher: Dispatcher;
  readonly gate: Gate;
  readonly unpairing: Pick<Unpairing, 'unpair'>;
  readonly journal: Pick<Journal, 'append'>;
  readonly allowPlaintext: boolean;
}

const ANSWERS_MS = 2000;

const DOUBTED =
  'it is not certain any more where this gateway is, because what was kept of it was changed outside Latchkey: pair with it again, or remove it';

/** The gateways that this Mac is paired with, of which one is served; and what the person decides about that one. */
export class Gateways {
  readonly #options: GatewaysOptions;
  #turned: Promise<void> = Promise.resolve();

  constructor(options: GatewaysOptions) {
    this.#options = options;
  }

  get all(): readonly KnownGateway[] {
    const { book, link } = this.#options;
    return book.all.map((record) => ({
      id: record.gatewayId,
      name: record.gatewayName ?? hostOf(record),
      address: record.addresses[0] ?? '',
      deviceId: record.deviceId,
      active: record.gatewayId === link.record?.gatewayId,
      paired: record.pairedAtMs !== null && !record.doubted,
      pin: record.tlsFingerprint,
    }));
  }

  /** What waits for the person now; null: nothing. */
  get choice(): GatewayChoice | null {
    const { record, status } = this.#options.link;
    if (record === null) return null;
    const { found } = status;
    if (found?.kind === 'certificate' && record.tlsFingerprint !== null)
      return { kind: 'certificate', pinned: record.tlsFingerprint, shown: found.fingerprint };
    if (found?.kind === 'listener') {
      const [address, { uid }] = [record.addresses[0] ?? '', found];
      return {
        kind: 'listener',
        id: sha256Hex(JSON.stringify([record.gatewayId, address, uid])),
        address,
        uid,
      };
    }
    const added = NODE_COMMANDS.filter((command) => !record.commands.includes(command));
    return added.length > 0 ? { kind: 'commands', added } : null;
  }

  /** Reads a setup code or pairing link without acting on it. @throws {PairingError} */
  preview(setupCode: string): Preview {
    const { allowPlaintext } = this.#options;
    const { addresses, tlsFingerprint } = parseSetupCode(setupCode, Date.now(), { allowPlaintext });
    return { addresses: addresses.map(({ url }) => url), pinned: tlsFingerprint !== null };
  }

  /**
   * Ends all that was for the gateway that is served, then does what turns to another one. Until that is done everything is
   * refused; if it fails, the gateway before is served again.
   */
  turn(turnTo: () => Promise<void>): Promise<void> {
    const turned = this.#turned.then(() => this.#turn(turnTo));
    this.#turned = turned.catch(() => undefined);
    return turned;
  }

  async #turn(turnTo: () => Promise<void>): Promise<void> {
    const { book, gate, desk, runs, dispatcher, link } = this.#options;
    const before = book.active?.gatewayId ?? null;
    gate.switching = true;
    try {
      desk.closeAll('connection-lost');
      await runs.endAll('disconnected');
      await link.disconnect();
      await Promise.race([dispatcher.idle(), setTimeout(ANSWERS_MS, undefined, { ref: false })]);
      await turnTo();
    } catch (error) {
      // What cannot be turned back to leaves nobody served.
      if (await this.#turnBack(before)) await link.resume();
      throw error;
    } finally {
      gate.switching = false;
    }
  }

  async #turnBack(before: string | null): Promise<boolean> {
    const { book } = this.#options;
    if (book.active?.gatewayId === (before ?? undefined)) return true;
    return book.serve(before).then(
      () => true,
      () => false,
    );
  }

  /** Serves another one of them from now on. @throws {StateError} when that could not be kept. */
  async switchTo(gatewayId: string): Promise<void> {
    const { book, link, journal } = this.#options;
    const record = this.#record(gatewayId);
    if (record.gatewayId === link.record?.gatewayId) return;
    if (record.doubted) throw new PairingError(DOUBTED);
    await this.turn(async () => {
      await journal.append({ kind: 'pairing', gatewayId, step: 'switched', text: null });
      await book.activate(record);
      await link.resume();
    });
  }

  /** Unpairs from one that is not served, which goes on undisturbed. @throws {PairingError} for the one that is. */
  async remove(gatewayId: string): Promise<Unpaired> {
    const { link, unpairing } = this.#options;
    const record = this.#record(gatewayId);
    if (record.gatewayId === link.record?.gatewayId) throw new PairingError('this gateway is in use: unpair');
    return unpairing.unpair(record);
  }

  /**
   * The gateway that is served has another address, says the person: the key and token that it knows are shown there.
   * @throws {PairingError} when the address cannot be used.
   */
  async moveTo(gatewayId: string, address: string, fingerprint: string | null): Promise<void> {
    if (this.#options.link.record?.gatewayId !== gatewayId)
      throw new PairingError('another gateway is in use by now: nothing was moved');
    const { allowPlaintext } = this.#options;
    const { url } = parseAddress(address, { allowPlaintext });
    const pin = fingerprint === null ? {} : { tlsFingerprint: parseFingerprint(fingerprint) };
    await this.#change('moved', { addresses: [url], listener: null, ...pin });
  }

  /**
   * The certificate was renewed, says the person, who read its fingerprint somewhere else than here.
   * @throws {PairingError} when it is not the one that was shown.
   */
  async acceptCertificate(typed: string): Promise<void> {
    const { choice } = this;
    if (choice?.kind !== 'certificate') throw new PairingError('no certificate waits for a decision');
    const fingerprint = parseFingerprint(typed);
    if (fingerprint !== choice.shown) {
      throw new PairingError(
        'this is not the fingerprint of the certificate that was shown: somebody may be in between',
      );
    }
    await this.#change('certificate-accepted', { tlsFingerprint: fingerprint });
  }

  /** Who listens at this address may, says the person: that user, or whoever it is where nobody can say. */
  async acceptListener(shown: string): Promise<void> {
    const { choice } = this;
    if (choice?.kind !== 'listener') throw new PairingError('no listener waits for a decision');
    if (choice.id !== shown)
      throw new PairingError('somebody else listens by now: look at it again. Nothing was accepted');
    await this.#change('listener-accepted', { listener: choice.uid ?? 'unknown' });
  }

  /** This gateway may be told of all that this version can do, says the person. The gateway asks its own people next. */
  async offerCommands(): Promise<void> {
    await this.#change('commands-offered', { commands: [...NODE_COMMANDS] });
  }

  async #change(step: string, changes: Partial<PairingRecord>): Promise<void> {
    const { link, journal, desk } = this.#options;
    const gatewayId = link.record?.gatewayId ?? '';
    await journal.append({ kind: 'pairing', gatewayId, step, text: null });
    desk.closeAll('connection-lost');
    await link.change(changes);
  }

  #record(gatewayId: string): PairingRecord {
    const record = this.#options.book.all.find((known) => known.gatewayId === gatewayId);
    if (record === undefined) throw new PairingError('this gateway is not remembered any more');
    return record;
  }
}

function hostOf({ addresses: [address = ''] }: PairingRecord): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
