import { ConnectError, transportError } from './connect-failure.ts';
import { type Challenge, type ClientInfo, connectParams } from './connect-request.ts';
import type { ConnectAuth, GatewayCredentials } from './credentials.ts';
import type { FrameChannel } from './frame-channel.ts';
import { challengePayload, type HelloOk, helloOk, type ResponseFrame } from './frames.ts';

const CONNECT_ID = 'connect';
/** The hello lists everything that the gateway knows of: devices, agents, plugins. Nine to twenty kilobytes are usual. */
const HELLO_BYTES = 1024 * 1024;

/**
 * Challenge, signed connect, hello. A token that the gateway issued is kept before this resolves.
 * @throws {ConnectError}
 */
export async function shakeHands(
  channel: FrameChannel,
  credentials: GatewayCredentials,
  auth: ConnectAuth,
  client: ClientInfo,
): Promise<HelloOk> {
  const { role = 'node' } = client;
  const challenge = await readChallenge(channel);
  channel.expectUpTo(HELLO_BYTES);
  const params = connectParams(credentials.identity, auth, client, challenge);
  channel.send({ type: 'req', id: CONNECT_ID, method: 'connect', params });
  const response = await readResponse(channel);
  if (!response.ok) {
    const error = response.error ?? { code: 'UNKNOWN', details: {} };
    throw new ConnectError({ kind: 'refused', error, shown: auth.kind });
  }
  const hello = helloOk.safeParse(response.payload);
  if (!hello.success || (hello.data.auth?.role ?? role) !== role) throw transportError('protocol-error');
  await keepToken(credentials, auth, hello.data.auth?.deviceToken ?? null);
  return hello.data;
}

async function readChallenge(channel: FrameChannel): Promise<Challenge> {
  for (;;) {
    const frame = await channel.next();
    if (frame.type !== 'event' || frame.event !== 'connect.challenge') continue;
    const challenge = challengePayload.safeParse(frame.payload);
    if (!challenge.success) throw transportError('protocol-error');
    return challenge.data;
  }
}

async function readResponse(channel: FrameChannel): Promise<ResponseFrame> {
  for (;;) {
    const frame = await channel.next();
    if (frame.type === 'res' && frame.id === CONNECT_ID) return frame;
  }
}

async function keepToken(
  credentials: GatewayCredentials,
  shown: ConnectAuth,
  issued: string | null,
): Promise<void> {
  if (issued === null) {
    // A first token opens the door once and is not kept: without one of our own there is no second time.
    if (shown.kind !== 'deviceToken')
      throw new ConnectError({ kind: 'unusable', problem: 'no-device-token' });
    return;
  }
  if (shown.kind === 'deviceToken' && shown.value === issued) return;
  try {
    await credentials.keep(issued);
  } catch (cause) {
    throw new ConnectError({ kind: 'unusable', problem: 'secret-not-stored' }, { cause });
  }
}
