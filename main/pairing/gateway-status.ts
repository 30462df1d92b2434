import type { Found } from '../gateway/connect-failure.ts';
import type { ConnectionState } from '../gateway/connection-state.ts';
import type { Problem } from '../gateway/reconnect-policy.ts';

/** Where the connection stands, in words. */
export interface GatewayStatus {
  readonly state: 'connecting' | 'awaiting-approval' | 'connected' | 'offline' | 'attention';
  /** What is going on and what to do now; null where the state says it all. */
  readonly text: string | null;
  /** What to run on the gateway now. */
  readonly command: string | null;
  readonly requestId: string | null;
  readonly commandsApproved: boolean | null;
  /** What is at the gateway's address instead of it: the person decides. */
  readonly found?: Found;
}

export function describeConnection(connection: ConnectionState): GatewayStatus {
  const status = { text: null, command: null, requestId: null, commandsApproved: null };
  switch (connection.kind) {
    case 'stopped':
      return { ...status, state: 'offline', text: 'Not connected.' };
    case 'suspended':
      return { ...status, state: 'offline', text: 'Disconnected while this Mac sleeps.' };
    case 'connecting':
      return { ...status, state: 'connecting' };
    case 'awaiting-approval':
      return { ...status, state: 'awaiting-approval', ...approval(connection) };
    case 'connected':
      return { ...status, state: 'connected', ...commands(connection.commandsApproved) };
    case 'offline':
      return { ...status, state: 'offline', text: PROBLEMS[connection.problem] };
    case 'refused':
      return {
        ...status,
        state: 'attention',
        text: PROBLEMS[connection.problem],
        ...(connection.found && { found: connection.found }),
      };
  }
}

function approval({ requestId, retryAtMs }: Extract<ConnectionState, { kind: 'awaiting-approval' }>) {
  const command = requestId === null ? 'openclaw devices list' : `openclaw devices approve ${requestId}`;
  const what =
    requestId === null
      ? `This Mac waits for approval. Find its request on the gateway with \`${command}\`, then approve it.`
      : `This Mac waits for approval. Approve request ${requestId} on the gateway: \`${command}\``;
  return { requestId, command, text: retryAtMs === null ? `${what} Then try again here.` : what };
}

function commands(commandsApproved: boolean | null) {
  if (commandsApproved !== false) return { commandsApproved };
  return {
    commandsApproved,
    command: 'openclaw nodes pending',
    text:
      'Connected, but the gateway does not pass commands to this Mac yet. They are a second request: find it on the ' +
      'gateway with `openclaw nodes pending`, then approve it with `openclaw nodes approve <id>`.',
  };
}

const PAIR_AGAIN = 'Get a setup code on the gateway with `openclaw qr --setup-code-only` and pair again.';

const PROBLEMS: Readonly<Record<Problem, string>> = {
  unreachable: 'The gateway cannot be reached. Trying again.',
  timeout: 'The gateway does not answer in time. Trying again.',
  'closed-early': 'The gateway closed the connection before it was made. Trying again.',
  'connection-lost': 'The connection to the gateway was lost. Trying again.',
  'not-a-gateway':
    'What listens at this address is not an OpenClaw gateway (redirects are not followed). Check the address. Trying again.',
  'protocol-error': 'The gateway says something that this version does not understand. Trying again.',
  'gateway-starting': 'The gateway is starting. Trying again.',
  'gateway-unavailable': 'The gateway is not available for now. Trying again.',
  'rate-limited':
    'The gateway wants this Mac to wait before it tries again: too many failed attempts from here.',
  'certificate-untrusted':
    "The gateway's certificate is not trusted by this system. Pair with a setup code that holds its fingerprint, or give " +
    'the fingerprint by hand. Trying again.',
  'certificate-mismatch':
    "The gateway's certificate is not the one that was pinned. Nothing was sent to it. If the certificate was renewed on " +
    'purpose, compare its new fingerprint and accept it, or pair again with it; if not, somebody may be in between.',
  'stranger-listens':
    "What listens at the gateway's address on this computer is not this user's, or it cannot be found out whose it is. " +
    'Nothing was sent to it. Start the gateway, and look who uses its port; then try again.',
  'shared-token-rejected':
    'The gateway does not accept this token. Look up `gateway.auth.token` in its configuration and pair again.',
  'setup-code-rejected': `The gateway does not accept this setup code: it has expired, or was used before. ${PAIR_AGAIN}`,
  'device-token-rejected': `The gateway does not accept this Mac any more: it was removed there, or its token was revoked. The token was deleted here. ${PAIR_AGAIN}`,
  'identity-refused': `The gateway refuses this Mac's key. ${PAIR_AGAIN}`,
  'version-mismatch': 'The gateway speaks another version of the protocol. Update the gateway, or Latchkey.',
  'gateway-refused':
    "The gateway refuses the connection. See the gateway's log for the reason, then try again.",
  'no-device-token': `The gateway is too old: it issued no token of its own, and the first one is not kept. Update the gateway. ${PAIR_AGAIN}`,
  'secret-not-stored': `The gateway's token could not be stored, so this Mac is not paired. Unlock the Keychain. ${PAIR_AGAIN}`,
  'nothing-to-show': `This Mac has no token for the gateway any more. ${PAIR_AGAIN}`,
};
