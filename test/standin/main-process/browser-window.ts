import { isAbsolute } from 'node:path';

import type * as Electron from 'electron';

import { app } from './app.ts';
import { record } from './control.ts';
import type { NativeImage } from './native-image.ts';
import { addWindow, openWindows, removeWindow } from './open-windows.ts';
import { electronEvent, StrictEmitter } from './strict-emitter.ts';
import { WebContents } from './web-contents.ts';
import { checkWindowOptions } from './window-options.ts';

type Level = Parameters<Electron.BrowserWindow['setAlwaysOnTop']>[1];
type Supported = Pick<
  Electron.BrowserWindow,
  | 'blur'
  | 'center'
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getBounds'
  | 'getTitle'
  | 'hide'
  | 'id'
  | 'isAlwaysOnTop'
  | 'isContentProtected'
  | 'isDestroyed'
  | 'isFocused'
  | 'isVisible'
  | 'loadURL'
  | 'moveTop'
  | 'setAlwaysOnTop'
  | 'setBounds'
  | 'setContentProtection'
  | 'setContentSize'
  | 'setSize'
  | 'setTitle'
  | 'setVisibleOnAllWorkspaces'
  | 'show'
  | 'showInactive'
>;

const DEFAULTS = { width: 800, height: 600, x: 0, y: 0, show: true };
let lastId = 0;
let focused: BrowserWindow | null = null;

/**
 * A window whose place on the screen, focus and visibility are only known, not seen; its page is real. Methods marked
 * internal are for the rest of the stand-in.
 */
export class BrowserWindow extends StrictEmitter implements Supported {
  readonly id: number;
  readonly webContents: WebContents;
  /** Internal: resolves when the window is destroyed and its page gone. */
  readonly gone: Promise<void>;
  #reportGone = (): void => undefined;
  #bounds: Electron.Rectangle;
  #title: string;
  #visible: boolean;
  #alwaysOnTop: boolean;
  #contentProtected = false;
  #closing = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow', ['show', 'hide', 'focus', 'blur', 'moved', 'close', 'closed', 'ready-to-show']);
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    checkWindowOptions(options);
    const preload = options.webPreferences?.preload;
    if (preload !== undefined && !isAbsolute(preload))
      throw new Error('preload script must have absolute path');

    const { width, height, x, y, show } = { ...DEFAULTS, ...options };
    this.id = lastId += 1;
    this.#bounds = { width, height, x, y };
    this.#title = options.title ?? app.getName();
    this.#visible = show;
    this.#alwaysOnTop = options.alwaysOnTop ?? false;
    this.gone = new Promise((resolve) => (this.#reportGone = resolve));
    addWindow(this);
    this.webContents = new WebContents(this.id, { width, height }, preload);
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show', electronEvent()));
    this.webContents.whenClosed(() => this.#destroyIfThere());
    app.emit('web-contents-created', electronEvent(), this.webContents);
  }

  static getAllWindows(): BrowserWindow[] {
    return openWindows();
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return openWindows().find((window) => window.webContents === contents) ?? null;
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.load(url);
  }
  capturePage(): Promise<NativeImage> {
    return this.webContents.capturePage();
  }

  /** Internal: as close(), and says whether the app let it happen. */
  tryClose(): boolean {
    if (this.#closing) return true;
    const event = electronEvent();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    this.#closing = true;
    setImmediate(() => this.#destroyIfThere());
    return true;
  }
  close(): void {
    this.tryClose();
  }
  #destroyIfThere(): void {
    if (!this.isDestroyed()) this.destroy();
  }
  destroy(): void {
    const contents = this.webContents;
    this.blur();
    removeWindow(this);
    this.becomeDestroyed();
    void contents.end().then(this.#reportGone);
    this.emit('closed');
    app.windowClosed();
  }

  show(): void {
    this.showInactive();
    this.focus();
  }
  showInactive(): void {
    if (this.#visible) return;
    this.#visible = true;
    this.emit('show');
  }
  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.emit('hide');
    this.blur();
  }
  /** Focus is exclusive among the app's windows; a test takes it from all of them with blur(). */
  focus(): void {
    if (focused === this || !this.#visible) return;
    focused?.blur();
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- at most one window has the focus
    focused = this;
    this.emit('focus');
  }
  blur(): void {
    if (focused !== this) return;
    focused = null;
    this.emit('blur');
  }
  isVisible(): boolean {
    return this.#visible;
  }
  isFocused(): boolean {
    return focused === this;
  }

  getTitle(): string {
    return this.#title;
  }
  setTitle(title: string): void {
    this.#title = title;
  }

  getBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const { x, y } = this.#bounds;
    this.#bounds = { ...this.#bounds, ...bounds };
    void this.webContents.resize(this.#bounds);
    if (this.#bounds.x !== x || this.#bounds.y !== y) this.emit('moved');
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  center(): void {
    record('window.center', this.id);
  }
  moveTop(): void {
    record('window.moveTop', this.id);
  }

  setAlwaysOnTop(flag: boolean, level?: Level): void {
    record('window.setAlwaysOnTop', this.id, flag, level);
    this.#alwaysOnTop = flag;
  }
  isAlwaysOnTop(): boolean {
    return this.#alwaysOnTop;
  }
  setVisibleOnAllWorkspaces(visible: boolean, options?: Electron.VisibleOnAllWorkspacesOptions): void {
    record('window.setVisibleOnAllWorkspaces', this.id, visible, options);
  }
  setContentProtection(enable: boolean): void {
    this.#contentProtected = enable;
  }
  isContentProtected(): boolean {
    return this.#contentProtected;
  }
}
