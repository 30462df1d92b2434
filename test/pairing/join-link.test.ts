import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { fetchSetupCode, looksLikeJoinLink } from '../../main/pairing/join-link.ts';
import { parseSetupCode } from '../../main/pairing/setup-code.ts';

const CODE = 'A'.repeat(22);
const payload = { url: 'wss://home.example:18789', bootstrapToken: 'once' };

async function gateway(answer: RequestListener): Promise<{ url: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}
const json =
  (body: string): RequestListener =>
  (_request, response) =>
    void response.setHeader('content-type', 'application/json; charset=utf-8').end(body);

it('a join link leads to the setup code that its gateway gives out', async () => {
  const { url } = await gateway(json(JSON.stringify(payload)));
  const code = await fetchSetupCode(`${url}/j/${CODE}`);
  expect(parseSetupCode(code, 0, { allowPlaintext: false }).addresses[0]?.url).toBe(
    'wss://home.example:18789/',
  );
});

describe('is refused with words, and nobody is asked:', () => {
  it.each([
    ['without https', `http://gateway.example/j/${CODE}`],
    ['a code that is too short', 'https://gateway.example/j/abc'],
    ['a code that is too long', `https://gateway.example/j/${CODE}A`],
    ['another path', `https://gateway.example/k/${CODE}`],
    ['a query', `https://gateway.example/j/${CODE}?x=1`],
    ['a fragment', `https://gateway.example/j/${CODE}#x`],
    ['a user name', `https://user@gateway.example/j/${CODE}`],
    ['no address at all', 'https://'],
  ])('%s', async (_what, link) => {
    expect(looksLikeJoinLink(link)).toBe(true);
    await expect(fetchSetupCode(link)).rejects.toThrow(/join link/);
  });
});

it.each<[string, RequestListener]>([
  ['sends elsewhere', (_request, response) => void response.writeHead(302, { location: '/elsewhere' }).end()],
  ['does not know it', (_request, response) => void response.writeHead(404).end()],
  [
    'answers with a page',
    (_request, response) => void response.setHeader('content-type', 'text/html').end('{}'),
  ],
  ['answers without end', json(' '.repeat(25 * 1024))],
  ['hangs up', (request) => void request.socket.destroy()],
])('a gateway that %s gives no setup code, and the link is in no message', async (_what, answer) => {
  const { url, requests } = await gateway(answer);
  const failed = await fetchSetupCode(`${url}/j/${CODE}`).then(
    () => 'nothing failed',
    (error: unknown) => String(error),
  );
  expect(failed).toMatch(/join link/);
  expect(failed).not.toContain(CODE);
  expect(requests).toEqual([`/j/${CODE}`]);
});

it.each(['oc-pair://abc', 'abc', 'openclaw://gateway', ''])('%j is no join link', (text) => {
  expect(looksLikeJoinLink(text)).toBe(false);
});
