import type { Chromium } from './chromium.ts';

let running: Chromium | null = null;

export const setChromium = (started: Chromium): void => void (running = started);

/** @throws before the app is ready */
export function chromium(): Chromium {
  if (running === null) throw new Error('Chromium is not running yet');
  return running;
}
