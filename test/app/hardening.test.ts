import { EventEmitter } from 'node:events';

import type { App, Session } from 'electron';
import { describe, expect, it } from 'vitest';

import { hardenSession, hardenWebContents } from '../../main/app/hardening.ts';

/** Keeps what is handed to it under the name of the call. */
function setUpSession() {
  const given = new Map<string, (...args: never[]) => unknown>();
  const logged: unknown[] = [];
  const keep = (name: string) => (handler: (...args: never[]) => unknown) => void given.set(name, handler);
  const session = {
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    webRequest: { onBeforeRequest: keep('web') },
  };
  hardenSession(session as unknown as Session, (event) => logged.push(event));
  const call = (name: string, ...args: unknown[]) => given.get(name)?.(...(args as never[]));
  return { call, logged };
}

describe('a session', () => {
  it.each(['geolocation', 'media', 'notifications', 'clipboard-read', 'openExternal', 'fullscreen'])(
    'permits no %s, whether asked or checked',
    (permission) => {
      const { call, logged } = setUpSession();
      const answers: unknown[] = [];
      call('request', { getURL: () => 'u' }, permission, (answer: unknown) => answers.push(answer));
      expect(answers).toEqual([false]);
      expect(call('check', null, permission, 'u', {})).toBe(false);
      expect(logged).toEqual([{ what: `permission ${permission}`, url: 'u' }]);
    },
  );

  it('gives no device', () => {
    expect(setUpSession().call('device', {})).toBe(false);
  });

  it.each([
    ['latchkey://prompt/prompt.js', false],
    ['latchkey://prompt/other.js', true],
    ['https://example.org/', true],
    ['wss://example.org/', true],
    ['file:///etc/passwd', true],
    ['data:text/html,x', true],
    ['blob:latchkey://prompt/1', true],
    ['chrome-extension://x/y.js', true],
  ])('asked for %s cancels: %s', (url, cancel) => {
    const { call } = setUpSession();
    const answers: unknown[] = [];
    call('web', { url }, (answer: unknown) => answers.push(answer));
    expect(answers).toEqual([{ cancel }]);
  });
});

describe('a page, whoever made it,', () => {
  function setUpPage() {
    const app = new EventEmitter();
    const logged: { what: string }[] = [];
    let openHandler: (details: { url: string }) => unknown = () => undefined;
    const page = Object.assign(new EventEmitter(), {
      getURL: () => 'u',
      setWindowOpenHandler: (handler: typeof openHandler) => (openHandler = handler),
    });
    hardenWebContents(app as unknown as Pick<App, 'on'>, (event) => logged.push(event));
    app.emit('web-contents-created', {}, page);
    return { page, logged, open: (url: string) => openHandler({ url }) };
  }

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'is stopped at %s',
    (name) => {
      const { page, logged } = setUpPage();
      const stopped: true[] = [];
      page.emit(name, { preventDefault: () => stopped.push(true), url: 'https://example.org/' });
      expect({ stopped, lines: logged.length }).toEqual({ stopped: [true], lines: 1 });
    },
  );

  it('opens no window', () => {
    const { open, logged } = setUpPage();
    expect(open('https://example.org/')).toEqual({ action: 'deny' });
    expect(logged).toEqual([{ what: 'window', url: 'https://example.org/' }]);
  });
});
