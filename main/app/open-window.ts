import { join } from 'node:path';

import { BrowserWindow } from 'electron';

import type { WindowRole } from '../ipc/contract.ts';
import type { IpcServer } from '../ipc/ipc-server.ts';
import { pageUrl } from '../ipc/sender.ts';
import { windowOptions } from './window-options.ts';

/** Makes a hidden window, lets its page speak in its role, and loads it. */
export type OpenWindow = (role: WindowRole) => BrowserWindow;

/** @param preloadFolder where each role's bundled preload is. */
export function windowOpener(ipc: IpcServer, preloadFolder: string, packaged: boolean): OpenWindow {
  return (role) => {
    const window = new BrowserWindow(
      windowOptions(role, { preload: join(preloadFolder, `${role}.cjs`), packaged }),
    );
    ipc.admit(window.webContents, role);
    // A failure shows as did-fail-load; whoever opened the window listens where it matters.
    window.loadURL(pageUrl(role)).catch(() => undefined);
    return window;
  };
}
