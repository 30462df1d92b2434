import type { Socket } from 'node:net';

import type { RawData, WebSocket } from 'ws';

import { transportError } from './connect-failure.ts';
import { type InboundFrame, inboundFrame } from './frames.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** No gateway of this protocol allows more; one that claims more is held to this. */
export const MAX_FRAME_BYTES = 25 * MiB;
/** Until the gateway has shown that it is one. */
const CHALLENGE_BYTES = 64 * KiB;
/** Noise is ignored, a flood of it is not. */
const MAX_MALFORMED = 1000;
/** How long a polite goodbye may take. */
const CLOSE_GRACE_MS = 1000;
/** A gateway that takes no frames any more is as good as gone. */
const MAX_UNSENT_BYTES = 64 * MiB;

/** Frames of JSON over one WebSocket, in both directions, within limits. */
export class FrameChannel {
  /** Resolves with the close code once the connection is gone, whoever ended it. */
  readonly ended: Promise<number>;
  /** SHA-256 (hex) of the other end's certificate; null without encryption. */
  readonly certificate: string | null;
  /** The near end's port, by which the system's list of sockets knows it. */
  readonly localPort: number | null;
  /** Called for everything that comes in, pings included. */
  onActivity: () => void = () => undefined;
  readonly #webSocket: WebSocket;
  #receive: ((frame: InboundFrame) => void) | undefined;
  #waiting: InboundFrame[] = [];
  #wake: () => void = () => undefined;
  #frameLimit = CHALLENGE_BYTES;
  #byteBudget = CHALLENGE_BYTES;
  #sendLimit = CHALLENGE_BYTES;
  #malformed = 0;
  #violated = false;
  #deaf = false;
  #over = false;

  constructor(webSocket: WebSocket, socket: Socket, certificate: string | null) {
    this.certificate = certificate;
    this.localPort = socket.localPort ?? null;
    this.#webSocket = webSocket;
    webSocket.on('message', (data, isBinary) => this.#take(data, isBinary));
    webSocket.on('ping', () => this.onActivity());
    // `close` follows, and says all there is to say.
    webSocket.on('error', () => (this.#violated = true));
    // The library's own limit is that of a live connection. Counting bytes also stops many small frames.
    webSocket.once('upgrade', () => socket.prependListener('data', (chunk) => this.#count(chunk.length)));
    this.ended = new Promise((resolve) => {
      webSocket.once('close', (code) => {
        this.#over = true;
        this.#wake();
        resolve(code);
      });
    });
  }

  /** The next frame, while nobody has asked for all of them. @throws {ConnectError} when none can come any more. */
  async next(): Promise<InboundFrame> {
    for (;;) {
      const frame = this.#waiting.shift();
      if (frame !== undefined) return frame;
      if (this.#over) throw transportError(this.#violated ? 'protocol-error' : 'closed-early');
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** From now on one frame, and all that comes until this is called again, may be this long. */
  expectUpTo(bytes: number): void {
    this.#frameLimit = bytes;
    this.#byteBudget = bytes;
  }

  /** The handshake is over: frames go to `receive`, those first that have come meanwhile, and bytes are not counted. */
  goLive(maxPayload: number, receive: (frame: InboundFrame) => void): void {
    this.#frameLimit = maxPayload;
    this.#sendLimit = maxPayload;
    this.#byteBudget = Infinity;
    this.#receive = receive;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const frame of waiting) receive(frame);
  }

  /** False when it was not sent: the connection is gone, or the gateway takes no frame of that size. */
  send(frame: object): boolean {
    const text = JSON.stringify(frame);
    if (this.#webSocket.readyState !== this.#webSocket.OPEN || Buffer.byteLength(text) > this.#sendLimit)
      return false;
    if (this.#webSocket.bufferedAmount > MAX_UNSENT_BYTES) {
      this.terminate();
      return false;
    }
    this.#webSocket.send(text);
    return true;
  }

  /** Nothing that still comes is taken. `ended` follows within a second. */
  close(): void {
    this.#deaf = true;
    this.#webSocket.close(1000);
    const timer = setTimeout(() => this.#webSocket.terminate(), CLOSE_GRACE_MS);
    void this.ended.then(() => clearTimeout(timer));
  }

  /** Without a goodbye: the other side is not there, or not to be trusted. */
  terminate(): void {
    this.#deaf = true;
    this.#webSocket.terminate();
  }

  #take(data: RawData, isBinary: boolean): void {
    if (this.#deaf) return;
    this.onActivity();
    if (isBinary || !Buffer.isBuffer(data) || data.length > this.#frameLimit) {
      this.#violate();
      return;
    }
    const frame = parseFrame(data);
    if (frame === undefined) this.#countMalformed();
    else if (this.#receive !== undefined) this.#receive(frame);
    else {
      this.#waiting.push(frame);
      this.#wake();
    }
  }

  #countMalformed(): void {
    this.#malformed += 1;
    if (this.#receive === undefined || this.#malformed > MAX_MALFORMED) this.#violate();
  }

  #count(bytes: number): void {
    this.#byteBudget -= bytes;
    if (this.#byteBudget < 0) this.#violate();
  }

  #violate(): void {
    this.#violated = true;
    this.terminate();
  }
}

function parseFrame(data: Buffer): InboundFrame | undefined {
  try {
    return inboundFrame.safeParse(JSON.parse(data.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
