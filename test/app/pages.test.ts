import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { CustomScheme } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { registerScheme, servePages } from '../../main/app/pages.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-pages-'));
  for (const role of ['prompt', 'pairing', 'settings', 'incident']) {
    mkdirSync(join(folder, role));
    for (const name of ['index.html', `${role}.js`, `${role}.css`])
      writeFileSync(join(folder, role, name), name);
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

type Serve = (request: Request) => Response | Promise<Response>;

function serve(): Serve {
  let handler: Serve = () => Response.error();
  servePages({ handle: (_scheme, given) => (handler = given) }, folder);
  return handler;
}

describe('our protocol', () => {
  it('serves a file of the map with its type and the whole policy', async () => {
    const response = await serve()(new Request('latchkey://prompt/index.html'));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('index.html');
    expect(Object.fromEntries(response.headers)).toEqual({
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
        "connect-src 'none'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; " +
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      'content-type': 'text/html; charset=utf-8',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([
    ['an address that is not in the map', new Request('latchkey://prompt/other.js')],
    ['another method', new Request('latchkey://prompt/index.html', { method: 'POST' })],
  ])('answers %s with 404, under the same policy', async (_what, request) => {
    const response = await serve()(request);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('serves what was there at the start, whatever becomes of the files', async () => {
    const handler = serve();
    writeFileSync(join(folder, 'prompt/prompt.js'), 'something else');
    expect(await (await handler(new Request('latchkey://prompt/prompt.js'))).text()).toBe('prompt.js');
  });

  it('does not start without its files', () => {
    rmSync(join(folder, 'prompt/prompt.css'));
    expect(serve).toThrow('ENOENT');
  });

  it('asks for no privilege but a secure standard origin', () => {
    let registered: CustomScheme[] = [];
    registerScheme({ registerSchemesAsPrivileged: (schemes) => (registered = schemes) });
    expect(registered).toEqual([{ scheme: 'latchkey', privileges: { standard: true, secure: true } }]);
  });
});
