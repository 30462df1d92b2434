import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import {
  findListeners,
  judgeListeners,
  type ListenerConsent,
  listenersInLsof,
  listenersInTable,
} from '../../main/gateway/loopback-listener.ts';
import { nodeWithCode, practiceGateway } from './node-under-test.ts';

const OWN = 501;

test.each<[string, number[], ListenerConsent, string]>([
  ['this user', [OWN], null, 'trusted'],
  ['root', [0], null, 'trusted'],
  ['this user and root', [OWN, 0], null, 'trusted'],
  ['another user', [502], null, 'stranger'],
  ['this user and another one', [OWN, 502], null, 'stranger'],
  ['the user that the person named', [502], 502, 'trusted'],
  ['another one than the person named', [503], 502, 'stranger'],
  ['somebody, once the person allowed for not knowing', [502], 'unknown', 'stranger'],
  ['nobody that can be found', [], null, 'unknown'],
  ['nobody that can be found, as the person allowed', [], 'unknown', 'trusted'],
  ['nobody that can be found, where the person named a user', [], 502, 'unknown'],
  ['anybody, where that was said on purpose', [502], 'anybody', 'trusted'],
])('with %s listening', (_who, listeners, consent, kind) => {
  expect(judgeListeners(listeners, { own: OWN, consent }).kind).toBe(kind);
});

const row = (local: string, state: string, uid: number) =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000 ${uid} 0 1592 1 0 100 0 0 10 0`;

test.each<[string, string, number[]]>([
  ['on 127.0.0.1', row('0100007F:4965', '0A', 7), [7]],
  ['on another address of this machine', row('0200007F:4965', '0A', 7), [7]],
  ['on every address', row('00000000:4965', '0A', 7), [7]],
  ['on ::1', row('00000000000000000000000001000000:4965', '0A', 7), [7]],
  ['on every address of IPv6', row('00000000000000000000000000000000:4965', '0A', 7), [7]],
  ['on an address of the network', row('0A0A0A0A:4965', '0A', 7), []],
  ['on an IPv4 address, written as IPv6', row('0000000000000000FFFF00000100007F:4965', '0A', 7), [7]],
  ['on another port', row('0100007F:4966', '0A', 7), []],
  ['and does not listen', row('0100007F:4965', '01', 7), []],
  ['in a line that is none', '0100007F:4965 0A', []],
])('the kernel lists who is %s', (_where, table, found) => {
  expect(listenersInTable(`  sl  local_address rem_address   st\n${table}\n`, 0x4965)).toEqual(found);
});

test('lsof says the user of every process', () => {
  expect(listenersInLsof('p812\nu501\nf12\np90\nu0\nf3\n')).toEqual([501, 0]);
  expect(listenersInLsof('')).toEqual([]);
});

test.runIf(process.platform === 'linux')(
  'a listener of this user is found, and nobody where nobody listens',
  async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    expect(await findListeners(port)).toEqual([process.getuid?.()]);
    server.close();
    await once(server, 'close');
    expect(await findListeners(port)).toEqual([]);
  },
);

const LISTEN = `require('node:net').createServer((socket) => socket.on('data', () => console.log('heard')))
  .listen(0, '127.0.0.1', function () { console.log(this.address().port) });`;

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'another user that listens where the gateway was hears nothing, and the person is told who it is',
  async () => {
    const stranger = spawn(process.execPath, ['-e', LISTEN], {
      uid: 65_534,
      gid: 65_534,
      cwd: '/',
      stdio: 'pipe',
    });
    onTestFinished(() => void stranger.kill());
    const [port] = (await once(stranger.stdout, 'data')) as [Buffer];
    let heard = '';
    stranger.stdout.on('data', (data: Buffer) => (heard += data.toString()));
    const gateway = await practiceGateway();
    const node = await nodeWithCode(gateway.setupCode({ url: `ws://127.0.0.1:${port.toString().trim()}` }));
    node.connection.start();
    expect(await node.reaches('refused')).toEqual({
      kind: 'refused',
      problem: 'stranger-listens',
      found: { kind: 'listener', uid: 65_534 },
    });
    expect(heard).toBe('');
  },
);

test.each<[string, number[], number]>([
  ['another user', [4242], 4242],
  ['nobody that can be found', [], -1],
])('with %s listening, nothing is sent until the person allows it', async (_who, listeners, uid) => {
  const gateway = await practiceGateway();
  const strict = await nodeWithCode(gateway.setupCode(), {
    loopback: { consent: null, find: () => Promise.resolve(listeners) },
  });
  strict.connection.start();
  const { problem, found } = await strict.reaches('refused');
  expect({ problem, found }).toEqual({
    problem: 'stranger-listens',
    found: { kind: 'listener', uid: uid === -1 ? null : uid },
  });
  expect(gateway.requests).toBe(0);
  const allowed = await nodeWithCode(gateway.setupCode(), {
    loopback: { consent: uid === -1 ? 'unknown' : uid, find: () => Promise.resolve(listeners) },
  });
  allowed.connection.start();
  await allowed.reaches('awaiting-approval');
});

test('whoever comes between the two looks is found by the second one', async () => {
  const gateway = await practiceGateway();
  let looks = 0;
  const node = await nodeWithCode(gateway.setupCode(), {
    loopback: {
      consent: null,
      find: () => Promise.resolve((looks += 1) === 1 ? [process.getuid?.() ?? 0] : [4242]),
    },
  });
  node.connection.start();
  expect((await node.reaches('refused')).problem).toBe('stranger-listens');
  expect(gateway.requests).toBe(0);
});

test('a gateway that is away is away, and not a stranger', async () => {
  const gateway = await practiceGateway();
  const node = await nodeWithCode(gateway.setupCode({ url: 'ws://127.0.0.1:1' }));
  node.connection.start();
  expect((await node.reaches('offline')).problem).toBe('unreachable');
});
