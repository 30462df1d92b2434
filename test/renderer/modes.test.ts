import { describe, expect, it } from 'vitest';

import { inShort, isLooser, type Modes } from '../../renderer/settings/modes.ts';

const modes = (security: Modes['security'], ask: Modes['ask'], askFallback: Modes['askFallback']): Modes => ({
  security,
  ask,
  askFallback,
});
const usual = modes('allowlist', 'on-miss', 'deny');

describe('three modes together', () => {
  it.each<[Modes, string[]]>([
    [modes('deny', 'always', 'full'), ['shortDeny']],
    [usual, ['shortListMiss', 'shortNoAnswer']],
    [modes('allowlist', 'off', 'deny'), ['shortListOff']],
    [modes('allowlist', 'on-miss', 'full'), ['shortListMiss', 'shortNoAnswer', 'shortUnattended']],
    [modes('allowlist', 'always', 'deny'), ['shortAlways', 'shortNoAnswer']],
    [modes('full', 'off', 'deny'), ['shortFull']],
    [modes('full', 'on-miss', 'deny'), ['shortFull']],
    [modes('full', 'always', 'allowlist'), ['shortAlways', 'shortNoAnswer', 'shortUnattended']],
  ])('%o mean %o', (given, words) => {
    expect(inShort(given)).toEqual(words);
  });

  it.each<[string, Modes, boolean]>([
    ['run more', modes('full', 'on-miss', 'deny'), true],
    ['ask less', modes('allowlist', 'off', 'deny'), true],
    ['run more where nobody is asked', modes('allowlist', 'on-miss', 'allowlist'), true],
    ['run less', modes('deny', 'on-miss', 'deny'), false],
    ['ask more', modes('allowlist', 'always', 'deny'), false],
    ['run less, but ask less too', modes('deny', 'off', 'deny'), true],
    ['are the same', usual, false],
  ])('that %s are looser: %o', (_what, next, looser) => {
    expect(isLooser(usual, next)).toBe(looser);
  });
});
