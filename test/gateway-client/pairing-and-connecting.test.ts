import { expect, test } from 'vitest';

import { offerFromAddress } from '../../main/pairing/pairing-offer.ts';
import { MemorySecrets } from '../../main/secrets/memory-secrets.ts';
import { SecretStoreError } from '../../main/secrets/secret-store.ts';
import type { PracticeGateway } from '../gateway-practice/practice-gateway.ts';
import { FakeClock } from './fake-clock.ts';
import {
  nodeWith,
  nodeWithCode,
  pairedNode,
  practiceGateway,
  restarted,
  resumedNode,
  RULES,
} from './node-under-test.ts';

const byToken = (gateway: PracticeGateway, token = gateway.sharedToken) =>
  offerFromAddress({ address: gateway.url, token, fingerprint: null }, RULES);

test.each(['current', 'older'] as const)(
  'a setup code leads through both approvals, with the hello of a %s gateway',
  async (hello) => {
    const gateway = await practiceGateway({ hello });
    const node = (await nodeWithCode(gateway.setupCode())).answering();
    node.connection.start();

    const waiting = await node.reaches('awaiting-approval');
    const [device] = gateway.book.devices;
    expect(waiting.requestId).toBe(device?.requestId);
    expect(device?.deviceId).toBe(node.pairing.record.deviceId);

    gateway.approveDevice(waiting.requestId ?? '');
    node.connection.retry();
    await node.reaches('connected', ({ commandsApproved }) => commandsApproved === false);
    expect(await gateway.invoke('system.which', {})).toMatchObject({ ok: false });

    gateway.approveCommands();
    await node.reaches('connected', ({ commandsApproved }) => commandsApproved === true);
    expect(await gateway.invoke('system.which', { bins: ['git'] })).toEqual({
      ok: true,
      payload: { command: 'system.which' },
    });
  },
);

test('told to keep retrying, it finds out by itself that the device was approved', async () => {
  const clock = new FakeClock();
  const gateway = await practiceGateway();
  const node = await nodeWithCode(gateway.setupCode(), { clock });
  node.connection.start();
  const { retryAtMs } = await node.reaches('awaiting-approval');
  gateway.approveDevice();
  clock.advance((retryAtMs ?? 0) - clock.now());
  await node.reaches('connected');
});

test('the shared token pairs, and only a token of its own is stored', async () => {
  const gateway = await practiceGateway();
  const node = await nodeWith(byToken(gateway));
  node.connection.start();
  await node.reaches('awaiting-approval');
  gateway.approveDevice();
  node.connection.retry();
  await node.reaches('connected');

  const stored = await node.store.read(node.pairing.record.gatewayId);
  expect(stored).toContain(gateway.book.devices[0]?.token);
  expect(stored).not.toContain(gateway.sharedToken);
  expect(node.pairing.credentials.current()).toEqual({
    kind: 'deviceToken',
    value: gateway.book.devices[0]?.token,
  });
});

test('an approved node comes back with its device token, and asks nobody', async () => {
  const gateway = await practiceGateway();
  const node = await pairedNode(gateway);
  await node.connection.stop();

  const again = await resumedNode(node.pairing.record, node.store);
  again.connection.start();
  await again.reaches('connected', ({ commandsApproved }) => commandsApproved === true);
  expect(again.states.map(({ kind }) => kind)).not.toContain('awaiting-approval');
});

test('a token that the gateway rotates is stored before it is used', async () => {
  const gateway = await practiceGateway();
  const node = await pairedNode(gateway);
  const first = gateway.book.devices[0]?.token;
  gateway.rotateTokenAtNextHello();
  gateway.cut();
  await node.reaches('offline');
  node.connection.retry();
  await node.reaches('connected');

  const second = gateway.book.devices[0]?.token;
  expect(second).not.toBe(first);
  expect(await node.store.read(node.pairing.record.gatewayId)).toContain(second);
});

test('a token that cannot be stored makes no pairing', async () => {
  const gateway = await practiceGateway();
  const store = new MemorySecrets();
  const node = await nodeWithCode(gateway.setupCode(), { store });
  node.connection.start();
  await node.reaches('awaiting-approval');
  gateway.approveDevice();
  store.write = () => Promise.reject(new SecretStoreError('locked'));
  node.connection.retry();
  expect((await node.reaches('refused')).problem).toBe('secret-not-stored');
});

test('a gateway that issues no token of its own cannot be paired with', async () => {
  const gateway = await practiceGateway({ alterHello: (hello) => ({ ...hello, auth: undefined }) });
  const node = await nodeWithCode(gateway.setupCode());
  node.connection.start();
  await node.reaches('awaiting-approval');
  gateway.approveDevice();
  node.connection.retry();
  expect((await node.reaches('refused')).problem).toBe('no-device-token');
});

test.each([
  ['a hello without policy', { policy: undefined }],
  ['a hello without server', { server: undefined }],
  ['a hello that names no token, to a node that has one', { auth: { role: 'node' } }],
  [
    'a hello with fields from the future',
    { policy: { maxPayload: 26_214_400, tickIntervalMs: 15_000, mood: 'good' } },
  ],
])('%s is enough', async (_what, altered) => {
  const gateway = await practiceGateway();
  const node = await pairedNode(gateway);
  await restarted(gateway, { alterHello: (hello) => ({ ...hello, ...altered }) });
  await node.reaches('offline');
  node.connection.retry();
  await node.reaches('connected');
});

test.each([
  ['another protocol', { protocol: 5 }],
  ['another role', { auth: { role: 'operator', deviceToken: 'x' } }],
  ['a token that is no text', { auth: { role: 'node', deviceToken: 7 } }],
  ['a policy that is no policy', { policy: { maxPayload: 'much', tickIntervalMs: -1 } }],
])('a hello with %s is no hello', async (_what, altered) => {
  const gateway = await practiceGateway();
  const node = await pairedNode(gateway);
  await restarted(gateway, { alterHello: (hello) => ({ ...hello, ...altered }) });
  await node.reaches('offline');
  node.connection.retry();
  expect((await node.reaches('offline', ({ problem }) => problem !== 'connection-lost')).problem).toBe(
    'protocol-error',
  );
});

test('the gateway restarts: the node comes back by itself, under a new epoch', async () => {
  const gateway = await practiceGateway();
  const clock = new FakeClock();
  const node = await pairedNode(gateway, { clock });
  const before = await node.reaches('connected');
  const after = restarted(gateway, {
    refuse: (attempt) =>
      attempt === 0
        ? {
            code: 'UNAVAILABLE',
            message: 'gateway starting',
            details: { reason: 'startup-sidecars' },
            retryAfterMs: 500,
          }
        : undefined,
  });
  await node.reaches('offline', ({ problem }) => problem === 'connection-lost');
  await after;
  clock.advance(60_000);
  const starting = await node.reaches('offline', ({ problem }) => problem === 'gateway-starting');
  expect(starting.retryAtMs - clock.now()).toBe(500);
  clock.advance(500);
  expect((await node.reaches('connected')).epoch).toBeGreaterThan(before.epoch);
});

test.each([
  ['removes the device', (gateway: PracticeGateway) => gateway.removeDevice()],
  ['revokes its token', (gateway: PracticeGateway) => gateway.revokeToken()],
])('an operator %s: the node drops its token and asks for nothing again', async (_what, act) => {
  const clock = new FakeClock();
  const gateway = await practiceGateway();
  const node = await pairedNode(gateway, { clock });
  act(gateway);
  await node.reaches('offline');
  clock.advance(60_000);
  expect((await node.reaches('refused')).problem).toBe('device-token-rejected');

  const attempts = gateway.attempts;
  clock.advance(24 * 3600_000);
  expect(gateway.attempts).toBe(attempts);
  expect(gateway.book.devices.filter(({ requestId }) => requestId !== null)).toEqual([]);
  const stored = await node.store.read(node.pairing.record.gatewayId);
  expect(JSON.parse(stored ?? '{}')).toMatchObject({ deviceToken: null });

  node.connection.retry();
  expect((await node.reaches('refused', ({ problem }) => problem !== 'device-token-rejected')).problem).toBe(
    'nothing-to-show',
  );
  expect(gateway.attempts).toBe(attempts);
});

test('a wrong shared token stops, and is not shown a second time', async () => {
  const gateway = await practiceGateway();
  const node = await nodeWith(byToken(gateway, 'not the token'));
  node.connection.start();
  expect((await node.reaches('refused')).problem).toBe('shared-token-rejected');
  node.connection.retry();
  expect(
    (await node.reaches('refused', ({ problem }) => problem === 'nothing-to-show')).problem,
  ).toBeDefined();
  expect(gateway.attempts).toBe(1);
});

test('a setup code that was used by another device stops', async () => {
  const gateway = await practiceGateway();
  const code = gateway.setupCode();
  const first = await nodeWithCode(code);
  first.connection.start();
  await first.reaches('awaiting-approval');
  const second = await nodeWithCode(code);
  second.connection.start();
  expect((await second.reaches('refused')).problem).toBe('setup-code-rejected');
});
