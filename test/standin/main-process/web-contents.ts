import type * as Electron from 'electron';
import type { ConsoleMessage, Frame, Page } from 'playwright';

import { encode } from '../shared/plain-data.ts';
import { strict, unsupported } from '../shared/strict.ts';
import { app } from './app.ts';
import { forgetAddress, sawAddress, urlOf, type WebFrame, webFrame } from './frames.ts';
import { type NativeImage, nativeImage } from './native-image.ts';
import { nativeTheme } from './native-theme.ts';
import { receive } from './page-messages.ts';
import { openPageSession, type PageSession } from './page-session.ts';
import { applyPermissions } from './permissions.ts';
import { chromium } from './running.ts';
import { fromBrowser, toBrowser } from './schemes.ts';
import { session } from './session.ts';
import { electronEvent, StrictEmitter } from './strict-emitter.ts';

const EVENTS = [
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'will-attach-webview',
  'render-process-gone',
  'did-finish-load',
  'did-fail-load',
  'preload-error',
  'console-message',
  'unresponsive',
  'destroyed',
];
type Supported = Pick<
  Electron.WebContents,
  'id' | 'send' | 'getURL' | 'setWindowOpenHandler' | 'isDestroyed' | 'isCrashed' | 'forcefullyCrashRenderer'
>;
type WindowOpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

const all = new Map<number, WebContents>();

/** The page of one window. */
export class WebContents extends StrictEmitter implements Supported {
  readonly id: number;
  readonly session = session.defaultSession;
  readonly #preload: string | undefined;
  readonly #opening: Promise<PageSession>;
  #opened: PageSession | null = null;
  #ownLoad: string | null = null;
  #crashed = false;
  #onWindowOpen: WindowOpenHandler | null = null;

  constructor(id: number, size: WindowSize, preload: string | undefined) {
    super('webContents', EVENTS);
    this.id = id;
    this.#preload = preload;
    all.set(id, this);
    this.#opening = this.#open(size);
    this.#opening.catch((error: unknown) => this.#fail('about:blank', error));
  }

  /** Of Electron's static methods, those that Playwright asks for. */
  static fromDevToolsTargetId(targetId: string): WebContents | undefined {
    return [...all.values()].find((contents) => contents.#opened?.targetId === targetId);
  }

  async #open(size: WindowSize): Promise<PageSession> {
    const opened = await openPageSession(size, this.#preload, {
      onMessage: (text, world) => this.#onMessage(text, world),
      onWindowOpen: ({ url, windowName, windowFeatures }) =>
        this.#onPopup(url, windowName, windowFeatures.join(',')),
    });
    const { page } = opened;
    page.on('crash', () => this.#onCrash());
    page.on('console', (message) => this.#onConsole(message));
    page.on('framenavigated', (frame) => forgetAddress(frame));
    page.on('load', () => {
      this.#crashed = false;
      void opened.applyTheme(nativeTheme.shouldUseDarkColors); // the test's Playwright may have reset it
      this.#tell('did-finish-load', electronEvent());
    });
    await opened.applyTheme(nativeTheme.shouldUseDarkColors);
    this.#opened = opened;
    return opened;
  }

  /** The page may still be heard after its window is gone; the app is not told then, as in Electron. */
  #tell(event: string, ...args: unknown[]): void {
    if (!this.isDestroyed()) this.emit(event, ...args);
  }

  #onMessage(text: string, world: number): void {
    const opened = this.#opened;
    if (opened === null || this.isDestroyed()) return;
    const isMain = opened.mainContext() === world;
    void receive(text, {
      sender: this,
      frame: (url) => this.#senderFrame(opened, isMain && opened.isAlive(world), url),
      onPreloadError: (error) => this.#tell('preload-error', electronEvent(), this.#preload, error),
      answer: (message) => {
        if (opened.isAlive(world)) opened.deliver(world, message);
      },
    });
  }

  #senderFrame(opened: PageSession, isThere: boolean, url: string): WebFrame | null {
    if (!isThere || this.isDestroyed()) return null;
    const frame = opened.page.mainFrame();
    sawAddress(frame, url);
    return webFrame(frame);
  }

  #onPopup(url: string, frameName: string, features: string): void {
    if (this.isDestroyed()) return;
    const referrer: Electron.Referrer = { url: this.getURL(), policy: 'strict-origin-when-cross-origin' };
    const details = {
      url: fromBrowser(url),
      frameName,
      features,
      disposition: 'foreground-tab',
      referrer,
    } as const;
    const { action } = this.#onWindowOpen?.(details) ?? { action: 'allow' };
    // The page itself is closed when it arrives, and never loads anything.
    if (action !== 'deny') throw unsupported(`A window opened by a page (${details.url})`);
  }

  #onCrash(): void {
    this.#crashed = true;
    if (this.isDestroyed()) return;
    const details = { reason: 'crashed', exitCode: 1 };
    this.emit('render-process-gone', electronEvent(), details);
    app.emit('render-process-gone', electronEvent(), this, details);
  }

  #onConsole(message: ConsoleMessage): void {
    const { url: sourceId, lineNumber } = message.location();
    const type = message.type();
    const level = type === 'error' || type === 'warning' || type === 'debug' ? type : 'info';
    this.#tell('console-message', electronEvent({ message: message.text(), level, lineNumber, sourceId }));
  }

  #fail(url: string, error: unknown): Error {
    const code = /net::(ERR_\w+)/.exec(String(error))?.[1] ?? 'ERR_FAILED';
    const errno = code === 'ERR_ABORTED' ? -3 : -2;
    this.#tell('did-fail-load', electronEvent(), errno, code, url, true);
    return Object.assign(new Error(`${code} (${errno}) loading '${url}'`), { code, errno, url });
  }

  /** Internal: BrowserWindow.loadURL. */
  async load(url: string): Promise<void> {
    const opened = await this.#opening;
    const target = new URL(toBrowser(url));
    if (target.protocol === 'https:')
      await applyPermissions(chromium().context, this as unknown as Electron.WebContents, url, target.origin);
    await opened.applyTheme(nativeTheme.shouldUseDarkColors);
    this.#ownLoad = target.href;
    try {
      await opened.page.goto(target.href, { waitUntil: 'load' });
    } catch (error) {
      throw this.#fail(url, error);
    } finally {
      this.#ownLoad = null;
    }
  }

  /** Internal: whether the app itself asked for this address, so that nobody is asked about the navigation. */
  isOwnLoad(browserUrl: string): boolean {
    return this.#ownLoad === browserUrl;
  }
  /** Internal */
  shows(page: Page): boolean {
    return this.#opened?.page === page;
  }
  /** Internal */
  async applyTheme(dark: boolean): Promise<void> {
    await this.#opened?.applyTheme(dark);
  }
  /** Internal */
  async resize(size: WindowSize): Promise<void> {
    const opened = await this.#opening;
    if (!this.isDestroyed()) await opened.resize(size).catch(() => undefined); // closed meanwhile
  }
  /** Internal: calls `onClose` when the page closes by itself. */
  whenClosed(onClose: () => void): void {
    void this.#opening.then(({ page }) => page.on('close', onClose), onClose);
  }
  /** Internal: everything ends; resolves when the page is gone. */
  async end(): Promise<void> {
    const opening = this.#opening;
    all.delete(this.id);
    this.becomeDestroyed();
    this.emit('destroyed');
    await opening.then(({ targetId }) => chromium().closeTarget(targetId)).catch(() => undefined); // already gone
  }

  get mainFrame(): WebFrame {
    return webFrame(this.#frame());
  }
  #frame(): Frame {
    if (this.#opened === null) throw unsupported('webContents.mainFrame before the page exists');
    return this.#opened.page.mainFrame();
  }

  getURL(): string {
    return this.#opened === null ? '' : urlOf(this.#opened.page.mainFrame());
  }
  send(channel: string, ...args: unknown[]): void {
    const message = { kind: 'event', channel, args: encode(args) } as const;
    const world = this.#opened?.mainContext() ?? null;
    if (world !== null) this.#opened?.deliver(world, message);
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#onWindowOpen = handler;
  }
  isCrashed(): boolean {
    return this.#crashed;
  }
  forcefullyCrashRenderer(): void {
    this.#opened?.crash();
  }
  async capturePage(): Promise<NativeImage> {
    const { page } = await this.#opening;
    return nativeImage.createFromBuffer(await page.screenshot());
  }
  /** As a page's own window.close(): nobody is asked. */
  close(): void {
    void this.#opening.then(({ page }) => page.close());
  }
}

/** Electron's `webContents`, for Playwright. */
export const webContents = strict('webContents', {
  fromDevToolsTargetId: (targetId: string) => WebContents.fromDevToolsTargetId(targetId),
});
