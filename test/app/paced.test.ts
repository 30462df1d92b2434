import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { onceATurn, paced } from '../../main/app/paced.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('does what was asked for many times in a turn once, when the turn is over', async () => {
  const work = vi.fn();
  const ask = onceATurn(work);
  for (let i = 0; i < 1000; i += 1) ask();
  expect(work).not.toHaveBeenCalled();
  await Promise.resolve();
  expect(work).toHaveBeenCalledTimes(1);
  ask();
  await Promise.resolve();
  expect(work).toHaveBeenCalledTimes(2);
});

it('does the first at once, and a burst after it once more', () => {
  const work = vi.fn();
  const ask = paced(work, 50);
  for (let i = 0; i < 1000; i += 1) ask();
  expect(work).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(50);
  expect(work).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1000);
  expect(work).toHaveBeenCalledTimes(2);
});

it('leaves nothing out that was asked for last, and keeps its pace in a burst that goes on', () => {
  let now = 0;
  const seen: number[] = [];
  const ask = paced(() => seen.push(now), 50);
  for (now = 1; now <= 100; now += 1) {
    ask();
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(100);
  expect(seen.at(0)).toBe(1);
  expect(seen.length).toBeLessThan(25);
  expect(now).toBe(101);
  ask();
  expect(seen.at(-1)).toBe(101);
});

it('goes on after work that failed', () => {
  let fails = true;
  const work = vi.fn(() => {
    if (fails) throw new Error('once');
  });
  const ask = paced(work, 50);
  expect(ask).toThrow('once');
  fails = false;
  ask();
  vi.advanceTimersByTime(50);
  expect(work).toHaveBeenCalledTimes(2);
});
