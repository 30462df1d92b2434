import type * as Electron from 'electron';

import { strict, unsupported } from '../shared/strict.ts';
import { StrictEmitter } from './strict-emitter.ts';

/** What belongs to the machine. Tests emit its events and answer for its person through the driver's hook. */

/** Nothing here listens to the machine: `powerMonitor.emit('suspend')` is how a test puts it to sleep. */
class PowerMonitor extends StrictEmitter {
  constructor() {
    super('powerMonitor', ['suspend', 'resume', 'lock-screen', 'unlock-screen']);
  }
}
export const powerMonitor = new PowerMonitor();

/** A machine without Touch ID, as most are that run this. */
type TouchId = Pick<Electron.SystemPreferences, 'canPromptTouchID' | 'promptTouchID'>;
export const systemPreferences = strict<TouchId>('systemPreferences', {
  canPromptTouchID: () => false,
  promptTouchID: () => Promise.reject(new Error('This machine has no Touch ID')),
});

let copied = '';
type Clipboard = Pick<Electron.Clipboard, 'readText' | 'writeText'>;
export const clipboard = strict<Clipboard>('clipboard', {
  writeText(text) {
    copied = text;
    return Promise.resolve();
  },
  readText: () => Promise.resolve(copied),
});

/** Without the driver's hook there is nobody to open a page or to answer a question. */
export const shell = strict('shell', {
  openExternal: (url: string): Promise<void> =>
    Promise.reject(unsupported(`shell.openExternal('${url}') without a test`)),
});
export const dialog = strict('dialog', {
  showMessageBox: (): Promise<never> => Promise.reject(unsupported('dialog.showMessageBox without a test')),
  showSaveDialog: (): Promise<never> => Promise.reject(unsupported('dialog.showSaveDialog without a test')),
});

const shortcuts = new Map<string, () => void>();
type Shortcuts = Pick<Electron.GlobalShortcut, 'isRegistered' | 'register' | 'unregister' | 'unregisterAll'>;
export const globalShortcut = strict<Shortcuts>('globalShortcut', {
  register(accelerator, callback) {
    if (shortcuts.has(accelerator)) return false;
    shortcuts.set(accelerator, callback);
    return true;
  },
  isRegistered: (accelerator) => shortcuts.has(accelerator),
  unregister: (accelerator) => void shortcuts.delete(accelerator),
  unregisterAll: () => shortcuts.clear(),
});
