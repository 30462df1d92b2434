import type { BrowserWindowConstructorOptions } from 'electron';

import type { WindowRole } from '../ipc/contract.ts';

/** SECURITY(electron-6, 8, 9, 10): keys that loosen a page are not here at all, so nothing can set one wrongly. */
const LOCKED = {
  nodeIntegration: false, // SECURITY(electron-2)
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  contextIsolation: true, // SECURITY(electron-3)
  sandbox: true, // SECURITY(electron-4)
  webviewTag: false, // SECURITY(electron-11)
  navigateOnDragDrop: false,
  // The spelling checker downloads dictionaries.
  spellcheck: false,
} as const;

const SHAPES: Readonly<Record<WindowRole, BrowserWindowConstructorOptions>> = {
  /** A panel takes no activation from the app in front, and floats on every Space. */
  prompt: {
    type: 'panel',
    title: 'Latchkey',
    width: 640,
    height: 420,
    minWidth: 560,
    maxWidth: 680,
    minHeight: 320,
    alwaysOnTop: true,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    titleBarStyle: 'hidden',
  },
  pairing: {
    title: 'Pair with a Gateway',
    width: 600,
    height: 640,
    resizable: false,
    maximizable: false,
    fullscreenable: false,
  },
  incident: {
    title: 'Latchkey Incident',
    width: 680,
    height: 760,
    minWidth: 600,
    minHeight: 480,
    fullscreenable: false,
  },
  settings: {
    title: 'Latchkey Settings',
    width: 680,
    height: 720,
    minWidth: 600,
    minHeight: 480,
    fullscreenable: false,
  },
};

/** Everything a window is made of, written out. Hidden at first: whoever asked for it shows it when it is painted. */
export function windowOptions(
  role: WindowRole,
  { preload, packaged }: { preload: string; packaged: boolean },
): BrowserWindowConstructorOptions {
  return {
    ...SHAPES[role],
    show: false,
    // The click that brings a window to the front must not press a button in it.
    acceptFirstMouse: false,
    webPreferences: {
      ...LOCKED,
      preload,
      devTools: !packaged,
      // The prompt is kept warm while hidden, and has to follow at once when a question comes.
      backgroundThrottling: role !== 'prompt',
    },
  };
}
