import type { BrowserWindow } from 'electron';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { ExecResult } from '../gateway-practice/exec-call.ts';
import { ask, deny, focus, type PairedApp, resume, startPairedApp, windowOf } from './test-app.ts';

/** What keeps a yes from happening by accident, each in the app as it runs. */
let paired: PairedApp;
beforeAll(async () => {
  paired = await startPairedApp();
});
afterAll(() => paired.close());

const TOKEN = 'ghp_abcdefghijklmnopqrst';
const allow = () => paired.prompt.locator('button.allow');
const ready = () => paired.prompt.locator('button.allow[aria-disabled="false"]').waitFor();
const readyAndFocused = async () => {
  await focus(paired.app, 'prompt');
  await ready();
};
const waits = () => paired.prompt.evaluate('latchkey.current().then(({ value }) => value.prompt !== null)');

/** What happens to the window between the look at it and the press. */
type Meanwhile = 'nothing' | 'moved' | 'focus lost and back' | 'hidden' | 'secret shown' | 'denied';

/**
 * A yes as a page could send it, whatever its buttons look like, in the very turn in which something happened: what main
 * answers to it.
 */
async function allowedInTheSameTurnAs(meanwhile: Meanwhile): Promise<unknown> {
  const window = await paired.app.electron.browserWindow(paired.prompt);
  return window.evaluate(async (own: BrowserWindow, happens) => {
    interface Board {
      readonly value: { readonly prompt: { readonly id: string; readonly digest: string } };
    }
    const event = { sender: own.webContents, senderFrame: own.webContents.mainFrame };
    const call = (name: string, argument?: object): unknown =>
      globalThis.uiRecorder.handlers.get(`prompt:${name}`)?.(event as never, argument);
    const ref = async () => {
      const { id, digest } = ((await call('current')) as Board).value.prompt;
      return { id, digest };
    };
    const shown = await ref();
    if (happens === 'moved') own.emit('moved');
    if (happens === 'hidden') own.emit('hide');
    if (happens === 'focus lost and back') {
      own.emit('blur');
      own.emit('focus');
    }
    if (happens === 'secret shown') await call('revealSecret', { ...shown, secret: 0 });
    if (happens === 'denied') await call('decide', { ...shown, decision: 'deny' });
    const answer = await call('decide', { ...(await ref()), decision: 'allow-once' });
    const { ok, code } = answer as { ok: boolean; code?: string };
    return ok ? 'allowed' : code;
  }, meanwhile);
}

describe('main itself takes a yes', () => {
  let answers: Promise<ExecResult>[] = [];
  beforeEach(() => {
    answers = [];
  });
  afterEach(async () => {
    await paired.app.tray.click('pause');
    await Promise.all(answers);
    await resume(paired);
  });
  const question = async (command: string) => {
    const { answer } = await ask(paired, command);
    answers.push(answer);
  };

  test('for what was looked at', async () => {
    await question('echo hello');
    await readyAndFocused();
    expect(await allowedInTheSameTurnAs('nothing')).toBe('allowed');
  });

  test.each<Meanwhile>(['moved', 'focus lost and back', 'hidden', 'secret shown'])(
    'not right after: %s',
    async (meanwhile) => {
      await question(`echo ${TOKEN}`);
      await readyAndFocused();
      expect(await allowedInTheSameTurnAs(meanwhile)).toBe('not-armed');
      expect(await waits()).toBe(true);
    },
  );

  test('not for the next question, which came under the hand', async () => {
    await question('echo first');
    answers.push(paired.gateway.exec('echo second'));
    await paired.prompt.getByText('1 more waiting').waitFor();
    await readyAndFocused();
    expect(await allowedInTheSameTurnAs('denied')).toBe('not-armed');
    await paired.prompt.getByText('second').first().waitFor();
  });

  test('not while the end of the command was never in view, however long it is looked at', async () => {
    await question(Array.from({ length: 120 }, (_, n) => `echo line-${n}`).join('; '));
    await focus(paired.app, 'prompt');
    await paired.prompt.getByText('Scroll to the end of the command first').waitFor();
    expect(await allowedInTheSameTurnAs('nothing')).toBe('not-armed');
    await paired.prompt.keyboard.press('End');
    await ready();
    expect(await allowedInTheSameTurnAs('nothing')).toBe('allowed');
  });

  test('not while the person looks elsewhere, however long', async () => {
    await paired.app.setFocus(paired.prompt, false);
    await question('echo hello');
    await paired.prompt.getByText('Click this window first').waitFor();
    expect(await allowedInTheSameTurnAs('nothing')).toBe('not-armed');
  });
});

describe('a press that was not meant', () => {
  let answer: Promise<ExecResult>;
  beforeEach(async () => {
    await paired.app.setFocus(paired.prompt, false);
    ({ answer } = await ask(paired, 'echo hello'));
  });

  test.each(['Enter', 'Escape'])('%s, to whatever was there before: it means no', async (key) => {
    await readyAndFocused();
    await paired.prompt.keyboard.press(key);
    expect(await answer).toMatchObject({ outcome: 'denied-before-execution' });
  });

  describe('leaves the question open:', () => {
    afterEach(async () => {
      expect(await waits()).toBe(true);
      await deny(paired);
      expect(await answer).toMatchObject({ outcome: 'denied-before-execution' });
    });

    test('Command-Return, held down since before', async () => {
      const { keyboard } = paired.prompt;
      await keyboard.down('Meta');
      await keyboard.down('Enter');
      await readyAndFocused();
      // The same key again, without a release: the keyboard repeats it.
      await keyboard.down('Enter');
      await keyboard.up('Enter');
      await keyboard.up('Meta');
    });

    test('a click that began before the button counted', async () => {
      await focus(paired.app, 'prompt');
      await paired.app.setFocus(paired.prompt, false);
      const box = await allow().boundingBox();
      await paired.prompt.mouse.move((box?.x ?? 0) + 10, (box?.y ?? 0) + 10);
      await paired.prompt.mouse.down();
      await readyAndFocused();
      await paired.prompt.mouse.up();
    });

    test('a click that a script makes', async () => {
      await readyAndFocused();
      await paired.prompt.evaluate("document.querySelector('button.allow').click()");
      await paired.prompt.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', metaKey: true, bubbles: true }))",
      );
    });
  });
});

test('a question never takes the keyboard from where the person types', async () => {
  await paired.app.tray.click('open-settings');
  const settings = await windowOf(paired.app, 'settings');
  await paired.app.setFocus(settings, true);
  const focused = () =>
    paired.app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .filter((window) => window.isFocused())
        .map(({ webContents }) => webContents.getURL())
        .join(),
    );
  await expect.poll(focused).toBe('latchkey://settings/index.html');
  const { answer } = await ask(paired, 'echo hello');
  expect(await focused()).toBe('latchkey://settings/index.html');
  await paired.app.tray.click('show-prompt');
  expect(await focused()).toBe('latchkey://settings/index.html');
  await deny(paired);
  await answer;
});
