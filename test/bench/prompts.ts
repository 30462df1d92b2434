import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from 'playwright';

import { type PracticeGateway, startPracticeGateway } from '../gateway-practice/practice-gateway.ts';
import { findChromium } from '../standin/main-process/find-chromium.ts';
import { launchApp, type RunningApp } from '../ui/driver/launch.ts';
import { pair, windowOf } from '../ui/pair.ts';
import { type Series, series } from './series.ts';

const QUESTIONS = 60;
const WARM_UP = 5;

/**
 * From the request's frame, as the gateway hands it to its socket, to the question on the screen with the keyboard on
 * Deny; the floor is a word to the same window. Both end two frames later, when what changed has been painted, and both
 * are read off the system's clock, in the process where each end happens: whoever waits for it adds nothing.
 *
 * Through the whole app, on the stand-in for Electron: its way to the page, Chromium's debugging protocol, is in both.
 * Null where there is no Chromium.
 */
export async function prompts(): Promise<readonly [question: Series, floor: Series] | null> {
  if ((await findChromium().catch(() => null)) === null) return null;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-bench-')));
  const stateDir = join(folder, 'state');
  mkdirSync(stateDir, { mode: 0o700 });
  const gateway = await startPracticeGateway({ probes: false });
  const app = await launchApp({
    stateDir,
    args: ['--memory-secrets', '--lang=en-US'],
  });
  try {
    await pair(app, gateway);
    return await measured(app, gateway);
  } finally {
    await app.close();
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function measured(app: RunningApp, gateway: PracticeGateway): Promise<readonly [Series, Series]> {
  const page = await windowOf(app, 'prompt');
  const questions: number[] = [];
  const words: number[] = [];
  for (let turn = -WARM_UP; turn < QUESTIONS; turn += 1) {
    const question = await questionMs(page, gateway, `touch made-by-${String(turn)}-of-the-bench`);
    const word = await wordMs(page, app);
    if (turn < 0) continue;
    questions.push(question);
    words.push(word);
  }
  return [
    series('request to prompt painted, Deny in hand', questions, null),
    series('a word to the same window, painted', words, null),
  ];
}

/** Runs in the page: the hour of the second frame after what was waited for. */
const PAINTED = `(done) => requestAnimationFrame(() => requestAnimationFrame(() => done(Date.now())))`;

async function questionMs(page: Page, gateway: PracticeGateway, command: string): Promise<number> {
  await page.evaluate(`void (globalThis.benchPainted = new Promise((done) => {
    const shown = () =>
      document.activeElement?.matches('[role=alertdialog] button') === true &&
      document.activeElement.textContent.startsWith('Deny') &&
      document.querySelector('#command')?.textContent.includes(${JSON.stringify(command.split(' ')[1])});
    const observer = new MutationObserver(() => {
      if (!shown()) return;
      observer.disconnect();
      (${PAINTED})((at) => done(shown() ? at : NaN));
    });
    observer.observe(document.body, { subtree: true, childList: true });
  }))`);
  let sentAt = Number.NaN;
  const answer = gateway.exec(command, { beforeRun: () => void (sentAt = Date.now()) });
  const paintedAt = Number(await page.evaluate('globalThis.benchPainted'));
  await page.evaluate('document.activeElement.click()');
  const { outcome } = await answer;
  if (outcome !== 'denied-before-execution' || Number.isNaN(paintedAt))
    throw new Error(`the question was not shown and denied: ${outcome}`);
  return paintedAt - sentAt;
}

/** What the page has heard already, so that nothing comes of it. */
async function wordMs(page: Page, app: RunningApp): Promise<number> {
  await page.evaluate(`void (globalThis.benchPainted = new Promise((done) => {
    const off = latchkey.onChanged(({ revision }) => {
      if (revision !== -1) return;
      off();
      (${PAINTED})(done);
    });
  }))`);
  const sentAt = await app.electron.evaluate(({ BrowserWindow }) => {
    const isPrompt = ({ webContents }: Electron.BrowserWindow) =>
      webContents.getURL().startsWith('latchkey://prompt/');
    const window = BrowserWindow.getAllWindows().find(isPrompt);
    const now = Date.now();
    window?.webContents.send('prompt:changed', { revision: -1 });
    return now;
  });
  return Number(await page.evaluate('globalThis.benchPainted')) - sentAt;
}
