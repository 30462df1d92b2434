import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

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

/** Every way in which a question ends without an answer. */
const ends: readonly [string, (paired: PairedApp) => unknown][] = [
  ['its window is closed', (paired) => evaluateOnPrompt(paired, 'close')],
  ['its window is destroyed', (paired) => evaluateOnPrompt(paired, 'destroy')],
  ['its page crashes', (paired) => evaluateOnPrompt(paired, 'forcefullyCrashRenderer')],
  ['the screen is locked', ({ app }) => app.person.power('lock-screen')],
  ['the Mac sleeps', ({ app }) => app.person.power('suspend')],
  ['the person pauses', ({ app }) => app.tray.click('pause')],
  ['the connection is lost', ({ gateway }) => gateway.cut()],
  [
    'the app quits',
    ({ app }) => app.electron.evaluate(({ app: running }) => running.quit()).catch(() => undefined),
  ],
  ['main is killed', ({ app }) => app.electron.process().kill('SIGKILL')],
];

describe('a question', () => {
  const folder = newFolder();
  let paired: PairedApp;
  beforeEach(async () => {
    paired = await startPairedApp();
    return async () => {
      if (
        paired.app.electron.process().exitCode === null &&
        paired.app.electron.process().signalCode === null
      )
        await paired.close();
      else await paired.gateway.stop();
    };
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test.each(ends)('is a no when %s', async (_how, end) => {
    const ran = join(folder, 'ran');
    const { answer } = await ask(paired, `touch ${ran}`);
    await end(paired);
    expect((await answer).outcome).not.toBe('finished');
    expect(existsSync(ran)).toBe(false);
  });
});

test('after a crash the next question is shown in a new window', async () => {
  const paired = await startPairedApp();
  const { answer } = await ask(paired, 'echo one');
  await evaluateOnPrompt(paired, 'forcefullyCrashRenderer');
  expect(await answer).toMatchObject({ outcome: 'denied-before-execution' });
  const next = paired.gateway.exec('echo two');
  await expect.poll(() => promptIsVisible(paired)).toBe(true);
  const prompt = await windowOf(paired.app, 'prompt');
  await allowOnce({ ...paired, prompt });
  expect(await next).toMatchObject({ outcome: 'finished' });
  await paired.close();
});
