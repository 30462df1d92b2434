import { expect, test } from 'vitest';

import type { ConnectionState } from '../../main/gateway/connection-state.ts';
import { describeConnection } from '../../main/pairing/gateway-status.ts';

const connected = {
  kind: 'connected',
  epoch: 1,
  address: 'wss://gw/',
  certificate: null,
  gatewayVersion: null,
} as const;

test.each<[ConnectionState, string, RegExp]>([
  [{ kind: 'stopped' }, 'offline', /./],
  [{ kind: 'suspended' }, 'offline', /sleeps/],
  [{ kind: 'offline', problem: 'unreachable', retryAtMs: 1 }, 'offline', /cannot be reached.*again/],
  [{ kind: 'offline', problem: 'rate-limited', retryAtMs: 1 }, 'offline', /wait/],
  [{ kind: 'offline', problem: 'gateway-starting', retryAtMs: 1 }, 'offline', /starting/],
  [{ kind: 'offline', problem: 'certificate-untrusted', retryAtMs: 1 }, 'offline', /fingerprint/],
  [{ kind: 'refused', problem: 'certificate-mismatch' }, 'attention', /pinned.*pair again/],
  [
    { kind: 'refused', problem: 'device-token-rejected' },
    'attention',
    /removed there.*`openclaw qr --setup-code-only`/,
  ],
  [
    { kind: 'refused', problem: 'setup-code-rejected' },
    'attention',
    /expired.*`openclaw qr --setup-code-only`/,
  ],
  [{ kind: 'refused', problem: 'shared-token-rejected' }, 'attention', /gateway\.auth\.token/],
  [{ kind: 'refused', problem: 'version-mismatch' }, 'attention', /Update/],
])('%j is %s, and says what to do', (connection, state, words) => {
  const status = describeConnection(connection);
  expect(status.state).toBe(state);
  expect(status.text).toMatch(words);
});

test('a device that waits names the request and the command that approves it', () => {
  expect(describeConnection({ kind: 'awaiting-approval', requestId: 'r-1', retryAtMs: 1 })).toEqual({
    state: 'awaiting-approval',
    requestId: 'r-1',
    command: 'openclaw devices approve r-1',
    text: 'This Mac waits for approval. Approve request r-1 on the gateway: `openclaw devices approve r-1`',
    commandsApproved: null,
  });
});

test('a device that waits without an id says where to find it, and when nothing is looked for any more', () => {
  const status = describeConnection({ kind: 'awaiting-approval', requestId: null, retryAtMs: null });
  expect(status.command).toBe('openclaw devices list');
  expect(status.text).toMatch(/try again here/);
});

test('connected without its commands approved names the second approval', () => {
  const status = describeConnection({ ...connected, commandsApproved: false });
  expect(status).toMatchObject({
    state: 'connected',
    commandsApproved: false,
    command: 'openclaw nodes pending',
  });
  expect(status.text).toMatch(/`openclaw nodes approve <id>`/);
});

test.each([true, null])('connected with commands approved %j needs no words', (commandsApproved) => {
  expect(describeConnection({ ...connected, commandsApproved })).toMatchObject({
    text: null,
    commandsApproved,
  });
});
