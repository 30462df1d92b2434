import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { ExecResult } from '../gateway-practice/exec-call.ts';
import {
  allowOnce,
  ask,
  newFolder,
  type PairedApp,
  promptIsVisible,
  startPairedApp,
  windowOf,
} from './test-app.ts';

const evaluateOnPrompt = (
  { app }: PairedApp,
  act: 'close' | 'forcefullyCrashRenderer' | 'destroy',
): Promise<void> =>
  app.electron.evaluate(({ BrowserWindow }, name) => {
    const prompt = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().startsWith('latchkey://prompt/'),
    );
    if (name === 'forcefullyCrashRenderer') prompt?.webContents.forcefullyCrashRenderer();
    else prompt?.[name]();
  }, act);

/** Well before anything else would end it. */
const SOON_MS = 5000;

const soon = async (answer: Promise<ExecResult>) => {
  const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), SOON_MS).unref());
  const first = await Promise.race([answer, late]);
  return first === 'late' ? first : first.outcome;
};

const folder = newFolder();
const ran = join(folder, 'ran');
afterEach(() => expect(existsSync(ran)).toBe(false));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a question is answered no at once, and the next one is shown, after', () => {
  let paired: PairedApp;
  beforeAll(async () => {
    paired = await startPairedApp();
  });
  afterAll(() => paired.close());

  const ends: readonly [string, () => Promise<unknown>][] = [
    ['its window is closed', () => evaluateOnPrompt(paired, 'close')],
    ['its window is destroyed', () => evaluateOnPrompt(paired, 'destroy')],
    ['its page crashes', () => evaluateOnPrompt(paired, 'forcefullyCrashRenderer')],
    ['the screen is locked', () => paired.app.person.power('lock-screen')],
    ['the person pauses', () => paired.app.tray.click('pause')],
  ];
  test.each(ends)('%s', async (_how, end) => {
    const prompt = await windowOf(paired.app, 'prompt');
    const { answer } = await ask({ ...paired, prompt }, `touch ${ran}`);
    await end();
    expect(await soon(answer)).toBe('denied-before-execution');
    if ((await paired.app.tray.menu()).some(({ id }) => id === 'resume'))
      await paired.app.tray.click('resume');

    const next = { ...paired, prompt: await windowOf(paired.app, 'prompt') };
    const { answer: second } = await ask(next, 'echo two');
    expect(await promptIsVisible(next)).toBe(true);
    await allowOnce(next);
    expect(await soon(second)).toBe('finished');
  });
});

describe('nothing runs, and the question is over, when', () => {
  const ends: readonly [string, 'app stays' | 'app ends', (paired: PairedApp) => unknown][] = [
    ['the Mac sleeps', 'app stays', ({ app }) => app.person.power('suspend')],
    ['the connection is lost', 'app stays', ({ gateway }) => gateway.cut()],
    [
      'the app quits',
      'app ends',
      ({ app }) => app.electron.evaluate(({ app: running }) => running.quit()).catch(() => undefined),
    ],
    ['main is killed', 'app ends', ({ app }) => app.electron.process().kill('SIGKILL')],
  ];
  test.each(ends)('%s: the %s', async (_how, afterwards, end) => {
    const paired = await startPairedApp();
    const { answer } = await ask(paired, `touch ${ran}`);
    await end(paired);
    expect(['denied-before-execution', 'outcome-unknown']).toContain(await soon(answer));
    if (afterwards === 'app ends') {
      await paired.app.exited;
      await paired.gateway.stop();
      return;
    }
    const waits = async () => (await paired.app.tray.menu()).some(({ id }) => id === 'show-prompt');
    await expect.poll(waits).toBe(false);
    await paired.close();
  });
});
