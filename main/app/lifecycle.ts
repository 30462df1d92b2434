/** What this needs of Electron's `app`. */
export interface Quitting {
  on(event: 'window-all-closed', listener: () => void): unknown;
  on(event: 'before-quit', listener: (event: { preventDefault: () => void }) => void): unknown;
  quit(): void;
}

/** How long the end may take before it is made to end, in milliseconds. Commands that run are ended within it. */
const PATIENCE_MS = 10_000;

/** Runs `end` once before the app goes, however it was asked to. Closing the last window is not the end. */
export function endCleanly(app: Quitting, end: () => Promise<void>): void {
  let state: 'running' | 'ending' | 'ended' = 'running';
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', (event) => {
    if (state === 'ended') return;
    event.preventDefault();
    if (state === 'ending') return;
    state = 'ending';
    void within(end(), PATIENCE_MS).then(() => {
      state = 'ended';
      app.quit();
    });
  });
}

/** Resolves when the work is over, failed or not, and at the latest after `limitMs`. */
async function within(work: Promise<void>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)));
  await Promise.race([work.catch(() => undefined), limit]);
  clearTimeout(timer);
}

/** Calls `fail` once, at the first error that nobody caught: after it, nothing in this process can be relied on. */
export function onUnexpectedError(fail: (error: unknown) => void): void {
  let failed = false;
  const once = (error: unknown) => {
    if (failed) return;
    failed = true;
    fail(error);
  };
  process.on('uncaughtException', once);
  process.on('unhandledRejection', once);
}
