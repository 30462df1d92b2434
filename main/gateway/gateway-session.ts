import type { Clock } from './clock.ts';
import { ConnectError, transportError } from './connect-failure.ts';
import type { ClientInfo } from './connect-request.ts';
import type { ConnectAuth, GatewayCredentials } from './credentials.ts';
import { dial, type LoopbackRule } from './dial.ts';
import type { FrameChannel } from './frame-channel.ts';
import type { EventFrame, HelloOk, InboundFrame, ResponseFrame } from './frames.ts';
import type { GatewayAddress } from './gateway-address.ts';
import { shakeHands } from './handshake.ts';

/** From the first packet to the hello. */
const CONNECT_TIMEOUT_MS = 15_000;
/** A gateway that says nothing for this many of its own ticks is gone, whatever the socket says. */
const SILENT_TICKS = 2.5;
/** What a gateway may name as its tick: nonsense must neither end every connection nor switch the watch off. */
const TICK_RANGE_MS = { min: 1000, max: 10 * 60_000 };

export interface SessionOptions {
  readonly address: GatewayAddress;
  readonly tlsFingerprint: string | null;
  readonly loopback: LoopbackRule;
  readonly client: ClientInfo;
  readonly credentials: GatewayCredentials;
  readonly auth: ConnectAuth;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** @throws {ConnectError} */
export async function openSession(options: SessionOptions): Promise<GatewaySession> {
  const { address, tlsFingerprint, loopback, credentials, auth, client, clock, signal } = options;
  // Of this attempt only: what is made in it ends by `close`, with a goodbye.
  const attempt = new AbortController();
  const giveUp = (): void => attempt.abort();
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  const late = new AbortController();
  const cancelTimeout = clock.after(CONNECT_TIMEOUT_MS, () => {
    late.abort();
    giveUp();
  });
  let channel: FrameChannel | undefined;
  try {
    channel = await dial(address, { tlsFingerprint, loopback, signal: attempt.signal });
    const hello = await shakeHands(channel, credentials, auth, client);
    return new GatewaySession(channel, hello, address, clock);
  } catch (error) {
    channel?.terminate();
    if (late.signal.aborted) throw transportError('timeout');
    throw error instanceof ConnectError ? error : transportError('protocol-error', error);
  } finally {
    cancelTimeout();
    signal.removeEventListener('abort', giveUp);
  }
}

/** One connection, from the hello to its end. It does not come back: the next one is another session. */
export class GatewaySession {
  readonly hello: HelloOk;
  readonly address: GatewayAddress;
  /** Resolves once nothing can come or go any more, and the socket is gone. */
  readonly ended: Promise<void>;
  readonly #channel: FrameChannel;
  readonly #clock: Clock;
  readonly #waiting = new Map<string, (response: ResponseFrame | null) => void>();
  #requests = 0;

  constructor(channel: FrameChannel, hello: HelloOk, address: GatewayAddress, clock: Clock) {
    this.hello = hello;
    this.address = address;
    this.#channel = channel;
    this.#clock = clock;
    const unwatch = this.#watch();
    this.ended = channel.ended.then(() => {
      unwatch();
      for (const settle of this.#waiting.values()) settle(null);
    });
  }

  /** SHA-256 (hex) of the gateway's certificate; null without encryption. */
  get certificate(): string | null {
    return this.#channel.certificate;
  }

  get localPort(): number | null {
    return this.#channel.localPort;
  }

  /** Hands over every event from now on, and those that came with the hello. */
  listen(onEvent: (event: EventFrame) => void): void {
    this.#channel.goLive(this.hello.policy.maxPayload, (frame: InboundFrame) => {
      if (frame.type === 'event') onEvent(frame);
      else this.#waiting.get(frame.id)?.(frame);
    });
  }

  /** Resolves with the gateway's answer; with null when there is none in time, or it could not be asked. */
  request(method: string, params: object, timeoutMs: number): Promise<ResponseFrame | null> {
    const id = String((this.#requests += 1));
    return new Promise((resolve) => {
      const cancelTimeout = this.#clock.after(timeoutMs, () => settle(null));
      const settle = (response: ResponseFrame | null): void => {
        cancelTimeout();
        this.#waiting.delete(id);
        resolve(response);
      };
      this.#waiting.set(id, settle);
      if (!this.#channel.send({ type: 'req', id, method, params })) settle(null);
    });
  }

  /** `ended` follows within a second. */
  close(): void {
    this.#channel.close();
  }

  #watch(): () => void {
    const { min, max } = TICK_RANGE_MS;
    const tickMs = Math.min(Math.max(this.hello.policy.tickIntervalMs, min), max);
    let cancel: () => void = () => undefined;
    const rearm = (): void => {
      cancel();
      cancel = this.#clock.after(SILENT_TICKS * tickMs, () => this.#channel.terminate());
    };
    this.#channel.onActivity = rearm;
    rearm();
    return () => cancel();
  }
}
