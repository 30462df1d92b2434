import { EventEmitter } from 'node:events';

import type { ConnectAuth } from '../gateway/credentials.ts';
import type { EventFrame, ResponseFrame } from '../gateway/frames.ts';
import { type ConnectionOptions, GatewayConnection } from '../gateway/gateway-connection.ts';
import type { Pairing } from '../pairing/pairing.ts';
import { PairingError } from '../pairing/pairing-error.ts';
import { OperatorCredentials } from './operator-credentials.ts';
import { describeOperator, OPERATOR_OFF, type OperatorStatus } from './operator-status.ts';

interface LinkEvents {
  status: [];
  event: [frame: EventFrame];
  connected: [];
  lost: [];
  /** Another pairing, or none, from now on: what was said for the one before is worth nothing. */
  followed: [];
}

/** The pairing that this is a second connection of, and how its first one connects. */
export interface Followed {
  readonly pairing: Pairing;
  readonly connection: Omit<ConnectionOptions, 'credentials'>;
}

/**
 * The optional second connection to the same gateway, on the same identity, in the role of an operator. It comes and goes
 * with the pairing, and nothing of the first connection depends on it.
 */
export class OperatorLink extends EventEmitter<LinkEvents> {
  #followed: Followed | null = null;
  #connection: GatewayConnection | null = null;
  #status: OperatorStatus = OPERATOR_OFF;
  #isUp = false;

  get status(): OperatorStatus {
    return this.#status;
  }

  /** Local id of the gateway that this is about; null: none. */
  get gatewayId(): string | null {
    return this.#followed?.pairing.record.gatewayId ?? null;
  }

  /** The near end of the connection that there is; null: there is none. */
  get localPort(): number | null {
    return this.#connection?.localPort ?? null;
  }

  /** The gateway that is served now; null: none. Resolves once no socket to another one is left. */
  async follow(followed: Followed | null): Promise<void> {
    await this.#stop();
    this.#followed = followed;
    this.emit('followed');
    if (followed !== null && followed.pairing.secret.value.operatorToken !== null) this.#start(null);
  }

  /**
   * Asks the gateway for the second role: somebody there has to approve it.
   * @throws {PairingError} when this Mac is not paired yet.
   */
  async enable(first: ConnectAuth): Promise<void> {
    if (this.#followed === null) throw new PairingError('pair this Mac with the gateway first');
    await this.#stop();
    this.#start(first);
  }

  /** @throws {SecretStoreError} when the token may still be stored; the connection is gone all the same. */
  async disable(): Promise<void> {
    await this.#stop();
    await this.#followed?.pairing.secret.change({ operatorToken: null });
  }

  retry(): void {
    this.#connection?.retry();
  }

  async suspend(): Promise<void> {
    await this.#connection?.suspend();
  }

  wake(): void {
    this.#connection?.resume();
  }

  /** Resolves with the gateway's answer; with null when there was none. */
  request(method: string, params: object, timeoutMs: number): Promise<ResponseFrame | null> {
    return this.#connection?.request(method, params, timeoutMs) ?? Promise.resolve(null);
  }

  #start(first: ConnectAuth | null): void {
    const followed = this.#followed;
    if (followed === null) return;
    const { pairing, connection: how } = followed;
    const connection = new GatewayConnection({
      ...how,
      client: { ...how.client, role: 'operator' },
      credentials: new OperatorCredentials(pairing.credentials.identity, pairing.secret, first),
    });
    this.#connection = connection;
    connection.on('state', (state) => {
      this.#setUp(state.kind === 'connected');
      this.#setStatus(describeOperator(state));
    });
    connection.on('event', (frame) => void this.emit('event', frame));
    connection.start();
    this.#setStatus(describeOperator(connection.state));
  }

  async #stop(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    await connection?.stop();
    connection?.removeAllListeners();
    this.#setUp(false);
    this.#setStatus(OPERATOR_OFF);
  }

  #setUp(isUp: boolean): void {
    if (isUp === this.#isUp) return;
    this.#isUp = isUp;
    this.emit(isUp ? 'connected' : 'lost');
  }

  #setStatus(status: OperatorStatus): void {
    this.#status = status;
    this.emit('status');
  }
}
