import type * as Electron from 'electron';

import { strict, unsupported } from '../shared/strict.ts';
import { record } from './control.ts';
import { openWindows } from './open-windows.ts';
import { appPath, getPath, manifest, setPath, switches } from './paths.ts';
import { takeSingleInstanceLock } from './single-instance.ts';
import { electronEvent, StrictEmitter } from './strict-emitter.ts';

const EVENTS = [
  'ready',
  'activate',
  'before-quit',
  'will-quit',
  'quit',
  'window-all-closed',
  'web-contents-created',
  'second-instance',
  'open-url',
  'render-process-gone',
  'child-process-gone',
] as const;

/** Kept by the operating system on a Mac; here only until the app ends. */
const LOGIN_ITEM: Electron.LoginItemSettings = {
  openAtLogin: false,
  wasOpenedAtLogin: false,
  status: 'not-registered',
  executableWillLaunchAtLogin: false,
  launchItems: [],
};

type Supported = Pick<
  Electron.App,
  | 'enableSandbox'
  | 'exit'
  | 'getAppPath'
  | 'getLocale'
  | 'getLoginItemSettings'
  | 'getName'
  | 'getPath'
  | 'getPreferredSystemLanguages'
  | 'getVersion'
  | 'isPackaged'
  | 'isReady'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setActivationPolicy'
  | 'setAsDefaultProtocolClient'
  | 'setLoginItemSettings'
  | 'setName'
  | 'setPath'
  | 'whenReady'
>;

class App extends StrictEmitter implements Supported {
  readonly isPackaged = false;
  readonly dock = strict('app.dock', { hide: () => record('app.dock.hide') });
  readonly commandLine = strict('app.commandLine', {
    appendSwitch: (name: string, value = ''): void => void switches.set(name, value),
    hasSwitch: (name: string): boolean => switches.has(name),
  });
  #name = manifest.productName ?? manifest.name;
  #loginItem = LOGIN_ITEM;
  #isReady = false;
  #resolveReady = (): void => undefined;
  readonly #ready = new Promise<void>((resolve) => (this.#resolveReady = resolve));
  #quitting = false;
  #exiting = false;
  #closeChromium = (): Promise<void> => Promise.resolve();

  constructor() {
    super('app', EVENTS);
  }

  /** Internal: Chromium runs. */
  becomeReady(closeChromium: () => Promise<void>): void {
    this.#closeChromium = closeChromium;
    this.#isReady = true;
    this.emit('ready', electronEvent(), {});
    this.#resolveReady();
  }

  /** Internal: a window is gone, perhaps the last one. */
  windowClosed(): void {
    if (this.#quitting || openWindows().length > 0) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  whenReady(): Promise<void> {
    return this.#ready;
  }
  isReady(): boolean {
    return this.#isReady;
  }

  quit(): void {
    if (this.#quitting) return;
    if (!this.#isReady) {
      this.exit();
      return;
    }
    const asked = electronEvent();
    this.emit('before-quit', asked);
    if (asked.defaultPrevented) return;
    this.#quitting = true;
    for (const window of openWindows()) {
      if (window.tryClose()) continue;
      this.#quitting = false; // the window refused
      return;
    }
    void Promise.all(openWindows().map((window) => window.gone)).then(() => {
      const last = electronEvent();
      this.emit('will-quit', last);
      if (last.defaultPrevented) this.#quitting = false;
      else this.exit();
    });
  }

  exit(code = 0): void {
    if (this.#exiting) return;
    this.#exiting = true;
    this.emit('quit', electronEvent(), code);
    void this.#closeChromium().finally(() => process.exit(code));
  }

  getName(): string {
    return this.#name;
  }
  setName(name: string): void {
    this.#name = name;
  }
  getVersion(): string {
    return manifest.version;
  }
  getAppPath(): string {
    return appPath;
  }
  getPath(name: string): string {
    return getPath(name);
  }
  setPath(name: string, path: string): void {
    setPath(name, path);
  }
  getLocale(): string {
    if (!this.#isReady) return '';
    return switches.get('lang') ?? 'en-US';
  }
  getPreferredSystemLanguages(): string[] {
    return [switches.get('lang') ?? 'en-US'];
  }

  requestSingleInstanceLock(data?: unknown): boolean {
    return takeSingleInstanceLock(getPath('userData'), data, (greeting) => {
      this.emit('second-instance', electronEvent(), greeting.argv, greeting.cwd, greeting.data);
    });
  }

  /** Windows are refused without `sandbox: true` anyway. */
  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    record('app.enableSandbox');
  }
  setActivationPolicy(policy: 'regular' | 'accessory' | 'prohibited'): void {
    record('app.setActivationPolicy', policy);
  }
  setAsDefaultProtocolClient(protocol: string): boolean {
    record('app.setAsDefaultProtocolClient', protocol);
    return true;
  }

  getLoginItemSettings(): Electron.LoginItemSettings {
    return { ...this.#loginItem };
  }
  setLoginItemSettings(settings: Electron.Settings): void {
    const { openAtLogin = false, ...others } = settings;
    const [other] = Object.keys(others);
    if (other !== undefined) throw unsupported(`app.setLoginItemSettings({ ${other} })`);
    const status = openAtLogin ? 'enabled' : 'not-registered';
    this.#loginItem = { ...LOGIN_ITEM, openAtLogin, status, executableWillLaunchAtLogin: openAtLogin };
  }
}

export const app = new App();
