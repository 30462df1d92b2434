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

/** What this Mac is to its gateway: each role is approved, and gets its token, on its own. */
export type Role = 'node' | 'operator';

/** How this Mac presents itself. */
export interface ClientInfo {
  /** Left out: a node. */
  readonly role?: Role;
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

// Declared on every system: the gateway chooses its shell wrapper and its default allowlist by them.
const PRODUCT = { id: 'openclaw-macos', platform: 'macos', deviceFamily: 'Mac' } as const;

interface RoleTerms {
  readonly mode: string;
  readonly scopes: readonly string[];
  readonly caps: readonly string[];
}

const ROLES: Readonly<Record<Role, RoleTerms>> = {
  node: { mode: 'node', scopes: [], caps: ['system'] },
  // To see approval requests and to answer them. Nothing more is asked for, so nothing more can be taken from here.
  operator: { mode: 'ui', scopes: ['operator.read', 'operator.approvals'], caps: ['exec-approvals'] },
};

/** The parameters of `connect`, signed for this challenge. */
export function connectParams(
  identity: DeviceIdentity,
  auth: ConnectAuth,
  client: ClientInfo,
  challenge: Challenge,
) {
  const role = client.role ?? 'node';
  const { mode, scopes, caps } = ROLES[role];
  return {
    minProtocol: PROTOCOL_VERSION,
    maxProtocol: PROTOCOL_VERSION,
    client: {
      ...PRODUCT,
      mode,
      displayName: client.displayName,
      version: client.version,
      instanceId: client.instanceId,
    },
    role,
    scopes,
    caps,
    ...(role === 'node' ? { commands: client.commands, pathEnv: client.pathEnv } : {}),
    auth: { [auth.kind]: auth.value },
    device: {
      id: identity.deviceId,
      publicKey: identity.publicKey,
      signature: identity.sign(signedText(role, identity.deviceId, auth.value, challenge)),
      signedAt: challenge.ts,
      nonce: challenge.nonce,
    },
  };
}

/** Platform and family are signed trimmed and lower-cased, so that nobody on the way can claim others. */
function signedText(role: Role, deviceId: string, token: string, { nonce, ts }: Challenge): string {
  const { id, platform, deviceFamily } = PRODUCT;
  const { mode, scopes } = ROLES[role];
  return [
    'v3',
    deviceId,
    id,
    mode,
    role,
    scopes.join(','),
    String(ts),
    token,
    nonce,
    platform,
    deviceFamily.toLowerCase(),
  ].join('|');
}
