import { describe, expect, it } from 'vitest';

import { Arming } from '../../main/app/arming.ts';
import { ARMING_MS } from '../../main/prompt/arming-times.ts';

function setUp() {
  const time = { ms: 0 };
  const arming = new Arming({ steady: () => time.ms, wall: () => 1_000_000 + time.ms });
  arming.restart(ARMING_MS.usual);
  return { arming, pass: (ms: number) => (time.ms += ms) };
}

describe('an Allow', () => {
  it('counts after the question was in focus for its delay, and read', () => {
    const { arming, pass } = setUp();
    arming.focus(true);
    arming.read();
    pass(999);
    expect(arming.armed).toBe(false);
    pass(1);
    expect(arming.armed).toBe(true);
  });

  it('never counts without focus', () => {
    const { arming, pass } = setUp();
    arming.read();
    pass(60_000);
    expect(arming.armed).toBe(false);
    expect(arming.view).toEqual({ state: 'unfocused', delayMs: 1000 });
  });

  it('never counts before the end was in view', () => {
    const { arming, pass } = setUp();
    arming.focus(true);
    pass(60_000);
    expect(arming.armed).toBe(false);
    expect(arming.view).toEqual({ state: 'unread', delayMs: 1000 });
  });

  it('takes three seconds with a high warning', () => {
    const { arming, pass } = setUp();
    arming.restart(ARMING_MS.high);
    arming.focus(true);
    arming.read();
    pass(2999);
    expect(arming.armed).toBe(false);
    pass(1);
    expect(arming.armed).toBe(true);
  });

  it('starts again when focus was lost', () => {
    const { arming, pass } = setUp();
    arming.focus(true);
    arming.read();
    pass(2000);
    arming.focus(false);
    arming.focus(true);
    expect(arming.armed).toBe(false);
    pass(1000);
    expect(arming.armed).toBe(true);
  });

  it('starts again with another content, which has to be read too', () => {
    const { arming, pass } = setUp();
    arming.focus(true);
    arming.read();
    pass(2000);
    arming.restart(ARMING_MS.usual);
    expect(arming.armed).toBe(false);
    pass(5000);
    expect(arming.armed).toBe(false);
    arming.read();
    expect(arming.armed).toBe(true);
  });

  it('of another content takes its whole delay, however soon that was read', () => {
    const { arming, pass } = setUp();
    arming.focus(true);
    pass(5000);
    arming.restart(ARMING_MS.usual);
    arming.read();
    expect(arming.armed).toBe(false);
    pass(1000);
    expect(arming.armed).toBe(true);
  });

  it('says when it will count, on the clock of the wall', () => {
    const { arming, pass } = setUp();
    arming.focus(true);
    pass(400);
    expect(arming.view).toEqual({ state: 'arming', delayMs: 1000, armedAtMs: 1_001_000 });
  });
});
