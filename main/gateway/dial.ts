import { createHash } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';

import WebSocket from 'ws';

import { transportError } from './connect-failure.ts';
import { FrameChannel, MAX_FRAME_BYTES } from './frame-channel.ts';
import type { GatewayAddress } from './gateway-address.ts';
import { trustedRoots } from './trusted-roots.ts';

export interface DialOptions {
  /** SHA-256 (hex) of the only certificate to accept; it then decides alone. Null: the system's trust decides. */
  readonly tlsFingerprint: string | null;
  /** Aborting cuts the connection, also one that was made long ago. */
  readonly signal: AbortSignal;
}

/**
 * Opens a WebSocket. Nothing is sent before the certificate was judged.
 * @throws {ConnectError}
 */
export async function dial(
  address: GatewayAddress,
  { tlsFingerprint, signal }: DialOptions,
): Promise<FrameChannel> {
  const plain = await connectTcp(address, signal);
  const socket = address.encrypted ? await secure(plain, address.host, tlsFingerprint, signal) : plain;
  return upgrade(address, socket, signal);
}

async function connectTcp({ host, port }: GatewayAddress, signal: AbortSignal): Promise<net.Socket> {
  // "localhost" is not asked of DNS: an answer from there could be any machine.
  const lookup = host === 'localhost' ? { lookup: loopbackLookup } : {};
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
): Promise<tls.TLSSocket> {
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
  if (pin !== null && fingerprint(socket) !== pin) {
    socket.destroy();
    throw transportError('certificate-mismatch');
  }
  return socket;
}

function fingerprint(socket: tls.TLSSocket): string | undefined {
  const certificate = socket.getPeerX509Certificate();
  return certificate && createHash('sha256').update(certificate.raw).digest('hex');
}

async function upgrade(
  address: GatewayAddress,
  socket: net.Socket,
  signal: AbortSignal,
): Promise<FrameChannel> {
  const webSocket = new WebSocket(address.url, {
    createConnection: () => socket,
    followRedirects: false,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
  });
  // Before anything is awaited: the first frame may come in the same chunk as the answer to the upgrade.
  const channel = new FrameChannel(webSocket, socket);
  try {
    await once(webSocket, 'open', { signal });
  } catch (error) {
    socket.destroy();
    throw transportError(socket.errored ? 'unreachable' : 'not-a-gateway', error);
  }
  return channel;
}
