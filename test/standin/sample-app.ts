import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from 'playwright';
import { inject } from 'vitest';

import { launchApp, type LaunchOptions, type RunningApp } from '../ui/driver/launch.ts';
import { until } from '../ui/driver/until.ts';

export interface Sample {
  readonly app: RunningApp;
  readonly page: Page;
}

declare global {
  /** sample/main.ts puts its diary here. */
  var sampleLog: string[];
}

export const sampleDir = (): string => join(inject('work'), 'sample');
export const newStateDir = (): Promise<string> => mkdtemp(join(inject('work'), 'state-'));
export const builtInWork = (name = 'standin'): string => join(inject('work'), name);

/** The sample app, launched as any app would be. */
export async function launchSample(options: Partial<LaunchOptions> = {}): Promise<Sample> {
  const stateDir = await newStateDir();
  const app = await launchApp({ stateDir, appDir: sampleDir(), standin: builtInWork(), ...options });
  return { app, page: await app.window(/^app:\/\/sample\/index\.html/) };
}

export const sampleLog = (app: RunningApp): Promise<readonly string[]> =>
  app.electron.evaluate(() => globalThis.sampleLog);

export const untilLogged = async (app: RunningApp, line: string): Promise<void> => {
  await until(`'${line}' in the log`, async () => (await sampleLog(app)).includes(line));
};

/** Brings the window to a page of the app, as main does, and waits until the test's side is there too. */
export async function show({ app, page }: Sample, path: string): Promise<void> {
  const wanted = `app://sample/${path}`;
  await app.electron.evaluate(
    async ({ BrowserWindow }, url) => BrowserWindow.getAllWindows()[0]?.loadURL(url),
    wanted,
  );
  await page.waitForURL(() => app.urlOf(page) === wanted);
}
