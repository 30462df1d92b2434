import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import { FakeClock } from './fake-clock.ts';
import { nodeWithCode, pairedNode, practiceGateway, restarted } from './node-under-test.ts';

const codeFor = (url: string) =>
  Buffer.from(JSON.stringify({ url, bootstrapToken: 'b' })).toString('base64url');

test('nobody listens: the waits grow, until somebody does', async () => {
  const clock = new FakeClock();
  const gateway = await practiceGateway();
  const node = await pairedNode(gateway, { clock });
  await gateway.stop();
  let state = await node.reaches('offline');
  const waits: number[] = [];
  for (let i = 0; i < 5; i += 1) {
    const { retryAtMs } = state;
    waits.push(retryAtMs - clock.now());
    clock.advance(retryAtMs - clock.now());
    state = await node.reaches('offline', (next) => next.retryAtMs !== retryAtMs);
  }
  expect(waits).toEqual([500, 1000, 2000, 4000, 7500]);
  await restarted(gateway);
  clock.advance(60_000);
  await node.reaches('connected');
});

test('a connection that lasted starts the waits afresh; one that did not goes on with them', async () => {
  const clock = new FakeClock();
  const gateway = await practiceGateway();
  const node = await pairedNode(gateway, { clock });
  const waitAfterCut = async (lastedMs: number) => {
    clock.advance(lastedMs);
    gateway.cut();
    const { retryAtMs } = await node.reaches('offline');
    const wait = retryAtMs - clock.now();
    clock.advance(wait);
    await node.reaches('connected');
    return wait;
  };
  const short = [await waitAfterCut(0), await waitAfterCut(0), await waitAfterCut(0)];
  expect(short).toEqual([...short].sort((a, b) => a - b));
  expect(short.at(-1)).toBeGreaterThan(short[0] ?? 0);
  expect(await waitAfterCut(20_000)).toBe(500);
});

test('a gateway that is silent for two and a half of its ticks is gone', async () => {
  const clock = new FakeClock();
  const gateway = await practiceGateway({ tickIntervalMs: 60_000 });
  const node = await pairedNode(gateway, { clock });
  const { epoch } = await node.reaches('connected');
  clock.advance(149_000);
  // Anything that comes shows that it is there.
  (await gateway.connected()).sendInvoke({ id: 'alive', command: 'system.which', paramsJSON: '{}' });
  await node.invoked('system.which');
  clock.advance(149_000);
  expect(await node.reaches('connected')).toMatchObject({ epoch });
  clock.advance(1000);
  expect((await node.reaches('offline')).problem).toBe('connection-lost');
});

test.each([
  ['a millisecond', 1, 2499],
  ['a year', 31_536_000_000, 1_499_000],
])('a tick of %s is not taken at its word', async (_what, tickIntervalMs, stillThereMs) => {
  const clock = new FakeClock();
  const gateway = await practiceGateway({
    alterHello: (hello) => ({ ...hello, policy: { maxPayload: 1_000_000, tickIntervalMs } }),
    probes: false,
  });
  const node = await pairedNode(gateway, { clock });
  clock.advance(stillThereMs);
  expect(node.connection.state.kind).toBe('connected');
  clock.advance(1000);
  await node.reaches('offline');
});

test('a server that takes the connection and says nothing is given up after 15 seconds', async () => {
  const clock = new FakeClock();
  const server = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const node = await nodeWithCode(codeFor(`ws://127.0.0.1:${port}`), { clock });
  const connected = once(server, 'connection');
  node.connection.start();
  await connected;
  clock.advance(14_999);
  expect(node.connection.state.kind).toBe('connecting');
  clock.advance(1);
  expect((await node.reaches('offline')).problem).toBe('timeout');
});

test('a gateway that never sends its challenge is given up after 15 seconds', async () => {
  const clock = new FakeClock();
  const upgraded = new EventEmitter();
  const gateway = await practiceGateway({ takeOver: () => void upgraded.emit('done') });
  const node = await nodeWithCode(codeFor(gateway.url), { clock });
  const done = once(upgraded, 'done');
  node.connection.start();
  await done;
  clock.advance(15_000);
  expect((await node.reaches('offline')).problem).toBe('timeout');
});

test('asleep, nothing is tried; awake, it connects at once', async () => {
  const clock = new FakeClock();
  const gateway = await practiceGateway();
  const node = await pairedNode(gateway, { clock });
  await node.connection.suspend();
  expect(node.connection.state).toEqual({ kind: 'suspended' });
  const { attempts } = gateway;
  clock.advance(8 * 3_600_000);
  expect(gateway.attempts).toBe(attempts);
  node.connection.resume();
  await node.reaches('connected');
});

test('waking up does not start what was stopped', async () => {
  const gateway = await practiceGateway();
  const node = await pairedNode(gateway);
  await node.connection.stop();
  await node.connection.suspend();
  node.connection.resume();
  expect(node.connection.state).toEqual({ kind: 'stopped' });
});

test('stopped in the middle of an attempt, it is stopped, and no socket is left', async () => {
  const gateway = await practiceGateway({ takeOver: () => undefined });
  const node = await nodeWithCode(codeFor(gateway.url));
  node.connection.start();
  await node.connection.stop();
  expect(node.connection.state).toEqual({ kind: 'stopped' });
  expect(node.states.map(({ kind }) => kind)).toEqual(['connecting', 'stopped']);
});

test('stopped, started, stopped at once: the last word counts', async () => {
  const gateway = await practiceGateway();
  const node = await pairedNode(gateway);
  void node.connection.stop();
  node.connection.start();
  const stopped = node.connection.stop();
  node.connection.start();
  await stopped;
  await node.reaches('connected');
  await node.connection.stop();
  expect(node.connection.state).toEqual({ kind: 'stopped' });
});
