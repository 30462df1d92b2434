import { describe, expect, it } from 'vitest';

import { countdown, duration, fileSize, moment } from '../../renderer/shared/format.ts';

describe('times and sizes', () => {
  it.each([
    [102_000, '1:42'],
    [59_001, '1:00'],
    [900, '0:01'],
    [0, '0:00'],
    [-5000, '0:00'],
  ])('%i ms are left as %s', (ms, shown) => {
    expect(countdown(ms)).toBe(shown);
  });

  it.each([
    [120_000, 'en', '2 minutes'],
    [60_000, 'ko', '1분'],
    [90_000, 'en', '90 seconds'],
  ])('%i ms in %s are %s', (ms, locale, shown) => {
    expect(duration(ms, locale)).toBe(shown);
  });

  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [18_400_000, '18.4 MB'],
    [5e15, '5,000,000 GB'],
  ])('%i bytes are %s', (bytes, shown) => {
    expect(fileSize(bytes, 'en')).toBe(shown);
  });

  const now = new Date(2026, 10, 21, 14, 32).getTime();
  it.each([
    [new Date(2026, 10, 21, 10, 5), '10:05'],
    [new Date(2026, 10, 12, 10, 5), '12 Nov, 10:05'],
    [new Date(2025, 10, 12, 10, 5), '12 Nov 2025, 10:05'],
  ])('%s is said as %s', (then, shown) => {
    expect(moment(then.getTime(), now, 'en-GB')).toBe(shown);
  });
});
