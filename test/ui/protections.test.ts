import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Bridge } from '../../main/ipc/contract.ts';
import { allowOnce, ask, focus, type PairedApp, startPairedApp, windowOf } from './test-app.ts';

declare const latchkey: Bridge<'prompt'>;

let paired: PairedApp;
let prompt: Page;
let elsewhere: Server;
let requests = 0;
let url: string;
beforeAll(async () => {
  elsewhere = createServer((_request, response) => {
    requests += 1;
    response.end('elsewhere');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}/`;
  paired = await startPairedApp();
  ({ prompt } = paired);
});
afterAll(async () => {
  await paired.close();
  elsewhere.close();
  expect(requests).toBe(0);
});

const digest = 'a'.repeat(64);
const forged = [{ id: 'x', digest, decision: 'allow-once' }] as const;
const logged = (text: string) => expect.poll(() => paired.app.output()).toContain(text);
const windowCount = () =>
  paired.app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

describe('a hostile script in the prompt’s page', () => {
  test('finds nothing of Node or Electron, and one frozen object of ours', async () => {
    const found = await prompt.evaluate(() => ({
      names: ['require', 'process', 'Buffer', 'global', 'module', 'ipcRenderer', 'electron'].filter(
        (name) => name in window,
      ),
      ours: Object.keys(latchkey).toSorted(),
      replaced: Reflect.set(window, 'latchkey', {}) || Reflect.set(latchkey, 'decide', () => undefined),
    }));
    expect(found).toEqual({
      names: [],
      ours: 'copyCommand current decide denyAll dismiss fit onChanged read revealSecret waiting'.split(' '),
      replaced: false,
    });
  });

  test('cannot allow what nobody looked at', async () => {
    const { answer } = await ask(paired, 'echo hello');
    const result = await prompt.evaluate(async () => {
      const board = await latchkey.current();
      if (!board.ok || board.value.prompt === null) return 'no prompt';
      const { id, digest: shown } = board.value.prompt;
      return latchkey.decide({ id, digest: shown, decision: 'allow-once' });
    });
    expect(result).toMatchObject({ ok: false, code: 'not-armed' });
    await prompt.getByRole('button', { name: 'Deny' }).click();
    await answer;
  });

  test('cannot allow another digest than the one shown', async () => {
    const { answer } = await ask(paired, 'echo hello');
    await focus(paired.app, 'prompt');
    await prompt.locator('button.allow[aria-disabled="false"]').waitFor();
    const result = await prompt.evaluate(async (other) => {
      const board = await latchkey.current();
      if (!board.ok || board.value.prompt === null) return 'no prompt';
      return latchkey.decide({ id: board.value.prompt.id, digest: other, decision: 'allow-once' });
    }, digest);
    expect(result).toMatchObject({ ok: false, code: 'wrong-digest' });
    await prompt.getByRole('button', { name: 'Deny' }).click();
    expect(await answer).toMatchObject({ outcome: 'denied-before-execution' });
  });

  test('cannot say what is not in the contract', async () => {
    const said = prompt.evaluate(() =>
      latchkey.decide({ id: '', digest: 'short', decision: 'deny' }).then(
        () => 'heard',
        (error: unknown) => String(error),
      ),
    );
    expect(await said).toContain('refused: prompt:decide');
    await logged('the argument is not in the contract');
  });

  test('cannot run text as code, nor make markup of it', async () => {
    paired.app.problems.expect(/Content Security Policy|TrustedScript|TrustedHTML|Trusted Type/i);
    const ran = await prompt.evaluate(async () => {
      const tries = [
        () =>
          document.body.append(
            Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }),
          ),
        () => (document.body.innerHTML = '<img src=x onerror="window.ran = 1">'),
        () => document.body.setAttribute('onclick', 'window.ran = 1'),
        // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what a hostile script would try
        () => setTimeout('window.ran = 1', 0),
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- the same
        () => document.write('<script>window.ran = 1</script>'),
      ];
      for (const attempt of tries) {
        try {
          attempt();
        } catch {
          // refused by Trusted Types
        }
      }
      document.body.click();
      await new Promise((resolve) => setTimeout(resolve, 50));
      return 'ran' in window;
    });
    expect(ran).toBe(false);
  });

  test('reaches no network', async () => {
    paired.app.problems.expect(/Content Security Policy|ERR_/);
    const reached = await prompt.evaluate(async (address) => {
      const image = new Image();
      const loaded = new Promise((resolve) => {
        image.onload = () => resolve(true);
        image.onerror = () => resolve(false);
      });
      image.src = address;
      const fetched = await fetch(address).then(
        () => true,
        () => false,
      );
      return [fetched, await loaded, navigator.sendBeacon(address)];
    }, url);
    expect(reached.slice(0, 2)).toEqual([false, false]);
  });

  test('cannot leave for another address', async () => {
    await prompt.evaluate((address) => {
      location.href = address;
    }, url);
    await logged('"what":"navigation"');
    expect(paired.app.urlOf(prompt)).toBe('latchkey://prompt/index.html');
  });

  test('cannot open a window', async () => {
    const before = await windowCount();
    await prompt.evaluate((address) => void window.open(address), url);
    await logged('"what":"window"');
    expect(await windowCount()).toBe(before);
  });

  test('cannot put another page into ours', async () => {
    paired.app.problems.expect(/Framing|frame-src|Content Security Policy/);
    await prompt.evaluate((address) => {
      const frame = document.createElement('iframe');
      frame.src = address;
      document.body.append(frame);
      document.body.append(document.createElement('webview'));
    }, url);
    expect(prompt.frames().filter((frame) => frame.url().startsWith(url))).toEqual([]);
  });

  test.each(['geolocation', 'notifications', 'camera', 'clipboard-read'])(
    'gets no permission: %s',
    async (name) => {
      const state = await prompt.evaluate(
        (permission) =>
          navigator.permissions.query({ name: permission as PermissionName }).then(
            ({ state: given }) => given,
            () => 'denied',
          ),
        name,
      );
      expect(state).toBe('denied');
    },
  );
});

describe('main', () => {
  test.each([
    ['a frame that is gone', null],
    ['a web page', { url: 'https://prompt/index.html' }],
    ['a host that only begins like ours', { url: 'latchkey://prompt.evil/index.html' }],
    ['another window’s page', { url: 'latchkey://settings/index.html' }],
    [
      'a frame inside our page',
      { url: 'latchkey://prompt/index.html', parent: { url: 'latchkey://prompt/index.html' } },
    ],
    ['a frame that only says it is our page', { url: 'latchkey://prompt/index.html' }],
  ])('refuses %s, and says so in its log', async (_who, frame) => {
    await expect(paired.app.invokeAs(frame, 'prompt:decide', ...forged)).rejects.toThrow(
      'refused: prompt:decide',
    );
    await logged(`"channel":"prompt:decide","url":"${frame?.url ?? 'no frame'}"`);
  });

  test('refuses the settings window an answer', async () => {
    await paired.app.tray.click('open-settings');
    await windowOf(paired.app, 'settings');
    const said = paired.app.electron.evaluate(({ BrowserWindow }, [argument]) => {
      const settings = BrowserWindow.getAllWindows().find(({ webContents }) =>
        webContents.getURL().startsWith('latchkey://settings/'),
      );
      const handler = globalThis.uiRecorder.handlers.get('prompt:decide');
      const event = { sender: settings?.webContents, senderFrame: settings?.webContents.mainFrame };
      return handler?.(event as never, argument) as unknown;
    }, forged);
    await expect(said).rejects.toThrow('refused: prompt:decide');
    await logged('not a window of this role');
  });

  test('refuses a second prompt window that it did not make', async () => {
    // It has no preload either.
    paired.app.problems.expect(/latchkey is not defined/);
    const said = paired.app.electron.evaluate(async ({ BrowserWindow }, [argument]) => {
      const other = new BrowserWindow({ webPreferences: { sandbox: true, contextIsolation: true } });
      try {
        await other.loadURL('latchkey://prompt/index.html');
        const handler = globalThis.uiRecorder.handlers.get('prompt:decide');
        const event = { sender: other.webContents, senderFrame: other.webContents.mainFrame };
        return (await handler?.(event as never, argument)) as unknown;
      } finally {
        other.destroy();
      }
    }, forged);
    await expect(said).rejects.toThrow('refused: prompt:decide');
  });
});

test('after all this the prompt still does its work', async () => {
  const { answer } = await ask(paired, 'echo hello');
  await allowOnce(paired);
  expect(await answer).toMatchObject({ outcome: 'finished' });
});
