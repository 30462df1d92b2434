import { EventEmitter } from 'node:events';

import { NODE_COMMANDS } from '../gateway/connect-request.ts';
import type { ConnectionState } from '../gateway/connection-state.ts';
import { GatewayConnection } from '../gateway/gateway-connection.ts';
import type { Delivery, Invoke } from '../gateway/invoke.ts';
import { findListeners, type ListenerConsent } from '../gateway/loopback-listener.ts';
import type { FinalProblem } from '../gateway/reconnect-policy.ts';
import type { Followed } from '../operator/operator-link.ts';
import type { GatewayBook } from '../pairing/gateway-book.ts';
import { describeConnection, type GatewayStatus } from '../pairing/gateway-status.ts';
import { beginPairing, forgetPairingSecret, type Pairing, resumePairing } from '../pairing/pairing.ts';
import { PairingError } from '../pairing/pairing-error.ts';
import { address, type PairingOffer } from '../pairing/pairing-offer.ts';
import {
  type GatewayTrust,
  type PairingRecord,
  withTrustedCertificate,
  withWorkingAddress,
} from '../pairing/pairing-record.ts';
import { isSameGateway } from '../pairing/same-gateway.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import { StateError } from '../state/state-error.ts';
import { VERSION } from './version.ts';

/** A second connection to the same gateway, on the same identity: it comes and goes with the first one. */
export interface Beside {
  /** Null: no gateway is served any more. Resolves once nothing of what was before is left. */
  follow(followed: Followed | null): Promise<void>;
  readonly localPort: number | null;
  suspend(): Promise<void>;
  wake(): void;
}

interface LinkEvents {
  status: [];
  invoke: [invoke: Invoke];
  cancel: [invoke: Pick<Invoke, 'epoch' | 'id'>];
  /** There is a connection, or another one than before. */
  connected: [];
  /** A connection that was there is not any more. */
  lost: [];
  /** The gateway is not tried again until the person says so: it does not take this Mac, or is not the one it was. */
  refused: [problem: FinalProblem];
}

export interface LinkOptions {
  readonly book: GatewayBook;
  readonly secrets: SecretStore;
  readonly displayName: string;
  /** The PATH that runs will have. */
  readonly path: string;
  readonly allowPlaintext: boolean;
  /** Over what the person agreed to for each gateway. */
  readonly listenerConsent: Extract<ListenerConsent, 'anybody'> | null;
  /** Puts what this gateway is trusted with in place; nothing is heard from it before. Null: nobody is served. @throws {StateError} */
  readonly serve: (record: PairingRecord | null) => Promise<void>;
  readonly beside: Beside;
  readonly note: (gatewayId: string, step: string, text: string | null) => void;
  /** Why no connection may be made at all now, as a sentence; null when one may. */
  readonly contained: () => string | null;
  /** Why none may be made to this gateway ever again; null when one may. */
  readonly held: (gatewayId: string) => Promise<string | null>;
}

const ASK_MS = 10_000;

const NOT_PAIRED: GatewayStatus = {
  state: 'attention',
  text: null,
  command: null,
  requestId: null,
  commandsApproved: null,
};

/** Nothing is wrong: nobody is connected to now. */
const DISCONNECTED: GatewayStatus = { ...NOT_PAIRED, state: 'offline' };

/** The one gateway that is served: its pairing, its connection, and what is kept of both. */
export class GatewayLink extends EventEmitter<LinkEvents> {
  readonly #options: LinkOptions;
  #record: PairingRecord | null = null;
  #pairing: Pairing | null = null;
  #connection: GatewayConnection | null = null;
  #status: GatewayStatus = NOT_PAIRED;
  #epoch: number | null = null;
  /** Counts disconnections: whoever was about to connect when one came does not. */
  #turn = 0;

  constructor(options: LinkOptions) {
    super();
    this.#options = options;
  }

  /** The gateway that this Mac is, or is being, paired with. */
  get record(): PairingRecord | null {
    return this.#record;
  }

  get status(): GatewayStatus {
    return this.#status;
  }

  /** The near ends of the connections that there are, the one beside included. */
  get localPorts(): readonly number[] {
    return [this.#connection?.localPort, this.#options.beside.localPort].filter((port) => port != null);
  }

  /** Takes up the pairing that is kept, if there is one. What stands in its way becomes the status. */
  async resume(): Promise<void> {
    await this.#options.book.trustAgain().catch(() => undefined);
    const record = this.#options.book.active;
    if (record === null) return;
    this.#record = record;
    const turn = this.#turn;
    const held = await this.#options.held(record.gatewayId);
    if (held !== null) {
      this.#setStatus({ ...NOT_PAIRED, text: held });
      return;
    }
    try {
      const { secrets: store, allowPlaintext } = this.#options;
      const pairing = await resumePairing(record, { store, allowPlaintext, onPaired: () => this.#paired() });
      if (this.#options.book.problem !== null) throw new StateError(this.#options.book.problem);
      await this.#options.serve(record);
      if (turn === this.#turn) this.#connect(pairing);
    } catch (error) {
      if (!(error instanceof PairingError || error instanceof StateError)) throw error;
      this.#setStatus({ ...NOT_PAIRED, text: sentence(error.message) });
    }
  }

  /**
   * Starts to pair, in place of any other gateway. @throws {PairingError} when the secret cannot be kept: then nobody was
   * contacted.
   */
  async pair(offer: PairingOffer): Promise<void> {
    const { book, secrets: store } = this.#options;
    await book.trustAgain();
    const previous = this.known(offer) ?? undefined;
    const held =
      this.#options.contained() ??
      (previous === undefined ? null : await this.#options.held(previous.gatewayId));
    if (held !== null) throw new PairingError(held);
    await this.disconnect();
    const turn = this.#turn;
    const pairing = await beginPairing(offer, {
      store,
      onPaired: () => this.#paired(),
      ...(previous === undefined ? {} : { previous }),
    });
    try {
      await book.activate(pairing.record);
      await this.#options.serve(pairing.record);
      if (turn !== this.#turn) throw new PairingError('pairing was stopped before anybody was contacted');
    } catch (error) {
      await this.#notBegun(pairing.record, previous);
      throw error;
    }
    this.#record = pairing.record;
    this.#options.note(pairing.record.gatewayId, 'begun', null);
    this.#connect(pairing);
  }

  /** As if nobody had tried to pair: nothing of it is kept, and what was known before is known again. */
  async #notBegun({ gatewayId }: PairingRecord, previous: PairingRecord | undefined): Promise<void> {
    const { book, secrets } = this.#options;
    if (previous !== undefined) return book.change(gatewayId, previous).catch(() => undefined);
    await forgetPairingSecret(secrets, gatewayId).catch(() => undefined);
    await book.forget(gatewayId).catch(() => undefined);
  }

  /** The gateway among those that are kept that an offer leads to, and to no other; null: it is a new one. */
  known({ addresses, tlsFingerprint }: PairingOffer): PairingRecord | null {
    const offered = { addresses: addresses.map(({ url }) => url), tlsFingerprint };
    return this.#options.book.all.find((record) => isSameGateway(record, offered)) ?? null;
  }

  /**
   * Keeps what the person changed about the gateway that is served, and connects by it with the key and token that it has:
   * nothing is paired anew. @throws {StateError | PairingError} when it cannot be kept: then nothing changed.
   */
  async change(changes: Partial<PairingRecord>): Promise<void> {
    const pairing = this.#pairing;
    if (this.#record === null || pairing === null) throw new PairingError('no gateway is connected to');
    const record = { ...this.#record, ...changes };
    const { allowPlaintext } = this.#options;
    const addresses = record.addresses.map((url) => address(url, { allowPlaintext }));
    await this.#options.book.change(record.gatewayId, changes);
    await this.disconnect();
    this.#record = record;
    this.#connect({ ...pairing, record, addresses });
  }

  /**
   * What the person trusts the gateway that is served with, from now on. More counts once it is sealed; less counts at
   * once, also where that cannot be kept. @throws {StateError | PairingError}
   */
  async trust(changes: Partial<GatewayTrust>): Promise<void> {
    const record = this.#record;
    if (record === null) throw new PairingError('pair this Mac with a gateway first');
    const isMore = Object.values(changes).some((granted) => granted);
    const counts = () => {
      if (this.#record?.gatewayId === record.gatewayId) this.#record = { ...this.#record, ...changes };
      this.emit('status');
    };
    if (!isMore) counts();
    await this.#options.book.change(record.gatewayId, changes, isMore ? 'loosens' : 'tightens');
    if (isMore) counts();
  }

  /** Serves it no more, without a word about what is kept of it. */
  async letGo(record: PairingRecord): Promise<void> {
    if (this.#record?.gatewayId !== record.gatewayId) return;
    this.#record = null;
    this.#pairing = null;
    await this.#options.serve(null).catch(() => undefined);
  }

  /** Deletes the secret, then the record. @throws {SecretStoreError} when the secret may still be there. */
  async forget(record: PairingRecord): Promise<void> {
    await forgetPairingSecret(this.#options.secrets, record.gatewayId);
    await this.#options.book.forget(record.gatewayId);
    await this.letGo(record);
  }

  /** Resolves once no socket is left. */
  async disconnect(): Promise<void> {
    this.#turn += 1;
    const besideGone = this.#options.beside.follow(null);
    const connection = this.#connection;
    this.#connection = null;
    await connection?.stop();
    connection?.removeAllListeners();
    await besideGone;
    this.#lost();
    this.#setStatus(DISCONNECTED);
  }

  async suspend(): Promise<void> {
    await Promise.all([this.#connection?.suspend(), this.#options.beside.suspend()]);
  }

  wake(): void {
    this.#connection?.resume();
    this.#options.beside.wake();
  }

  /** The person asks to try now. */
  retry(): void {
    this.#connection?.retry();
  }

  reply(
    invoke: Invoke,
    ...answer: Parameters<GatewayConnection['sendResult']> extends [unknown, ...infer A] ? A : never
  ) {
    return this.#connection?.sendResult(invoke, ...answer) ?? Promise.resolve<Delivery>('lost');
  }

  sendEvent(event: string, payload: object): Promise<Delivery> {
    return this.#connection?.sendEvent(event, payload, this.#epoch ?? undefined) ?? Promise.resolve('lost');
  }

  /** What the gateway answers, not validated; null when there is no answer. */
  async ask(method: string, params: object): Promise<unknown> {
    const response = await this.#connection?.request(method, params, ASK_MS);
    return response?.ok === true ? response.payload : null;
  }

  #connect(pairing: Pairing): void {
    const { record, addresses, credentials } = pairing;
    const { book, displayName, path, listenerConsent, beside } = this.#options;
    this.#pairing = pairing;
    const contained = this.#options.contained();
    if (contained !== null) {
      this.#setStatus({ ...NOT_PAIRED, text: contained });
      return;
    }
    const how = {
      addresses,
      pin: () => (this.#record ?? record).tlsFingerprint,
      loopback: { consent: listenerConsent ?? record.listener, find: findListeners },
      client: {
        displayName,
        version: VERSION,
        instanceId: book.instanceId,
        pathEnv: path,
        commands: record.commands.filter(isOurs),
      },
    };
    const connection = new GatewayConnection({ ...how, credentials });
    this.#connection = connection;
    void beside.follow({ pairing, connection: how });
    connection.on('state', (state) => this.#follow(state));
    connection.on('invoke', (invoke) => {
      if (record.commands.includes(invoke.command)) this.emit('invoke', invoke);
      else void connection.sendResult(invoke, NOT_DECLARED);
    });
    connection.on('cancel', (id) => {
      if (this.#epoch !== null) this.emit('cancel', { epoch: this.#epoch, id });
    });
    connection.start();
    this.#setStatus(describeConnection(connection.state));
  }

  #follow(state: ConnectionState): void {
    if (state.kind === 'connected') {
      if (this.#epoch !== null && this.#epoch !== state.epoch) this.#lost();
      if (this.#epoch !== state.epoch) queueMicrotask(() => void this.emit('connected'));
      this.#epoch = state.epoch;
      this.#remember(state);
    } else this.#lost();
    this.#setStatus(describeConnection(state));
    if (state.kind === 'refused') this.emit('refused', state.problem);
  }

  #lost(): void {
    if (this.#epoch === null) return;
    this.#epoch = null;
    this.emit('lost');
  }

  /** Which address worked; and its certificate, where the person wanted the first trusted one to be the only one. */
  #remember({ address: worked, certificate }: Extract<ConnectionState, { kind: 'connected' }>): void {
    const record = this.#record;
    if (record === null) return;
    const ordered = withWorkingAddress(record, worked);
    const next = certificate === null ? ordered : withTrustedCertificate(ordered, certificate);
    if (next === record) return;
    const { addresses, tlsFingerprint, pinWhenTrusted } = next;
    if (tlsFingerprint !== record.tlsFingerprint) this.#options.note(record.gatewayId, 'pinned', certificate);
    this.#keep({ addresses, tlsFingerprint, pinWhenTrusted });
  }

  #paired(): void {
    if (this.#record === null) return;
    this.#keep({ pairedAtMs: Date.now() });
    this.#options.note(this.#record.gatewayId, 'paired', null);
  }

  /** What is lost when this cannot be written is convenience: the order of addresses, the date of the pairing. */
  #keep(changes: Partial<PairingRecord>): void {
    if (this.#record === null) return;
    const { gatewayId } = this.#record;
    this.#record = { ...this.#record, ...changes };
    this.#options.book.change(gatewayId, changes).catch((error: unknown) => {
      this.#options.note(gatewayId, 'not-kept', error instanceof Error ? error.message : null);
    });
  }

  #setStatus(status: GatewayStatus): void {
    this.#status = status;
    this.emit('status');
  }
}

const isOurs = (command: string): boolean => (NODE_COMMANDS as readonly string[]).includes(command);

/** Before anything was executed: for `system.run` that is what this code tells the agent. */
const NOT_DECLARED = {
  ok: false,
  code: 'SYSTEM_RUN_DENIED',
  message: 'this Mac did not offer that command to this gateway',
} as const;

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
