/**
 * What the stand-in must keep from a page exactly as Electron does, or tests of the app on it would prove nothing. Each
 * is a sentence with a check; protections.test.ts runs them on the stand-in, mutants.test.ts on broken copies.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

import { until } from '../ui/driver/until.ts';
import { type Sample, sampleLog, show } from './sample-app.ts';

export const protections = {
  async "the page gets main's answers"({ page }) {
    await page
      .getByText('main: first')
      .waitFor({ timeout: 6000 })
      .catch(() => assert.fail('no answer'));
  },

  async 'the page sees the exposed API and no other name'({ app, page }) {
    await app.electron.evaluate(async ({ BrowserWindow }) =>
      new BrowserWindow().loadURL('app://sample/other.html'),
    );
    const plain = await app.window(/other\.html/);
    const names = (): string[] => {
      const found: string[] = [];
      for (let object: unknown = window; object !== null; object = Object.getPrototypeOf(object))
        found.push(...Reflect.ownKeys(object as object).map(String));
      return found;
    };
    const ordinary = new Set(await plain.evaluate(names));
    const added = (await page.evaluate(names)).filter((name) => !ordinary.has(name));
    await plain.close();
    assert.deepEqual(added, ['sample']);
  },

  async 'the page can change nothing of the exposed API'({ page }) {
    const changes = await page.evaluate(() => {
      const attempts: Record<string, () => unknown> = {
        patch: () => Reflect.set(sample, 'echo', 1),
        patchInside: () => Reflect.set(sample.nested.list, 0, 9),
        add: () => Reflect.defineProperty(sample.nested.deep, 'more', { value: 1 }),
        replace: () => Reflect.set(window, 'sample', sample),
        remove: () => Reflect.deleteProperty(window, 'sample'),
      };
      return Object.keys(attempts).filter((name) => attempts[name]?.() === true);
    });
    assert.deepEqual(changes, []);
  },

  async 'patched built-ins of the page see nothing of the bridge'({ page }) {
    const seen = await page.evaluate(async () => {
      let caught = ''; // not a list: adding to one would itself go through what is patched here
      const undo: (() => void)[] = [];
      const isBridge = (value: unknown): boolean =>
        value instanceof Node ||
        value instanceof Event ||
        (typeof value === 'object' && value !== null && Object.hasOwn(value, 'kind'));
      const patch = (object: object, name: string): void => {
        const original = Reflect.get(object, name) as (...args: unknown[]) => unknown;
        Reflect.set(object, name, function (this: unknown, ...args: unknown[]) {
          if ([this, ...args].some(isBridge)) caught += `${name} `;
          return original.apply(this, args);
        });
        undo.push(() => Reflect.set(object, name, original));
      };
      for (const name of ['dispatchEvent', 'addEventListener', 'removeEventListener'])
        patch(EventTarget.prototype, name);
      for (const name of ['get', 'set', 'has']) patch(Map.prototype, name);
      for (const name of ['keys', 'freeze', 'defineProperty']) patch(Object, name);
      for (const name of ['push', 'map']) patch(Array.prototype, name);
      patch(Promise.prototype, 'then');
      patch(Reflect, 'apply');
      patch(Function.prototype, 'call');
      const { CustomEvent: original } = window;
      const construct = (target: typeof CustomEvent, args: [string]): CustomEvent => {
        caught += 'new CustomEvent ';
        return new target(...args);
      };
      window.CustomEvent = new Proxy(original, { construct });
      undo.push(() => (window.CustomEvent = original));
      for (const name of ['bubbles', 'composed', 'cancelable', '0']) {
        const get = (): undefined => void (caught += `read ${name} `);
        const set = (): undefined => void (caught += `set ${name} `);
        Object.defineProperty(Object.prototype, name, { get, set, configurable: true });
        undo.push(() => Reflect.deleteProperty(Object.prototype, name));
      }
      try {
        await sample.echo({ list: [1, { two: 2 }] });
        sample.add(1, 2);
        sample.nested.deep.keysOf({ a: 1 });
      } finally {
        for (const restore of undo.reverse()) restore();
      }
      return caught;
    });
    assert.equal(seen, '');
  },

  async "a callback of the page does not find the bridge's event"({ app, page }) {
    const told = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const off = sample.onNews(() => {
            off();
            resolve(typeof Reflect.get(window, 'event'));
          });
        }),
    );
    await page.evaluate(() => undefined); // the listener is in place
    await app.tray.click('tell');
    assert.equal(await told, 'undefined');
  },

  async 'a frame in the page gets no preload'({ page }) {
    const found = await page.evaluate(() => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      const inside = Object.getOwnPropertyNames(frame.contentWindow).filter((name) =>
        /sample|^__|require/.test(name),
      );
      frame.remove();
      return inside;
    });
    assert.deepEqual(found, []);
  },

  async 'an inline script does not run under the policy of the header'({ app, page }) {
    app.problems.expect(/inline script violates/);
    await show({ app, page }, 'other.html');
    const ran = await page.evaluate(() => Reflect.get(window, 'inlineRan') === true);
    await show({ app, page }, 'index.html');
    assert.equal(ran, false);
  },

  async 'main sees the address of the page that speaks'({ app, page }) {
    app.problems.expect(/inline script violates/);
    await show({ app, page }, 'other.html');
    const message = await page.evaluate(() =>
      sample.echo(1).then(
        () => 'answered',
        (error: unknown) => String(error),
      ),
    );
    await show({ app, page }, 'index.html');
    assert.match(message, /rejected sender app:\/\/sample\/other\.html/);
  },

  async 'a navigation that the app prevents does not happen'({ app, page }) {
    await page.getByRole('link', { name: 'outside' }).click({ noWaitAfter: true });
    await until('the refusal', async () =>
      (await sampleLog(app)).includes('refused to go to https://example.org/'),
    );
    await page
      .getByText('main: first')
      .waitFor({ timeout: 6000 })
      .catch(() => assert.fail('the page is gone'));
    const refused = await app.electron.evaluate(() => globalThis.electronStandin.refusedRequests);
    assert.equal(app.urlOf(page), 'app://sample/index.html');
    assert.ok(!refused.includes('https://example.org/'), 'the request was let through to the router');
    assert.ok(!(await sampleLog(app)).includes('cancelled https://example.org/'), 'the navigation went on');
  },

  async 'a window that the page opens goes to the app and never exists'({ app, page }) {
    const session = await app.electron.context().newCDPSession(page);
    const countPages = async (): Promise<number> => {
      const { targetInfos } = await session.send('Target.getTargets');
      return targetInfos.filter(({ type }) => type === 'page').length;
    };
    await page.evaluate(() => void window.open('https://example.com/popup'));
    await until('the popup to be gone', async () => (await countPages()) === 1, 6000).catch(() =>
      assert.fail('the popup stayed'),
    );
    await until('the handler', async () =>
      (await app.person.openedUrls()).includes('https://example.com/popup'),
    );
  },

  async "permissions are those that both of the app's handlers give"({ page }) {
    const states = await page.evaluate(async () => {
      const state = async (name: string): Promise<string> =>
        (await navigator.permissions.query({ name: name as PermissionName })).state;
      return {
        notifications: await state('notifications'),
        camera: await state('camera'),
        geo: await state('geolocation'),
      };
    });
    assert.deepEqual(states, { notifications: 'denied', camera: 'denied', geo: 'denied' });
    const copying = await page.evaluate(() =>
      navigator.permissions.query({ name: 'clipboard-write' as PermissionName }).then(({ state }) => state),
    );
    assert.equal(copying, 'granted');
  },

  async 'a request that the app cancels goes no further'({ app, page }) {
    app.problems.expect(/ERR_BLOCKED_BY_CLIENT/);
    await show({ app, page }, 'open.html');
    const outcome = await page.evaluate(() =>
      fetch('https://example.org/data').then(() => 'fetched', String),
    );
    await show({ app, page }, 'index.html');
    assert.match(outcome, /TypeError/);
    assert.ok((await sampleLog(app)).includes('cancelled https://example.org/data'));
    assert.deepEqual(await app.electron.evaluate(() => globalThis.electronStandin.refusedRequests), []);
  },

  async 'a page without a policy reaches nothing on the machine'({ app, page }) {
    app.problems.expect(/ERR_BLOCKED_BY_CLIENT|WebSocket connection/);
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    let connections = 0;
    server.on('connection', () => (connections += 1));
    await show({ app, page }, 'open.html');
    await page.evaluate(
      async (port) => {
        await fetch(`http://127.0.0.1:${String(port)}/`).catch(() => undefined);
        await new Promise((resolve) => (new WebSocket(`ws://127.0.0.1:${String(port)}/`).onerror = resolve));
      },
      (server.address() as AddressInfo).port,
    );
    await show({ app, page }, 'index.html');
    server.close();
    assert.equal(connections, 0);
  },
} satisfies Record<string, (sample: Sample) => Promise<void>>;

export type Protection = keyof typeof protections;
