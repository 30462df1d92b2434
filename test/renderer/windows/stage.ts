import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright';

import { PAGE_HEADERS, pageFile } from '../../../main/app/page-files.ts';
import { contract, entriesOf, type Envelope, type WindowRole } from '../../../main/ipc/contract.ts';
import type { IncidentView } from '../../../main/ipc/incident-view.ts';
import type { PairingView } from '../../../main/ipc/pairing-view.ts';
import type { PromptBoard } from '../../../main/ipc/prompt-view.ts';
import type { SettingsView } from '../../../main/ipc/settings-view.ts';

export interface Views {
  readonly prompt: PromptBoard;
  readonly pairing: PairingView;
  readonly settings: SettingsView;
  readonly incident: IncidentView;
}

/** What a window said to main: `decide`, `{"id":…}`. */
interface Said {
  readonly name: string;
  readonly argument: unknown;
}

export interface Look {
  readonly scheme?: 'light' | 'dark';
  readonly scale?: number;
  readonly pixelRatio?: number;
  readonly width?: number;
  readonly height?: number;
  readonly contrast?: 'more' | 'no-preference';
  readonly nowMs?: number;
}

export interface Shown<R extends WindowRole> {
  readonly page: Page;
  /** Console errors, CSP violations and exceptions so far: each one is a failure. */
  readonly complaints: string[];
  readonly said: () => Promise<Said[]>;
  tell(view: Views[R]): Promise<void>;
  /** What main answers to a call from now on. */
  answer(name: string, envelope: Envelope<unknown>): Promise<void>;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const SIZES = {
  prompt: [640, 420],
  pairing: [600, 640],
  settings: [680, 720],
  incident: [680, 760],
} as const;

/**
 * The built windows in a real Chromium, under the app's own headers, with a stand-in for main that knows the contract
 * and nothing else. For looking at a window without the app; what a person can do in the app is tested through the app.
 */
export class Stage {
  readonly #folder: string;
  readonly #server: Server;
  readonly #browser: Browser;

  private constructor(folder: string, server: Server, browser: Browser) {
    this.#folder = folder;
    this.#server = server;
    this.#browser = browser;
  }

  static async open(): Promise<Stage> {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-windows-'));
    await build({
      entryPoints: Object.keys(contract).flatMap((role) =>
        ['ts', 'css'].map((ending) => join(root, 'renderer', role, `${role}.${ending}`)),
      ),
      outdir: folder,
      outbase: join(root, 'renderer'),
      bundle: true,
      platform: 'browser',
      format: 'esm',
      target: 'chrome140',
      logLevel: 'warning',
    });
    const server = createServer((request, response) => {
      // The app's own map of files decides what there is.
      const file = pageFile(`latchkey:/${request.url ?? ''}`);
      // A browser asks for a favicon, the app does not: no content is no complaint.
      if (file === null) response.writeHead(request.url === '/favicon.ico' ? 204 : 404, PAGE_HEADERS).end();
      else {
        const from = file.path.endsWith('.html') ? join(root, 'renderer') : folder;
        const bytes = readFileSync(join(from, file.path));
        response.writeHead(200, { ...PAGE_HEADERS, 'Content-Type': file.type }).end(bytes);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({
      executablePath: process.env['LATCHKEY_CHROMIUM'] ?? '/usr/bin/chromium',
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    return new Stage(folder, server, browser);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Opens a window that shows this view. Its clock stands still at `nowMs` where that is given. */
  async show<R extends WindowRole>(role: R, view: Views[R], look: Look = {}): Promise<Shown<R>> {
    const [width, height] = SIZES[role];
    const context = await this.#browser.newContext({
      viewport: { width: look.width ?? width, height: look.height ?? height },
      deviceScaleFactor: look.pixelRatio ?? 1,
      colorScheme: look.scheme ?? 'light',
      contrast: look.contrast ?? 'no-preference',
      locale: view.language === 'ko' ? 'ko-KR' : 'en-GB',
      timezoneId: 'UTC',
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() !== 'log') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    if (look.nowMs !== undefined) {
      await page.clock.install({ time: look.nowMs - 60_000 });
      await page.clock.pauseAt(look.nowMs);
    }
    const names = Object.entries(entriesOf(role));
    await page.addInitScript(standInForMain, {
      view: checked(role, view),
      calls: names.filter(([, { kind }]) => kind === 'invoke').map(([name]) => name),
    });
    // Kept by the window itself after Command-Plus.
    await page.addInitScript(`localStorage.setItem('text-size', '${look.scale ?? 1}')`);
    const { port } = this.#server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/${role}/index.html`);
    await page.locator('main > *').first().waitFor({ state: 'attached' });
    return {
      page,
      complaints,
      said: () => page.evaluate<Said[]>('standIn.said'),
      tell: async (next) => {
        await page.evaluate(`standIn.tell(${JSON.stringify(checked(role, next))})`);
      },
      answer: async (name, envelope) => {
        await page.evaluate(`standIn.answers[${JSON.stringify(name)}] = ${JSON.stringify(envelope)}`);
      },
      close: () => context.close(),
    };
  }
}

/** A state that main could never send proves nothing. */
const checked = <R extends WindowRole>(role: R, view: Views[R]): unknown =>
  contract[role].changed.payload.parse(view);

/** Runs in the page, before its own script. */
function standInForMain({ view, calls }: { view: unknown; calls: readonly string[] }): void {
  const said: Said[] = [];
  const answers: Record<string, unknown> = {};
  let listener: (view: unknown) => void = () => undefined;
  const call = (name: string) => (argument: unknown) => {
    if (name !== 'current') said.push({ name, argument });
    const usual = { ok: true, value: name === 'current' ? view : undefined };
    return Promise.resolve(structuredClone(answers[name] ?? usual));
  };
  Object.assign(globalThis, {
    latchkey: {
      ...Object.fromEntries(calls.map((name) => [name, call(name)])),
      onChanged: (next: (view: unknown) => void) => {
        listener = next;
        return () => undefined;
      },
    },
    standIn: { said, answers, tell: (next: unknown) => listener(next) },
  });
}
