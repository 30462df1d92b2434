import { EventEmitter } from 'node:events';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { endCleanly } from '../../main/app/lifecycle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Electron's way to quit: ask, and go unless somebody objects. */
class FakeApp extends EventEmitter {
  gone = 0;
  quit = () => {
    const objections: true[] = [];
    this.emit('before-quit', { preventDefault: () => objections.push(true) });
    if (objections.length === 0) this.gone += 1;
  };
}

describe('the end of the app', () => {
  it('waits for what has to be ended, once, however often it is asked for', async () => {
    const app = new FakeApp();
    let ended = 0;
    let finish: () => void = () => undefined;
    endCleanly(app, () => {
      ended += 1;
      return new Promise((resolve) => (finish = resolve));
    });
    app.quit();
    app.quit();
    expect({ ended, gone: app.gone }).toEqual({ ended: 1, gone: 0 });
    finish();
    await vi.advanceTimersByTimeAsync(0);
    expect({ ended, gone: app.gone }).toEqual({ ended: 1, gone: 1 });
  });

  it.each([
    ['fails', () => Promise.reject(new Error('no'))],
    ['never comes', () => new Promise<void>(() => undefined)],
  ])('comes all the same when ending %s', async (_how, end) => {
    const app = new FakeApp();
    endCleanly(app, end);
    app.quit();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(app.gone).toBe(1);
  });

  it('is not the end of the last window', () => {
    const app = new FakeApp();
    endCleanly(app, () => Promise.resolve());
    expect(app.listenerCount('window-all-closed')).toBe(1);
  });
});
