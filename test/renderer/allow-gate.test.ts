import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { gate, type GateFacts } from '../../renderer/prompt/allow-gate.ts';

const ready: GateFacts = {
  arming: { state: 'armed' },
  expiresAtMs: 100_000,
  nowMs: 50_000,
  calmMs: 5_000,
  sent: false,
};

describe('Allow', () => {
  it('is open once main says armed and nothing stirred for a moment', () => {
    expect(gate(ready)).toEqual({ state: 'open' });
  });

  it.each<[string, Partial<GateFacts>, string]>([
    ['right after the content or the focus changed, whatever main says', { calmMs: 999 }, 'arming'],
    ['once an answer was given', { sent: true }, 'sent'],
    ['when its time is over', { nowMs: 100_000 }, 'over'],
    ['while the window is not in front', { arming: { state: 'unfocused', delayMs: 1000 } }, 'unfocused'],
    ['while the end was not in view', { arming: { state: 'unread', delayMs: 1000 } }, 'unread'],
    ['while Touch ID is asked', { arming: { state: 'proving' } }, 'proving'],
    ['until main says so', { arming: { state: 'arming', delayMs: 1000, armedAtMs: 40_000 } }, 'arming'],
  ])('is closed %s', (_when, facts, state) => {
    expect(gate({ ...ready, ...facts }).state).toBe(state);
  });

  it('counts the seconds of main', () => {
    const arming = { state: 'arming', delayMs: 3000, armedAtMs: 52_000 } as const;
    expect(gate({ ...ready, arming })).toEqual({ state: 'arming', leftMs: 2000, delayMs: 3000 });
  });

  it('counts its own where those are longer', () => {
    const arming = { state: 'arming', delayMs: 3000, armedAtMs: 51_000 } as const;
    expect(gate({ ...ready, arming, calmMs: 0 })).toEqual({ state: 'arming', leftMs: 3000, delayMs: 3000 });
  });

  it('is never open unless main says armed', () => {
    const delayMs = fc.nat(10_000);
    const arming = fc.oneof(
      fc.record({ state: fc.constantFrom('unfocused' as const, 'unread' as const), delayMs }),
      fc.record({ state: fc.constant('arming' as const), delayMs, armedAtMs: fc.nat(200_000) }),
      fc.record({ state: fc.constant('proving' as const) }),
    );
    fc.assert(
      fc.property(arming, fc.nat(200_000), fc.nat(10_000), fc.boolean(), (how, nowMs, calmMs, sent) => {
        expect(gate({ arming: how, expiresAtMs: 100_000, nowMs, calmMs, sent }).state).not.toBe('open');
      }),
    );
  });
});
