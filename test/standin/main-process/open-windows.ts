import type { Page } from 'playwright';

import type { BrowserWindow } from './browser-window.ts';

/** Windows that are not destroyed, in order of creation. */
const open = new Set<BrowserWindow>();

export const openWindows = (): BrowserWindow[] => [...open];
export const addWindow = (window: BrowserWindow): void => void open.add(window);
export const removeWindow = (window: BrowserWindow): void => void open.delete(window);
export const windowOfPage = (page: Page): BrowserWindow | undefined =>
  [...open].find((window) => window.webContents.shows(page));
