import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { until } from '../ui/driver/until.ts';
import { launchSample, type Sample, sampleLog, untilLogged } from './sample-app.ts';

let sample: Sample;
beforeAll(async () => {
  sample = await launchSample();
  await untilLogged(sample.app, 'focus'); // loaded and shown
});
afterAll(() => sample.app.close());

describe('IPC', () => {
  test.each([
    ['text', 'a "quoted" line\n\u2028 \u{202e}'],
    ['odd numbers', [-0, Number.NaN, Infinity, -Infinity, 1.5]],
    ['nothing', [undefined, null, { missing: undefined }]],
    ['a list that looks like the wire format', [['u'], ['n', 'NaN'], ['a', 1]]],
    ['nested data', { a: [{ b: { c: true } }] }],
  ])('carries %s to main and back', async (_what, value) => {
    const back = await sample.page.evaluate((sent) => window.sample.echo(sent), value as unknown);
    expect(back).toEqual({ value, url: 'app://sample/index.html' });
  });

  test.each([
    ['a function', () => sample.page.evaluate(() => window.sample.echo(() => 1)), /could not be cloned/],
    [
      'a Map',
      () => sample.page.evaluate(() => window.sample.echo(new Map())),
      /does not carry \[object Map\]/,
    ],
  ])('refuses to carry %s', async (_what, send, message) => {
    await expect(send()).rejects.toThrow(message);
  });

  test('tells the page of a failing handler in the words of Electron', async () => {
    const message = await sample.page.evaluate(() =>
      window.sample.fail().catch((error: unknown) => String(error)),
    );
    expect(message).toBe("Error: Error invoking remote method 'fail': TypeError: deliberate");
  });

  test('calls functions of the preload at once, and hands on what they throw', async () => {
    const results = await sample.page.evaluate(() => {
      let thrown = '';
      try {
        window.sample.throws();
      } catch (error) {
        thrown = String(error);
      }
      return [window.sample.add(2, 3), window.sample.nested.deep.keysOf({ a: 1, b: 2 }), thrown];
    });
    expect(results).toEqual([5, ['a', 'b'], 'Error: sync boom']);
  });

  test('keeps the order of a thousand messages', async () => {
    const received = sample.page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const texts: string[] = [];
          const off = window.sample.onNews(({ text }) => {
            if (texts.push(text) < 1000) return;
            off();
            resolve(texts);
          });
        }),
    );
    await sample.page.evaluate(() => undefined); // the listener is in place
    await sample.app.electron.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      for (let i = 0; i < 1000; i += 1) window?.webContents.send('news', { text: String(i) });
    });
    expect(await received).toEqual(Array.from({ length: 1000 }, (_, i) => String(i)));
  });

  test('lets the driver speak as a frame that is not the window’s own', async () => {
    const forged = { url: 'app://sample/index.html', parent: { url: 'https://evil.example/' } };
    await expect(sample.app.invokeAs(forged, 'echo', 1)).rejects.toThrow('rejected sender');
    await expect(sample.app.invokeAs(null, 'echo', 1)).rejects.toThrow('rejected sender gone');
  });
});

describe('an API that is missing throws its name:', () => {
  test.each([
    ['a method', () => sample.app.electron.evaluate(({ app }) => app.relaunch()), 'app.relaunch'],
    [
      'a property',
      () => sample.app.electron.evaluate(({ app }) => void (app.badgeCount = 1)),
      'app.badgeCount',
    ],
    [
      'an event',
      () => sample.app.electron.evaluate(({ app }) => void app.on('gpu-info-update', () => undefined)),
      "'gpu-info-update' of app",
    ],
    [
      'a window option',
      () => sample.app.electron.evaluate(({ BrowserWindow }) => new BrowserWindow({ kiosk: true }).show()),
      "option 'kiosk'",
    ],
    [
      'a sandbox turned off',
      () =>
        sample.app.electron.evaluate(({ BrowserWindow }) => {
          new BrowserWindow({ webPreferences: { sandbox: false } }).show();
        }),
      'sandbox: false',
    ],
    [
      'an API of the preload',
      () => sample.page.evaluate(() => window.sample.unsupported()),
      'ipcRenderer.sendSync',
    ],
  ])('%s', async (_what, use, name) => {
    await expect(use()).rejects.toThrow(name);
    await expect(use()).rejects.toThrow('not part of the Electron stand-in');
  });
});

describe('the person', () => {
  test('reads and clicks the tray menu', async () => {
    const { tray } = sample.app;
    const labels = (await tray.menu()).map(({ label, type }) => (type === 'separator' ? '-' : label));
    expect(labels).toEqual(['Open', 'Tell', 'Pause', '-', 'More', 'Quit']);
    await tray.click('Pause');
    await tray.click('More', 'Disabled');
    await tray.clickIcon();
    const log = await sampleLog(sample.app);
    expect(log).toEqual(expect.arrayContaining(['paused true', 'tray clicked']));
    expect(log).not.toContain('never');
  });

  test('sees the notification that a click in the page makes', async () => {
    await sample.page.getByRole('button', { name: 'Press me' }).click();
    const [shown] = await until('a notification', async () => {
      const list = await sample.app.person.notifications();
      return list.length > 0 ? list : undefined;
    });
    expect(shown).toEqual({ title: 'Clicked', body: 'the button' });
  });

  test('answers message boxes and Touch ID as the test says', async () => {
    const { electron, person } = sample.app;
    const ask = (): Promise<number> =>
      electron.evaluate(async ({ dialog }) => (await dialog.showMessageBox({ message: 'Sure?' })).response);
    await expect(ask()).rejects.toThrow('No answer prepared for: Sure?');
    await person.answerMessageBox(1);
    expect(await ask()).toBe(1);

    const touch = (): Promise<string> =>
      electron.evaluate(({ systemPreferences }) =>
        systemPreferences.promptTouchID('run it').then(() => 'ok', String),
      );
    expect(await touch()).toMatch(/Canceled/);
    await person.touchId('accepts');
    expect(await touch()).toBe('ok');
    expect(await person.touchIdReasons()).toEqual(['run it', 'run it']);
  });

  test('puts the machine to sleep', async () => {
    const { electron, person } = sample.app;
    await electron.evaluate(({ powerMonitor }) => {
      for (const name of ['suspend', 'lock-screen'] as const)
        powerMonitor.on(name as 'suspend', () => globalThis.sampleLog.push(name));
    });
    await person.power('lock-screen');
    await person.power('suspend');
    expect((await sampleLog(sample.app)).slice(-2)).toEqual(['lock-screen', 'suspend']);
  });

  test('has the app opened at login, until the app ends', async () => {
    const status = await sample.app.electron.evaluate(({ app }) => {
      const before = app.getLoginItemSettings().openAtLogin;
      app.setLoginItemSettings({ openAtLogin: true });
      return [before, app.getLoginItemSettings().openAtLogin, app.getLoginItemSettings().status];
    });
    expect(status).toEqual([false, true, 'enabled']);
  });

  test('copies and pastes', async () => {
    const text = await sample.app.electron.evaluate(async ({ clipboard }) => {
      await clipboard.writeText('copied');
      return clipboard.readText();
    });
    expect(text).toBe('copied');
  });
});

describe('windows', () => {
  test('know visibility and focus, one at a time', async () => {
    const states = await sample.app.electron.evaluate(({ BrowserWindow }) => {
      const [first] = BrowserWindow.getAllWindows();
      const second = new BrowserWindow({ show: false });
      const seen: unknown[] = [[first?.isFocused(), second.isVisible(), second.isFocused()]];
      second.show();
      seen.push([first?.isFocused(), second.isVisible(), second.isFocused()]);
      second.hide();
      seen.push([second.isVisible(), second.isFocused()]);
      second.destroy();
      let after = '';
      try {
        second.show();
      } catch (error) {
        after = String(error);
      }
      return [...seen, second.isDestroyed(), after];
    });
    expect(states).toEqual([
      [true, false, false],
      [false, true, true],
      [false, false],
      true,
      'TypeError: Object has been destroyed',
    ]);
  });

  test('lose and get the keyboard as the person clicks elsewhere and back', async () => {
    const before = (await sampleLog(sample.app)).length;
    await sample.app.setFocus(sample.page, true);
    await sample.app.setFocus(sample.page, false);
    await sample.app.setFocus(sample.page, true);
    expect((await sampleLog(sample.app)).slice(before)).toEqual(['focus', 'blur', 'focus']);
  });

  test('take the size that the app gives them', async () => {
    await sample.app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setContentSize(500, 300),
    );
    await sample.page.waitForFunction(() => innerWidth === 500 && innerHeight === 300);
  });

  test('show light and dark as nativeTheme says, in screenshots of the asked sharpness', async () => {
    const { app, page } = await launchSample({ scale: 2 });
    await app.setTheme('dark');
    await page.reload();
    expect(
      await page.evaluate(() => [matchMedia('(prefers-color-scheme: dark)').matches, devicePixelRatio]),
    ).toEqual([true, 2]);
    await app.setTheme('light');
    const path = join(inject('work'), 'light.png');
    await app.screenshot(page, path);
    const png = await readFile(path);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([840, 1120]);
    await app.close();
  });

  test('refuse a redirection that the app prevents', async () => {
    const outcome = await sample.app.electron.evaluate(async ({ BrowserWindow, protocol }) => {
      protocol.unhandle('app');
      protocol.handle(
        'app',
        () => new Response(null, { status: 302, headers: { location: 'https://example.org/' } }),
      );
      const window = new BrowserWindow();
      const seen: string[] = [];
      window.webContents.on('will-redirect', (event) => {
        seen.push(event.url);
        event.preventDefault();
      });
      const loaded = await window.loadURL('app://sample/index.html').then(() => 'loaded', String);
      window.destroy();
      return [...seen, loaded];
    });
    expect(outcome).toEqual(['https://example.org/', expect.stringContaining('ERR_ABORTED')]);
  });
});

describe('problems of pages', () => {
  test('fail the run, unless the test expected them', async () => {
    const { app, page } = await launchSample();
    await page.evaluate(() => {
      // eslint-disable-next-line no-console -- the page's console is the topic
      console.error('deliberate');
      setTimeout(() => {
        throw new Error('uncaught');
      });
    });
    await until('both problems', () => app.problems.seen().length === 2);
    app.problems.expect(/deliberate/);
    app.problems.expect(/never comes/);
    await expect(app.close()).rejects.toThrow(/in a page: uncaught\ndid not come: \/never comes\//);
    expect(await app.exited).toBe(0);
  });

  test('include violations of the policy', async () => {
    const { app, page } = await launchSample();
    await page.evaluate(() => fetch('https://example.org/').catch(() => undefined));
    await until('a problem', () => app.problems.seen().length > 0);
    await expect(app.close()).rejects.toThrow(/Content Security Policy/);
  });
});

test('a rejection in main that nobody handles fails the run', async () => {
  const { app, page } = await launchSample();
  await page.getByText('main: first').waitFor();
  await app.electron.evaluate(() => void setImmediate(() => void Promise.reject(new Error('forgotten'))));
  await until('the warning', () => app.output().includes('forgotten'));
  await expect(app.close()).rejects.toThrow(/Main was not clean[^]*forgotten/);
});
