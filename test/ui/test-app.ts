import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from 'playwright';
import { inject } from 'vitest';

import type { WindowRole } from '../../main/ipc/contract.ts';
import type { ExecOptions, ExecResult } from '../gateway-practice/exec-call.ts';
import {
  type PracticeGateway,
  type PracticeGatewayOptions,
  startPracticeGateway,
} from '../gateway-practice/practice-gateway.ts';
import { launchApp, type LaunchOptions, type RunningApp } from './driver/launch.ts';
import { until } from './driver/until.ts';
import { pair, windowOf } from './pair.ts';

export { windowOf };

export interface TestApp {
  readonly app: RunningApp;
  /** The app's userData. */
  readonly stateDir: string;
  /** Fails when a page complained about something that no test expected. */
  readonly close: () => Promise<void>;
}

/** The app with a state folder of its own. `beforeAll` takes what `close` is for. */
export async function startApp(options: Partial<LaunchOptions> = {}): Promise<TestApp> {
  const stateDir = options.stateDir ?? newFolder();
  const app = await launchApp({
    standin: inject('standin'),
    ...options,
    stateDir,
    args: ['--memory-secrets', '--lang=en-US', ...(options.args ?? [])],
  });
  const close = async () => {
    await app.close();
    rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 });
  };
  return { app, stateDir, close };
}

export const newFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-app-')));

export interface PairedApp extends TestApp {
  readonly gateway: PracticeGateway;
  readonly prompt: Page;
}

/** The app, paired through its window with a practice gateway that passes commands to it. */
export async function startPairedApp(options: Partial<PracticeGatewayOptions> = {}): Promise<PairedApp> {
  const gateway = await startPracticeGateway({ probes: false, ...options });
  const started = await startApp();
  await pair(started.app, gateway);
  const close = async () => {
    await started.close();
    await gateway.stop();
  };
  return { ...started, gateway, prompt: await windowOf(started.app, 'prompt'), close };
}

/** A question on the screen, and the agent's answer to come. Wrapped, since awaiting a promise would await its promise. */
export async function ask(
  { gateway, prompt }: PairedApp,
  command: string,
  options?: ExecOptions,
): Promise<{ readonly answer: Promise<ExecResult> }> {
  const answer = gateway.exec(command, options);
  await prompt.getByRole('button', { name: 'Deny', exact: true }).waitFor();
  return { answer };
}

export const deny = ({ prompt }: PairedApp): Promise<void> =>
  prompt.getByRole('button', { name: 'Deny', exact: true }).click();

/** Ends a pause, and waits until questions can be asked again. */
export async function resume({ app }: PairedApp): Promise<void> {
  await app.tray.click('resume');
  await until('the end of the pause', async () => (await app.tray.menu()).some(({ id }) => id === 'pause'));
}

/** The person clicks into the prompt, reads it to its end, waits and allows it. */
export async function allowOnce({ app, prompt }: PairedApp): Promise<void> {
  await focus(app, 'prompt');
  await prompt.locator('button.allow[aria-disabled="false"]').click();
}

export const focus = (app: RunningApp, role: WindowRole): Promise<void> =>
  app.electron.evaluate(({ BrowserWindow }, wanted) => {
    const isWanted = ({ webContents }: Electron.BrowserWindow) => webContents.getURL().startsWith(wanted);
    BrowserWindow.getAllWindows().find(isWanted)?.focus();
  }, `latchkey://${role}/`);

/** Whether the person sees the prompt. */
export const promptIsVisible = ({ app }: Pick<TestApp, 'app'>): Promise<boolean> =>
  app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some(
      (window) => window.isVisible() && window.webContents.getURL().startsWith('latchkey://prompt/'),
    ),
  );
