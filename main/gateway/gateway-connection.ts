import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';

import { type Clock, systemClock } from './clock.ts';
import {
  ConnectError,
  type ConnectFailure,
  transportError,
  type TransportFailure,
} from './connect-failure.ts';
import type { ClientInfo } from './connect-request.ts';
import type { ConnectionState } from './connection-state.ts';
import type { GatewayCredentials } from './credentials.ts';
import { type LoopbackRule, OWN_OR_ROOT } from './dial.ts';
import type { EventFrame, ResponseFrame } from './frames.ts';
import type { GatewayAddress } from './gateway-address.ts';
import { type GatewaySession, openSession } from './gateway-session.ts';
import type { Delivery, Invoke, InvokeAnswer } from './invoke.ts';
import { LiveConnection } from './live-connection.ts';
import { isRejection, isToDecide, nextStep, retryLater, type Step } from './reconnect-policy.ts';

export interface ConnectionOptions {
  /** Tried in this order, the one that worked last first. At least one. */
  readonly addresses: readonly GatewayAddress[];
  /**
   * SHA-256 (hex, lower case) of the only certificate to accept; null: the system's trust decides. Asked before each attempt:
   * the first connection may be what pins it for the next one.
   */
  readonly pin: () => string | null;
  /** Left out, nobody but this user and root may listen at an address of this machine. */
  readonly loopback?: LoopbackRule;
  readonly client: ClientInfo;
  readonly credentials: GatewayCredentials;
  readonly clock?: Clock;
  /** From 0 to below 1. */
  readonly random?: () => number;
}

interface ConnectionEvents {
  state: [state: ConnectionState];
  invoke: [invoke: Invoke];
  /** The caller gave up an invoke of the present connection. Its answer is not sent any more. */
  cancel: [invokeId: string];
  /** What the gateway tells its operators. A node hears none. */
  event: [frame: EventFrame];
}

/** A connection that lasted this long starts the backoff afresh when it ends. */
const LASTING_MS = 10_000;

/** Keeps one gateway connected for as long as it is wanted, and says at any time how that stands. */
export class GatewayConnection extends EventEmitter<ConnectionEvents> {
  readonly #options: ConnectionOptions;
  readonly #clock: Clock;
  readonly #random: () => number;
  #state: ConnectionState = { kind: 'stopped' };
  #live: LiveConnection | undefined;
  #epoch = 0;
  #preferred: GatewayAddress | undefined;
  #run: { readonly wanted: Wanted; readonly done: Promise<void> } | undefined;
  #skipWait: () => void = () => undefined;

  constructor(options: ConnectionOptions) {
    super();
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The near end of the connection that there is; null: there is none. */
  get localPort(): number | null {
    return this.#live?.session.localPort ?? null;
  }

  /** Connects and stays connected. Does nothing while that is going on. */
  start(): void {
    if (this.#run !== undefined) return;
    const wanted = new Wanted();
    const done = Promise.resolve().then(() => this.#keepConnected(wanted));
    const run = { wanted, done };
    this.#run = run;
    void done.then(() => {
      if (this.#run === run) this.#run = undefined;
    });
    this.#set({ kind: 'connecting' });
  }

  /** Resolves once no socket is left. */
  stop(): Promise<void> {
    return this.#halt({ kind: 'stopped' });
  }

  /** The machine is about to sleep: a connection would only rot. */
  suspend(): Promise<void> {
    return this.#run === undefined ? Promise.resolve() : this.#halt({ kind: 'suspended' });
  }

  /** The machine is awake: connects at once if it was suspended. */
  resume(): void {
    if (this.#state.kind === 'suspended') this.start();
  }

  /** The person asks to try now: ends a wait, or starts again after a refusal. */
  retry(): void {
    if (this.#run === undefined) this.start();
    else this.#skipWait();
  }

  /** Never on another connection than the one the invoke came on. Resolves, never rejects. */
  sendResult({ epoch, id }: Pick<Invoke, 'epoch' | 'id'>, answer: InvokeAnswer): Promise<Delivery> {
    return this.#on(epoch)?.answer(id, answer) ?? Promise.resolve('lost');
  }

  /** With an epoch: only on that connection. Resolves, never rejects. */
  sendEvent(event: string, payload: object, epoch?: number): Promise<Delivery> {
    return this.#on(epoch)?.sendEvent(event, payload) ?? Promise.resolve('lost');
  }

  /** Resolves with the gateway's answer, its payload not validated; with null when there was none. */
  request(method: string, params: object, timeoutMs: number): Promise<ResponseFrame | null> {
    return this.#live?.session.request(method, params, timeoutMs) ?? Promise.resolve(null);
  }

  #on(epoch: number | undefined): LiveConnection | undefined {
    return epoch === undefined || epoch === this.#live?.epoch ? this.#live : undefined;
  }

  async #halt(state: ConnectionState): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    run?.wanted.end();
    this.#set(state);
    await run?.done;
  }

  async #keepConnected(wanted: Wanted): Promise<void> {
    let failures = 0;
    let awaitingSince: number | null = null;
    while (wanted.still()) {
      const outcome = await this.#attempt(wanted);
      failures += 1;
      const random = this.#random();
      let step: Step;
      if ('session' in outcome) {
        const lastedMs = await this.#serve(outcome.session, wanted);
        if (lastedMs >= LASTING_MS) failures = 1;
        step = retryLater('connection-lost', { failures, awaitingMs: 0, random });
      } else {
        const now = this.#clock.now();
        step = nextStep(outcome.failure, { failures, awaitingMs: now - (awaitingSince ?? now), random });
        awaitingSince = step.kind === 'await-approval' ? (awaitingSince ?? now) : null;
      }
      if (!wanted.still()) return;
      if (step.kind === 'stop' && isRejection(step.problem)) await this.#options.credentials.drop();
      if (wanted.still()) this.#announce(step);
      if (step.kind === 'stop') return;
      if (await this.#wait(step.afterMs, wanted)) failures = 0;
    }
  }

  /** Tries every address once. What a gateway answers is an answer: only silence leads to the next address. */
  async #attempt(wanted: Wanted): Promise<{ session: GatewaySession } | { failure: ConnectFailure }> {
    const { addresses, pin, loopback = OWN_OR_ROOT, client, credentials } = this.#options;
    const auth = credentials.current();
    if (auth === null) return { failure: { kind: 'unusable', problem: 'nothing-to-show' } };
    let worst: TransportFailure = { kind: 'transport', problem: 'unreachable' };
    for (const address of this.#inOrder(addresses)) {
      try {
        const options = {
          address,
          tlsFingerprint: pin(),
          loopback,
          client,
          credentials,
          auth,
          signal: wanted.signal,
          clock: this.#clock,
        };
        const session = await openSession(options);
        this.#preferred = address;
        return { session };
      } catch (error) {
        const { failure } = error instanceof ConnectError ? error : transportError('protocol-error');
        if (failure.kind !== 'transport') {
          this.#preferred = address;
          return { failure };
        }
        // Nothing was sent there. If no other address works, the person has to know of this one.
        if (!isToDecide(worst.problem)) worst = failure;
      }
      if (!wanted.still()) break;
    }
    return { failure: worst };
  }

  #inOrder(addresses: readonly GatewayAddress[]): readonly GatewayAddress[] {
    const preferred = this.#preferred;
    if (preferred === undefined) return addresses;
    return [preferred, ...addresses.filter((address) => address !== preferred)];
  }

  /** Resolves with how long it lasted, in milliseconds, once the session is over and its socket gone. */
  async #serve(session: GatewaySession, wanted: Wanted): Promise<number> {
    const since = this.#clock.now();
    if (wanted.still()) {
      const live = this.#goLive(session);
      await Promise.race([session.ended, wanted.over]);
      if (this.#live === live) this.#live = undefined;
    }
    session.close();
    await session.ended;
    return this.#clock.now() - since;
  }

  #goLive(session: GatewaySession): LiveConnection {
    this.#epoch += 1;
    const { client, credentials } = this.#options;
    const live = new LiveConnection(
      this.#epoch,
      session,
      credentials.identity.deviceId,
      client.role ?? 'node',
      {
        event: (frame) => void this.emit('event', frame),
        invoke: (invoke) => void this.emit('invoke', invoke),
        cancel: (invokeId) => void this.emit('cancel', invokeId),
        commandsApproved: (commandsApproved) => {
          if (this.#state.kind === 'connected') this.#set({ ...this.#state, commandsApproved });
        },
      },
    );
    this.#live = live;
    this.#set({
      kind: 'connected',
      epoch: live.epoch,
      address: session.address.url,
      certificate: session.certificate,
      gatewayVersion: session.hello.server?.version ?? null,
      commandsApproved: null,
    });
    live.begin();
    return live;
  }

  #announce(step: Step): void {
    const at = (afterMs: number): number => this.#clock.now() + afterMs;
    switch (step.kind) {
      case 'retry':
        this.#set({ kind: 'offline', problem: step.problem, retryAtMs: at(step.afterMs) });
        return;
      case 'await-approval': {
        const retryAtMs = step.afterMs === null ? null : at(step.afterMs);
        this.#set({ kind: 'awaiting-approval', requestId: step.requestId, retryAtMs });
        return;
      }
      case 'stop':
        this.#set({ kind: 'refused', problem: step.problem, ...(step.found && { found: step.found }) });
    }
  }

  /** Resolves with whether somebody asked to try now. */
  #wait(afterMs: number | null, wanted: Wanted): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = afterMs === null ? () => undefined : this.#clock.after(afterMs, () => resolve(false));
      const end = (asked: boolean): void => {
        cancel();
        this.#skipWait = () => undefined;
        resolve(asked);
      };
      this.#skipWait = () => end(true);
      void wanted.over.then(() => end(false));
    });
  }

  #set(state: ConnectionState): void {
    if (isDeepStrictEqual(state, this.#state)) return;
    this.#state = state;
    this.emit('state', state);
  }
}

/** That one run of a connection is wanted, until it is not. */
class Wanted {
  readonly over: Promise<void>;
  readonly #abort = new AbortController();

  constructor() {
    this.over = new Promise((resolve) =>
      this.signal.addEventListener('abort', () => resolve(), { once: true }),
    );
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  still(): boolean {
    return !this.signal.aborted;
  }

  end(): void {
    this.#abort.abort();
  }
}
