import { once } from 'node:events';

import { expect, test } from 'vitest';

import { FakeClock } from './fake-clock.ts';
import { pairedNode, practiceGateway } from './node-under-test.ts';

const quiet = { probes: false };

test('an invoke arrives with all that was sent, and its answer arrives back', async () => {
  const gateway = await practiceGateway(quiet);
  const node = await pairedNode(gateway);
  const { epoch } = await node.reaches('connected');
  const outcome = gateway.invoke(
    'system.which',
    { bins: ['git'] },
    { id: 'i-1', timeoutMs: 5000, idempotencyKey: 'k' },
  );
  const invoke = await node.invoked('system.which');
  expect(invoke).toEqual({
    epoch,
    id: 'i-1',
    command: 'system.which',
    paramsJSON: '{"bins":["git"]}',
    timeoutMs: 5000,
    idempotencyKey: 'k',
  });
  const payload = { bins: { git: '/usr/bin/git' } };
  expect(await node.connection.sendResult(invoke, { ok: true, payload })).toBe('delivered');
  expect(await outcome).toEqual({ ok: true, payload });
});

test('a refusal arrives with its code', async () => {
  const gateway = await practiceGateway(quiet);
  const node = await pairedNode(gateway);
  const outcome = gateway.invoke('system.run', {});
  const answer = { ok: false, code: 'SYSTEM_RUN_DENIED', message: 'no' } as const;
  await node.connection.sendResult(await node.invoked('system.run'), answer);
  expect(await outcome).toEqual(answer);
});

test('a second answer is not sent', async () => {
  const gateway = await practiceGateway(quiet);
  const node = await pairedNode(gateway);
  const outcome = gateway.invoke('system.which', {});
  const invoke = await node.invoked('system.which');
  expect(await node.connection.sendResult(invoke, { ok: true, payload: { first: true } })).toBe('delivered');
  expect(await node.connection.sendResult(invoke, { ok: true, payload: { first: false } })).toBe('lost');
  expect(await outcome).toMatchObject({ payload: { first: true } });
  expect((await gateway.connected()).answered).toEqual([invoke.id]);
});

test('an answer never goes to another connection than its request came on', async () => {
  const gateway = await practiceGateway(quiet);
  const node = await pairedNode(gateway);
  void gateway.invoke('system.run', {}, { id: 'same-id' });
  const old = await node.invoked('system.run');
  gateway.cut();
  await node.reaches('offline');
  node.connection.retry();
  await node.reaches('connected');
  void gateway.invoke('system.run', {}, { id: 'same-id' });
  expect(await node.connection.sendResult(old, { ok: true, payload: {} })).toBe('lost');
  expect(await node.connection.sendEvent('exec.finished', { runId: 'r' }, old.epoch)).toBe('lost');
  expect((await gateway.connected()).answered).toEqual([]);
  expect(gateway.events).toEqual([]);
});

test('an event for a run that the gateway gave up is ignored by it, and that is known', async () => {
  const gateway = await practiceGateway(quiet);
  const node = await pairedNode(gateway);
  const link = await gateway.connected();
  link.openRun('known');
  expect(await node.connection.sendEvent('exec.finished', { runId: 'known' })).toBe('delivered');
  expect(await node.connection.sendEvent('exec.finished', { runId: 'unknown' })).toBe('ignored');
});

test('a result that came too late is ignored by the gateway, and that is known', async () => {
  const gateway = await practiceGateway(quiet);
  const node = await pairedNode(gateway);
  await gateway.invoke('system.run', {}, { timeoutMs: 1 });
  expect(await node.connection.sendResult(await node.invoked('system.run'), { ok: true, payload: {} })).toBe(
    'ignored',
  );
});

test('what is never acknowledged is lost after 30 seconds', async () => {
  const clock = new FakeClock();
  const gateway = await practiceGateway({ ...quiet, tickIntervalMs: 600_000 });
  const node = await pairedNode(gateway, { clock });
  void gateway.invoke('system.run', {});
  const invoke = await node.invoked('system.run');
  (await gateway.connected()).acknowledges = false;
  const delivery = node.connection.sendResult(invoke, { ok: true, payload: {} });
  clock.advance(30_000);
  expect(await delivery).toBe('lost');
});

test('what is not acknowledged when the connection goes is lost', async () => {
  const gateway = await practiceGateway(quiet);
  const node = await pairedNode(gateway);
  void gateway.invoke('system.run', {});
  const invoke = await node.invoked('system.run');
  (await gateway.connected()).acknowledges = false;
  const delivery = node.connection.sendResult(invoke, { ok: true, payload: {} });
  gateway.cut();
  expect(await delivery).toBe('lost');
});

test('without a connection nothing is sent, and nothing is thrown', async () => {
  const gateway = await practiceGateway(quiet);
  const node = await pairedNode(gateway);
  await node.connection.stop();
  expect(await node.connection.sendResult({ epoch: 1, id: 'x' }, { ok: true, payload: {} })).toBe('lost');
  expect(await node.connection.sendEvent('exec.finished', {})).toBe('lost');
  expect(await node.connection.request('skills.bins', {}, 1000)).toBeNull();
});

test('what arrives after the stop is not handed on', async () => {
  const gateway = await practiceGateway(quiet);
  const node = await pairedNode(gateway);
  void gateway.invoke('system.run', {});
  await node.connection.stop();
  expect(node.invokes).toEqual([]);
});

test('a cancelled invoke is announced once and its answer stays here', async () => {
  const gateway = await practiceGateway(quiet);
  const node = await pairedNode(gateway);
  const link = await gateway.connected();
  const outcome = gateway.invoke('system.run', {}, { id: 'i-1' });
  const invoke = await node.invoked('system.run');
  const heard = once(node.connection, 'cancel');
  link.cancel('i-1');
  link.cancel('i-1');
  link.cancel('another');
  await heard;
  expect(await outcome).toMatchObject({ code: 'CANCELLED' });
  expect(await node.connection.sendResult(invoke, { ok: true, payload: {} })).toBe('lost');
  expect(node.cancelled).toEqual(['i-1']);
  expect(link.answered).toEqual([]);
});

test('the same id twice is one request', async () => {
  const gateway = await practiceGateway(quiet);
  const node = (await pairedNode(gateway)).answering();
  const link = await gateway.connected();
  const frame = { id: 'twice', command: 'system.run', paramsJSON: '{}' };
  link.sendInvoke(frame);
  link.sendInvoke(frame);
  await node.invoked('system.run');
  link.sendInvoke(frame);
  await gateway.invoke('system.which', {});
  expect(node.invokes.filter(({ id }) => id === 'twice')).toHaveLength(1);
  expect(link.answered.filter((id) => id === 'twice')).toHaveLength(1);
});

test.each([
  ['no command', { id: 'bad', paramsJSON: '{}' }, 'INVALID_REQUEST', 'command'],
  [
    'params that are no text',
    { id: 'bad', command: 'system.which', paramsJSON: { bins: [] } },
    'INVALID_REQUEST',
    'paramsJSON',
  ],
  [
    'a time that is none',
    { id: 'bad', command: 'system.run', timeoutMs: -1 },
    'SYSTEM_RUN_DENIED',
    'timeoutMs',
  ],
  [
    'another node in it',
    { id: 'bad', command: 'system.run', nodeId: 'other' },
    'SYSTEM_RUN_DENIED',
    'nodeId',
  ],
])('an invoke with %s is answered, not handed on', async (_what, frame, code, field) => {
  const gateway = await practiceGateway(quiet);
  const node = await pairedNode(gateway);
  const link = await gateway.connected();
  const answered = link.expect('bad');
  link.sendInvoke(frame);
  const answer = await answered;
  expect(answer).toMatchObject({ ok: false, code });
  expect(JSON.stringify(answer)).toContain(field);
  expect(node.invokes).toEqual([]);
});

test.each([[null], ['text'], [{}], [{ id: 7 }], [{ id: '' }], [{ id: 'x'.repeat(1000), command: 'c' }]])(
  'an invoke that cannot even be answered is passed over: %j',
  async (payload) => {
    const gateway = await practiceGateway(quiet);
    const node = (await pairedNode(gateway)).answering();
    const link = await gateway.connected();
    link.sendBare('node.invoke.request', payload);
    link.sendBare('node.invoke.cancel', payload);
    link.sendBare('node.pair.resolved', payload);
    expect(await gateway.invoke('system.which', {})).toMatchObject({ ok: true });
    expect(node.connection.state).toMatchObject({ kind: 'connected', commandsApproved: true });
  },
);

test('an answer that the gateway could not take becomes an answer that it can', async () => {
  const gateway = await practiceGateway({
    ...quiet,
    alterHello: (hello) => ({ ...hello, policy: { maxPayload: 10_000, tickIntervalMs: 15_000 } }),
  });
  const node = await pairedNode(gateway);
  const outcome = gateway.invoke('system.run', {});
  const payload = { stdout: '"'.repeat(4000) };
  expect(await node.connection.sendResult(await node.invoked('system.run'), { ok: true, payload })).toBe(
    'delivered',
  );
  expect(await outcome).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
});

test('news of an approval that got lost is asked for at the next tick', async () => {
  const gateway = await practiceGateway(quiet);
  const node = await pairedNode(gateway);
  const [device] = gateway.book.devices;
  if (device === undefined) throw new Error('no device');
  device.commandsApproved = false;
  gateway.cut();
  await node.reaches('offline');
  node.connection.retry();
  await node.reaches('connected', ({ commandsApproved }) => commandsApproved === false);
  device.commandsApproved = true;
  gateway.tick();
  await node.reaches('connected', ({ commandsApproved }) => commandsApproved === true);
});

test('the gateway answers a request of ours', async () => {
  const gateway = await practiceGateway(quiet);
  const node = await pairedNode(gateway);
  expect(await node.connection.request('skills.bins', {}, 5000)).toMatchObject({
    ok: true,
    payload: { bins: ['gh', 'git', 'jq'] },
  });
});
