import { createHash } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout } from 'node:timers/promises';
import tls from 'node:tls';

import WebSocket from 'ws';

import { transportError } from './connect-failure.ts';
import { FrameChannel, MAX_FRAME_BYTES } from './frame-channel.ts';
import type { GatewayAddress } from './gateway-address.ts';
import {
  type FindListeners,
  findListeners,
  judgeListeners,
  type ListenerConsent,
} from './loopback-listener.ts';
import { trustedRoots } from './trusted-roots.ts';

export interface DialOptions {
  /** SHA-256 (hex) of the only certificate to accept; it then decides alone. Null: the system's trust decides. */
  readonly tlsFingerprint: string | null;
  /** Left out, nobody but this user and root may listen at an address of this machine. */
  readonly loopback?: LoopbackRule;
  /** Aborting cuts the connection, also one that was made long ago. */
  readonly signal: AbortSignal;
}

/** Who may listen at an address of this machine. */
export interface LoopbackRule {
  readonly consent: ListenerConsent;
  readonly find: FindListeners;
}

export const OWN_OR_ROOT: LoopbackRule = { consent: null, find: findListeners };

/**
 * Opens a WebSocket. Nothing is sent before it was judged who listens, where that is this machine, and the certificate.
 * @throws {ConnectError}
 */
export async function dial(
  address: GatewayAddress,
  { tlsFingerprint, loopback = OWN_OR_ROOT, signal }: DialOptions,
): Promise<FrameChannel> {
  const plain = address.loopback
    ? await connectToOwn(address, loopback, signal)
    : await connectTcp(address, signal);
  const dialled = address.encrypted
    ? await secure(plain, address.host, tlsFingerprint, signal)
    : { socket: plain, certificate: null };
  return upgrade(address, dialled, signal);
}

interface Dialled {
  readonly socket: net.Socket;
  /** SHA-256 (hex) of the certificate that the other end showed; null without encryption. */
  readonly certificate: string | null;
}

/** A gateway that ended between our connection and our look is away, and not somebody else. */
const SECOND_LOOK_MS = 250;

/** @throws {ConnectError} `stranger-listens` when it is not certain that only this user, root or whom the person named listens. */
async function connectToOwn(
  address: GatewayAddress,
  { consent, find }: LoopbackRule,
  signal: AbortSignal,
): Promise<net.Socket> {
  const look = async () =>
    judgeListeners(await find(address.port), { own: process.getuid?.() ?? -1, consent });
  for (let attempt = 1; ; attempt += 1) {
    // Before and after: who comes between the two looks would have to be trusted at both of them.
    const before = await look();
    if (before.kind === 'stranger') throw strangerListens(before.uid);
    const socket = await connectTcp(address, signal);
    const after = await look();
    if (after.kind === 'trusted') return socket;
    socket.destroy();
    if (after.kind === 'stranger') throw strangerListens(after.uid);
    if (attempt > 1) throw strangerListens(null);
    await setTimeout(SECOND_LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

const strangerListens = (uid: number | null) =>
  transportError('stranger-listens', undefined, { kind: 'listener', uid });

async function connectTcp({ host, port }: GatewayAddress, signal: AbortSignal): Promise<net.Socket> {
  // "localhost" is not asked of DNS: an answer from there could be any machine.
  const lookup = host === 'localhost' ? { lookup: loopbackLookup } : {};
  if (signal.aborted) throw transportError('unreachable');
  const socket = net.connect({ host, port, ...lookup, signal });
  try {
    await once(socket, 'connect', { signal });
  } catch (error) {
    throw transportError('unreachable', error);
  }
  socket.setNoDelay(true);
  // From here on whoever holds the connection sees its errors; one in between must not end the process.
  socket.on('error', () => undefined);
  return socket;
}

const loopbackLookup: net.LookupFunction = (_host, _options, done) => {
  done(null, [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ]);
};

async function secure(
  plain: net.Socket,
  host: string,
  pin: string | null,
  signal: AbortSignal,
): Promise<Dialled> {
  const socket = tls.connect({
    socket: plain,
    ...(net.isIP(host) === 0 ? { servername: host } : { host }),
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    rejectUnauthorized: pin === null,
    ca: trustedRoots(),
  });
  try {
    await once(socket, 'secureConnect', { signal });
  } catch (error) {
    plain.destroy();
    // Node's types know only an Error here, but it is unset as long as the certificate was not the trouble.
    const judged: unknown = socket.authorizationError;
    throw transportError(judged ? 'certificate-untrusted' : 'unreachable', error);
  }
  socket.on('error', () => undefined);
  // Asked once: Node 20 names it the first time only.
  const shown = certificateOf(socket);
  if (pin !== null && shown !== pin) {
    socket.destroy();
    throw transportError(
      'certificate-mismatch',
      undefined,
      shown === null ? undefined : { kind: 'certificate', fingerprint: shown },
    );
  }
  return { socket, certificate: shown };
}

/** Null without one. */
function certificateOf(socket: tls.TLSSocket): string | null {
  const certificate = socket.getPeerX509Certificate();
  return certificate ? createHash('sha256').update(certificate.raw).digest('hex') : null;
}

async function upgrade(
  address: GatewayAddress,
  { socket, certificate }: Dialled,
  signal: AbortSignal,
): Promise<FrameChannel> {
  const webSocket = new WebSocket(address.url, {
    createConnection: () => socket,
    followRedirects: false,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
  });
  // Before anything is awaited: the first frame may come in the same chunk as the answer to the upgrade.
  const channel = new FrameChannel(webSocket, socket, certificate);
  try {
    await once(webSocket, 'open', { signal });
  } catch (error) {
    socket.destroy();
    throw transportError(socket.errored ? 'unreachable' : 'not-a-gateway', error);
  }
  return channel;
}
