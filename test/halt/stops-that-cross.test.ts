import { describe, expect, it } from 'vitest';

import { Gate } from '../../main/halt/gate.ts';
import { Halt } from '../../main/halt/halt.ts';
import type { Mark } from '../../main/state/marks.ts';

/** A Mac whose marks take as long to go away as the test wants: a Keychain may ask for a password first. */
function stopped(mark: 'paused' | 'contained') {
  const gate = new Gate({ paused: true, contained: mark === 'contained' });
  const kept = new Set<Mark>(['paused', mark]);
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  let isUnderWay: () => void = () => undefined;
  const underWay = new Promise<void>((resolve) => (isUnderWay = resolve));
  const done = () => Promise.resolve();
  let connections = 0;
  const halt = new Halt({
    gate,
    marks: {
      set: (set) => Promise.resolve(void kept.add(set)),
      clear: async (cleared) => {
        isUnderWay();
        await held;
        kept.delete(cleared);
      },
    },
    journal: {
      append: () =>
        Promise.resolve({ seq: 1, at: new Date(0).toISOString(), kind: 'pause', paused: true, by: 'person' }),
    },
    settings: () => ({ runsOnPause: 'keep', pauseWhileLocked: false }),
    closePrompts: () => undefined,
    endRuns: done,
    disconnect: done,
    connect: () => Promise.resolve(void (connections += 1)),
    beforeResuming: done,
  });
  return { gate, kept, halt, goOn, underWay, connections: () => connections };
}

describe('what is stopped while an earlier stop is being ended', () => {
  it('stays paused, and over a restart', async () => {
    const { gate, kept, halt, goOn, underWay } = stopped('paused');
    const resuming = halt.resume();
    await underWay;
    await halt.pause();
    goOn();
    await resuming;
    expect([gate.paused, kept.has('paused')]).toEqual([true, true]);
  });

  it('stays contained, and over a restart', async () => {
    const { gate, kept, halt, goOn, underWay, connections } = stopped('contained');
    const ending = halt.endContainment();
    await underWay;
    await halt.contain();
    goOn();
    await ending;
    expect([gate.contained, kept.has('contained'), connections()]).toEqual([true, true, 0]);
  });

  it('is contained although it was being resumed', async () => {
    const { gate, kept, halt, goOn, underWay } = stopped('paused');
    const resuming = halt.resume();
    await underWay;
    await halt.contain();
    goOn();
    await expect(resuming).rejects.toThrow('contained');
    expect([gate.paused, kept.has('paused')]).toEqual([true, true]);
  });
});
