import { join } from 'node:path';

import type { BrowserWindow } from 'electron';
import { _electron, type ElectronApplication, type Page } from 'playwright';

import { builtStandin, chooseElectron, projectRoot } from './electron-binary.ts';
import { PersonDriver } from './person.ts';
import { Problems } from './problems.ts';
import { TrayDriver } from './tray.ts';
import { until } from './until.ts';

export interface LaunchOptions {
  /** The app's userData; each app needs one of its own. */
  readonly stateDir: string;
  readonly appDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Device pixels per pixel, for screenshots. */
  readonly scale?: 1 | 2;
  /** Where the stand-in is built. */
  readonly standin?: string;
}

/** How a frame that sends a forged message says who it is; as far as handlers look. */
export interface ForgedFrame {
  readonly url: string;
  readonly parent?: { readonly url: string } | null;
}

const CLOSE_TIMEOUT_MS = 10_000;
/** A machine with much else to do takes its time to start an app. */
const WINDOW_TIMEOUT_MS = 30_000;
const UNHANDLED =
  /UnhandledPromiseRejectionWarning|^Uncaught |A JavaScript error occurred in the main process/m;

/** A running app, on Electron or on the stand-in: tests cannot tell which. */
export class RunningApp {
  readonly electron: ElectronApplication;
  readonly tray: TrayDriver;
  readonly person: PersonDriver;
  readonly problems: Problems;
  /** Exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals | null>;
  #output = '';

  constructor(electron: ElectronApplication) {
    this.electron = electron;
    this.tray = new TrayDriver(electron);
    this.person = new PersonDriver(electron);
    this.problems = new Problems(electron.context());
    const child = electron.process();
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    this.exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  }

  /** What main wrote to stdout and stderr so far. */
  output(): string {
    return this.#output;
  }

  /** The app's own address of a page: `app://…`, also where the stand-in serves it by https. */
  urlOf(page: Page): string {
    return page.url().replace(/^https:\/\/([^/]+)\.([a-z0-9+-]+)-scheme\.test/, '$2://$1');
  }

  /** Waits for a living window whose address or title matches, loaded. */
  window(match: RegExp): Promise<Page> {
    const find = async () => {
      for (const page of this.electron.windows()) {
        if (page.url() === 'about:blank') continue; // its title names what is being loaded
        const title = await page.title().catch(() => undefined); // crashed or just closed
        if (title === undefined || !(match.test(this.urlOf(page)) || match.test(title))) continue;
        await page.waitForLoadState();
        return page;
      }
      return undefined;
    };
    return until(`a window that matches ${String(match)}`, find, WINDOW_TIMEOUT_MS);
  }

  /**
   * Gives a window the keyboard or takes it away, as a person does by clicking in it or elsewhere. Clicks of Playwright
   * go to the page alone: neither Electron nor the stand-in focuses a window for them.
   */
  async setFocus(page: Page, focused: boolean): Promise<void> {
    const window = await this.electron.browserWindow(page);
    await window.evaluate((own: BrowserWindow, wanted) => (wanted ? own.focus() : own.blur()), focused);
  }

  /** Forces light or dark, and waits until each open page has heard of it. */
  async setTheme(source: 'light' | 'dark'): Promise<void> {
    await this.electron.evaluate(({ nativeTheme }, theme) => void (nativeTheme.themeSource = theme), source);
    // Playwright's own waiting evaluates text in the page, which our policy for scripts forbids.
    const query = `matchMedia('(prefers-color-scheme: ${source})').matches`;
    for (const page of this.electron.windows())
      await until(`the ${source} theme`, async () =>
        (await page.evaluate(query)) === true ? true : undefined,
      );
  }

  /** What a window shows, as PNG; with `scale: 2` at launch in twice the pixels. */
  async screenshot(page: Page, path: string): Promise<void> {
    await page.screenshot({ path, scale: 'device', animations: 'disabled' });
  }

  /** Calls an IPC handler as if `frame` had; null is a frame that is gone. */
  invokeAs(frame: ForgedFrame | null, channel: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.electron.evaluate(
      async (electron, call) => {
        const handler = globalThis.uiRecorder.handlers.get(call.channel);
        if (!handler) throw new Error(`No handler for ${call.channel}`);
        const sender = electron.BrowserWindow.getAllWindows()[0]?.webContents;
        const senderFrame = call.frame && {
          parent: null,
          detached: false,
          isDestroyed: () => false,
          ...call.frame,
        };
        const event = { sender, senderFrame, type: 'frame', processId: 1, frameId: 1 };
        return (await handler(event as unknown as Electron.IpcMainInvokeEvent, ...call.args)) as unknown;
      },
      { frame, channel, args },
    );
  }

  /** Quits; the run has failed when a page had an unexpected problem or main an error that nobody handled. */
  async close(): Promise<void> {
    const kill = setTimeout(() => this.electron.process().kill('SIGKILL'), CLOSE_TIMEOUT_MS);
    await this.electron.close();
    clearTimeout(kill);
    this.problems.check();
    if (UNHANDLED.test(this.#output)) throw new Error(`Main was not clean:\n${this.#output}`);
  }
}

export async function launchApp(options: LaunchOptions): Promise<RunningApp> {
  const standin = options.standin ?? builtStandin;
  chooseElectron(standin);
  const electron = await _electron.launch({
    args: [
      '-r',
      join(standin, 'recorder.cjs'),
      `--user-data-dir=${options.stateDir}`,
      `--force-device-scale-factor=${String(options.scale ?? 1)}`,
      options.appDir ?? projectRoot,
      ...(options.args ?? []),
    ],
    env: { ...ownEnvironment(), ...options.env },
    colorScheme: null, // nativeTheme decides
    timeout: 30_000,
  });
  return new RunningApp(electron);
}

/** Without the variable that makes Electron a plain Node; any value of it counts. */
function ownEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE');
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
