import { once } from 'node:events';

import { onTestFinished } from 'vitest';

import type { Clock } from '../../main/gateway/clock.ts';
import type { ConnectionState } from '../../main/gateway/connection-state.ts';
import type { LoopbackRule } from '../../main/gateway/dial.ts';
import { GatewayConnection } from '../../main/gateway/gateway-connection.ts';
import type { Invoke } from '../../main/gateway/invoke.ts';
import { beginPairing, type Pairing, resumePairing } from '../../main/pairing/pairing.ts';
import type { PairingOffer } from '../../main/pairing/pairing-offer.ts';
import type { PairingRecord } from '../../main/pairing/pairing-record.ts';
import { parseSetupCode } from '../../main/pairing/setup-code.ts';
import { MemorySecrets } from '../../main/secrets/memory-secrets.ts';
import type { SecretStore } from '../../main/secrets/secret-store.ts';
import type { PracticeGateway } from '../gateway-practice/practice-gateway.ts';
import { type PracticeGatewayOptions, startPracticeGateway } from '../gateway-practice/practice-gateway.ts';

export const RULES = { allowPlaintext: false };

/** Stopped when the test is over; a frame of ours that the official schema does not allow then fails it. */
export async function practiceGateway(options?: PracticeGatewayOptions): Promise<PracticeGateway> {
  const gateway = await startPracticeGateway(options);
  onTestFinished(() => gateway.stop());
  return gateway;
}

/** The same gateway after a restart: same port, same devices, same token. */
export async function restarted(
  gateway: PracticeGateway,
  options?: PracticeGatewayOptions,
): Promise<PracticeGateway> {
  await gateway.stop();
  const port = Number(new URL(gateway.url).port);
  return practiceGateway({ port, book: gateway.book, sharedToken: gateway.sharedToken, ...options });
}

export interface NodeOptions {
  readonly store?: SecretStore;
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly loopback?: LoopbackRule;
}

/** The node's half of a pairing, as the app composes it. */
export class NodeUnderTest {
  readonly store: SecretStore;
  readonly pairing: Pairing;
  readonly connection: GatewayConnection;
  readonly states: ConnectionState[] = [];
  readonly invokes: Invoke[] = [];
  readonly cancelled: string[] = [];

  constructor(pairing: Pairing, store: SecretStore, options: NodeOptions) {
    this.pairing = pairing;
    this.store = store;
    this.connection = new GatewayConnection({
      addresses: pairing.addresses,
      pin: () => pairing.record.tlsFingerprint,
      credentials: pairing.credentials,
      client: {
        displayName: 'Test Mac',
        version: '0.1.0',
        instanceId: 'instance-1',
        pathEnv: '/usr/bin:/bin',
        commands: pairing.record.commands,
      },
      ...(options.clock && { clock: options.clock }),
      ...(options.loopback && { loopback: options.loopback }),
      random: options.random ?? (() => 0),
    });
    this.connection.on('state', (state) => this.states.push(state));
    this.connection.on('invoke', (invoke) => this.invokes.push(invoke));
    this.connection.on('cancel', (id) => this.cancelled.push(id));
    onTestFinished(() => this.connection.stop());
  }

  /** Answers every invoke at once. */
  answering(): this {
    this.connection.on('invoke', (invoke) => {
      void this.connection.sendResult(invoke, { ok: true, payload: { command: invoke.command } });
    });
    return this;
  }

  /** The first state of that kind from now on, the present one included. */
  async reaches<K extends ConnectionState['kind']>(
    kind: K,
    fits: (state: Extract<ConnectionState, { kind: K }>) => boolean = () => true,
  ): Promise<Extract<ConnectionState, { kind: K }>> {
    for (;;) {
      const { state } = this.connection;
      if (isKind(state, kind) && fits(state)) return state;
      await once(this.connection, 'state');
    }
  }

  /** The invoke with that command, once it is here. */
  async invoked(command: string): Promise<Invoke> {
    for (;;) {
      const invoke = this.invokes.find((seen) => seen.command === command);
      if (invoke !== undefined) return invoke;
      await once(this.connection, 'invoke');
    }
  }
}

function isKind<K extends ConnectionState['kind']>(
  state: ConnectionState,
  kind: K,
): state is Extract<ConnectionState, { kind: K }> {
  return state.kind === kind;
}

export async function nodeWith(offer: PairingOffer, options: NodeOptions = {}): Promise<NodeUnderTest> {
  const store = options.store ?? new MemorySecrets();
  return new NodeUnderTest(await beginPairing(offer, { store, onPaired: () => undefined }), store, options);
}

export function nodeWithCode(code: string, options?: NodeOptions): Promise<NodeUnderTest> {
  return nodeWith(parseSetupCode(code, Date.now(), RULES), options);
}

/** After a restart of the node. */
export async function resumedNode(
  record: PairingRecord,
  store: SecretStore,
  options: NodeOptions = {},
): Promise<NodeUnderTest> {
  return new NodeUnderTest(
    await resumePairing(record, { store, onPaired: () => undefined, ...RULES }),
    store,
    options,
  );
}

/** Paired by setup code, both requests approved, connected. */
export async function pairedNode(gateway: PracticeGateway, options?: NodeOptions): Promise<NodeUnderTest> {
  const node = await nodeWithCode(gateway.setupCode(), options);
  node.connection.start();
  await node.reaches('awaiting-approval');
  gateway.approveDevice();
  node.connection.retry();
  await node.reaches('connected', ({ commandsApproved }) => commandsApproved === false);
  gateway.approveCommands();
  await node.reaches('connected', ({ commandsApproved }) => commandsApproved === true);
  return node;
}
