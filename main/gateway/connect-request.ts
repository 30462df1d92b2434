import type { ConnectAuth, DeviceIdentity } from './credentials.ts';

/** What the first version could do: what every pairing without a note of its own agreed to. */
export const FIRST_COMMANDS = [
  'system.run',
  'system.run.prepare',
  'system.which',
  'system.notify',
  'system.execApprovals.get',
  'system.execApprovals.set',
] as const;

/** All that this version can do. What is declared to a gateway stays as the person agreed to until they agree to more. */
export const NODE_COMMANDS = [...FIRST_COMMANDS] as const;

export const PROTOCOL_VERSION = 4;

/** How this Mac presents itself. */
export interface ClientInfo {
  /** What operators see. */
  readonly displayName: string;
  readonly version: string;
  /** Stays the same for one installation. */
  readonly instanceId: string;
  /** The PATH that commands will have. */
  readonly pathEnv: string;
  /** What is offered: never more than the person agreed to. */
  readonly commands: readonly string[];
}

export interface Challenge {
  readonly nonce: string;
  /** Milliseconds since 1970 on the gateway's clock: a wrong clock here does no harm. */
  readonly ts: number;
}

const ROLE = 'node';
const SCOPES: readonly string[] = [];
// Declared on every system: the gateway chooses its shell wrapper and its default allowlist by them.
const PRODUCT = { id: 'openclaw-macos', platform: 'macos', deviceFamily: 'Mac', mode: 'node' } as const;

/** The parameters of `connect`, signed for this challenge. */
export function connectParams(
  identity: DeviceIdentity,
  auth: ConnectAuth,
  client: ClientInfo,
  challenge: Challenge,
) {
  return {
    minProtocol: PROTOCOL_VERSION,
    maxProtocol: PROTOCOL_VERSION,
    client: {
      ...PRODUCT,
      displayName: client.displayName,
      version: client.version,
      instanceId: client.instanceId,
    },
    role: ROLE,
    scopes: SCOPES,
    caps: ['system'],
    commands: client.commands,
    pathEnv: client.pathEnv,
    auth: { [auth.kind]: auth.value },
    device: {
      id: identity.deviceId,
      publicKey: identity.publicKey,
      signature: identity.sign(signedText(identity.deviceId, auth.value, challenge)),
      signedAt: challenge.ts,
      nonce: challenge.nonce,
    },
  };
}

/** Platform and family are signed trimmed and lower-cased, so that nobody on the way can claim others. */
function signedText(deviceId: string, token: string, { nonce, ts }: Challenge): string {
  const { id, mode, platform, deviceFamily } = PRODUCT;
  return [
    'v3',
    deviceId,
    id,
    mode,
    ROLE,
    SCOPES.join(','),
    String(ts),
    token,
    nonce,
    platform,
    deviceFamily.toLowerCase(),
  ].join('|');
}
