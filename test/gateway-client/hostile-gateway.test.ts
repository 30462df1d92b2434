import { randomBytes } from 'node:crypto';
import dns from 'node:dns';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { expect, onTestFinished, test, vi } from 'vitest';
import type { WebSocket } from 'ws';

import { nodeWithCode, pairedNode, practiceGateway, restarted } from './node-under-test.ts';

const codeFor = (url: string) =>
  Buffer.from(JSON.stringify({ url, bootstrapToken: 'b' })).toString('base64url');
const challenge = (payload: unknown) =>
  JSON.stringify({ type: 'event', event: 'connect.challenge', payload });
const response = (payload: unknown) => JSON.stringify({ type: 'res', id: 'connect', ok: true, payload });
const KiB = 1024;

/** A gateway that does this to whoever connects, and what it gets to hear. */
async function gatewayThat(act: (socket: WebSocket) => void) {
  const heard: string[] = [];
  const gateway = await practiceGateway({
    takeOver: (socket) => {
      socket.on('message', (data: Buffer) => heard.push(data.toString('utf8')));
      act(socket);
    },
  });
  const node = await nodeWithCode(codeFor(gateway.url));
  node.connection.start();
  return { node, heard };
}

const good = { nonce: 'n-1', ts: 1 };

test.each<[string, (socket: WebSocket) => void, string]>([
  ['closes at once', (socket) => socket.close(1013, 'gateway starting'), 'closed-early'],
  ['cuts the line', (socket) => socket.terminate(), 'closed-early'],
  ['sends no JSON', (socket) => socket.send('{"type":'), 'protocol-error'],
  ['sends JSON that is no frame', (socket) => socket.send('[]'), 'protocol-error'],
  [
    'sends a frame of another kind',
    (socket) => socket.send('{"type":"req","id":"1","method":"x"}'),
    'protocol-error',
  ],
  [
    'sends a binary frame',
    (socket) => socket.send(Buffer.from(challenge(good)), { binary: true }),
    'protocol-error',
  ],
  [
    'sends a huge frame',
    (socket) => socket.send(challenge({ ...good, filler: 'x'.repeat(70 * KiB) })),
    'protocol-error',
  ],
  [
    'sends a flood of small frames',
    (socket) => {
      for (let i = 0; i < 5000; i += 1) socket.send('{"type":"event","event":"hello?"}');
    },
    'protocol-error',
  ],
  [
    'has a nonce that is no text',
    (socket) => socket.send(challenge({ ...good, nonce: 7 })),
    'protocol-error',
  ],
  ['has no nonce', (socket) => socket.send(challenge({ ts: 1 })), 'protocol-error'],
  [
    'has a nonce that would shift what is signed',
    (socket) => socket.send(challenge({ ...good, nonce: 'n|macos|mac' })),
    'protocol-error',
  ],
  ['has a time that is none', (socket) => socket.send(challenge({ ...good, ts: 'now' })), 'protocol-error'],
])('before the challenge is answered, one that %s gets no token', async (_what, act, problem) => {
  const { node, heard } = await gatewayThat(act);
  expect((await node.reaches('offline')).problem).toBe(problem);
  expect(heard).toEqual([]);
});

test.each<[string, (socket: WebSocket) => void]>([
  ['with an answer that is no hello', (socket) => socket.send(response({ type: 'hello' }))],
  ['with an empty answer', (socket) => socket.send(response(undefined))],
  [
    'with a hello above a megabyte',
    (socket) => socket.send(response({ type: 'hello-ok', filler: 'x'.repeat(1100 * KiB) })),
  ],
  [
    'with a flood of events',
    (socket) => {
      for (let i = 0; i < 30_000; i += 1) socket.send(`{"type":"event","event":"${'e'.repeat(40)}"}`);
    },
  ],
  ['in binary', (socket) => socket.send(randomBytes(10), { binary: true })],
])('one that answers the connect %s is left', async (_what, act) => {
  const { node } = await gatewayThat((socket) => {
    socket.once('message', () => act(socket));
    socket.send(challenge(good));
  });
  expect((await node.reaches('offline')).problem).toBe('protocol-error');
});

test('an answer to something else is not the answer to the connect', async () => {
  const { node } = await gatewayThat((socket) => {
    socket.once('message', () => {
      socket.send(
        JSON.stringify({ type: 'res', id: '1', ok: true, payload: { type: 'hello-ok', protocol: 4 } }),
      );
      socket.send(JSON.stringify({ type: 'event', event: 'voicewake.changed', payload: {} }));
      socket.send(JSON.stringify({ type: 'res', id: 'connect', ok: false, error: { code: 'UNAVAILABLE' } }));
    });
    socket.send(challenge(good));
  });
  expect((await node.reaches('offline')).problem).toBe('gateway-unavailable');
});

test.each([
  ['an error without an error', { ok: false }],
  ['an error that is text', { ok: false, error: 'no' }],
  [
    'an error with everything wrong',
    { ok: false, error: { code: 7, details: 'x', retryable: 'yes', retryAfterMs: 'soon' } },
  ],
])('%s stops, and crashes nothing', async (_what, answer) => {
  const { node } = await gatewayThat((socket) => {
    socket.once('message', () => socket.send(JSON.stringify({ type: 'res', id: 'connect', ...answer })));
    socket.send(challenge(good));
  });
  expect((await node.reaches('refused')).problem).toBe('gateway-refused');
});

test.each([301, 302, 307, 308])('a redirect (%i) is not followed', async (status) => {
  const elsewhere = await practiceGateway();
  const redirect = (_request: IncomingMessage, answer: ServerResponse) =>
    void answer.writeHead(status, { location: elsewhere.url }).end();
  const server = createServer(redirect).on('upgrade', (_request, socket: Socket) => {
    socket.end(`HTTP/1.1 ${status} Elsewhere\r\nLocation: ${elsewhere.url}\r\n\r\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const node = await nodeWithCode(codeFor(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`));
  node.connection.start();
  expect((await node.reaches('offline')).problem).toBe('not-a-gateway');
  expect(elsewhere.attempts).toBe(0);
});

test('no compression is offered: a small frame cannot become a huge one', async () => {
  const upgrades = new EventEmitter();
  const server = createServer().on('upgrade', (request, socket: Socket) => {
    upgrades.emit('seen', request.headers);
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const seen = once(upgrades, 'seen');
  const node = await nodeWithCode(codeFor(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`));
  node.connection.start();
  expect(await seen).toEqual([
    expect.not.objectContaining({ 'sec-websocket-extensions': expect.anything() as unknown }),
  ]);
});

test('"localhost" is not asked of anybody', async () => {
  const lookup = vi.spyOn(dns, 'lookup');
  const gateway = await practiceGateway();
  const node = await nodeWithCode(gateway.setupCode({ url: gateway.url.replace('127.0.0.1', 'localhost') }));
  node.connection.start();
  await node.reaches('awaiting-approval');
  expect(lookup.mock.calls.map(([host]) => host)).not.toContain('localhost');
});

test('connected, noise is passed over', async () => {
  const gateway = await practiceGateway({ probes: false });
  const node = (await pairedNode(gateway)).answering();
  const link = await gateway.connected();
  for (let i = 0; i < 20_000; i += 1) link.sendBare(`unknown.${i}`, { i });
  for (const text of [
    '',
    'no json',
    '[]',
    '{"type":"res","id":"77","ok":true}',
    '{"type":"res"}',
    '{"__proto__":{"x":1}}',
  ]) {
    gateway.sendRaw(text);
  }
  expect(await gateway.invoke('system.which', {})).toMatchObject({ ok: true });
  expect(node.states.filter(({ kind }) => kind === 'offline')).toEqual([]);
});

test.each<[string, string | Buffer]>([
  ['a binary frame', Buffer.from('{"type":"event","event":"tick"}')],
  [
    'a frame above the limit of its own hello',
    JSON.stringify({ type: 'event', event: 'x', payload: 'x'.repeat(200_000) }),
  ],
])('connected, %s ends the connection', async (_what, data) => {
  const gateway = await practiceGateway({
    probes: false,
    alterHello: (hello) => ({ ...hello, policy: { maxPayload: 100_000, tickIntervalMs: 15_000 } }),
  });
  const node = await pairedNode(gateway);
  gateway.sendRaw(data);
  expect((await node.reaches('offline')).problem).toBe('connection-lost');
  expect(node.invokes).toEqual([]);
});

test('connected, a thousand frames that are no frames are enough', async () => {
  const gateway = await practiceGateway({ probes: false });
  const node = await pairedNode(gateway);
  for (let i = 0; i < 1001; i += 1) gateway.sendRaw('{}');
  await node.reaches('offline');
});

test('an invoke of 26 MB ends the connection, whatever the hello allowed', async () => {
  const gateway = await practiceGateway({
    probes: false,
    alterHello: (hello) => ({ ...hello, policy: { maxPayload: 1e12, tickIntervalMs: 15_000 } }),
  });
  const node = await pairedNode(gateway);
  (await gateway.connected()).sendInvoke({
    id: 'big',
    command: 'system.run',
    paramsJSON: 'x'.repeat(26 * KiB * KiB),
  });
  await node.reaches('offline');
  expect(node.invokes).toEqual([]);
});

test('an invoke of 20 MB is one', async () => {
  const gateway = await practiceGateway({ probes: false });
  const node = (await pairedNode(gateway)).answering();
  expect(await gateway.invoke('system.run', { filler: 'x'.repeat(20 * KiB * KiB) })).toMatchObject({
    ok: true,
  });
  expect(node.states.at(-1)?.kind).toBe('connected');
});

test('what comes in one piece with the hello is not lost', async () => {
  const gateway = await practiceGateway();
  const node = await pairedNode(gateway);
  const next = await restarted(gateway, { probes: false });
  next.on('node', (link) => link.sendInvoke({ id: 'early', command: 'system.which', paramsJSON: '{}' }));
  await node.reaches('offline');
  node.connection.retry();
  await node.reaches('connected');
  const early = node.invokes.find(({ id }) => id === 'early') ?? (await node.invoked('system.which'));
  expect(early.epoch).toBe(node.connection.state.kind === 'connected' ? node.connection.state.epoch : NaN);
});
