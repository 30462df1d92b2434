import { describe, expect, it } from 'vitest';

import { Deadline } from '../../main/prompt/deadline.ts';
import { TestClocks } from '../grants/clocks.ts';

const MINUTE = 60_000;

describe('a quarter of an hour is over', () => {
  const cases: readonly [string, (clocks: TestClocks) => void, boolean][] = [
    ['not a moment before', (clocks) => clocks.pass(15 * MINUTE - 1), false],
    ['when it has passed', (clocks) => clocks.pass(15 * MINUTE), true],
    ['when the Mac slept through it', (clocks) => clocks.sleep(15 * MINUTE), true],
    [
      'when waking and sleep add up to it',
      (clocks) => {
        clocks.pass(9 * MINUTE);
        clocks.sleep(6 * MINUTE);
      },
      true,
    ],
    ['when the clock was set forward past it', (clocks) => clocks.setWall(15 * MINUTE), true],
    [
      'when it has passed, whatever the clock on the wall was set to',
      (clocks) => {
        clocks.setWall(-4000);
        clocks.pass(15 * MINUTE);
      },
      true,
    ],
    [
      'when the clock was set back',
      (clocks) => {
        clocks.pass(MINUTE);
        clocks.setWall(-10 * MINUTE);
      },
      true,
    ],
    [
      'not when the clock was corrected by a second',
      (clocks) => {
        clocks.pass(MINUTE);
        clocks.setWall(-1000);
      },
      false,
    ],
  ];
  it.each(cases)('%s', (_when, happens, over) => {
    const clocks = new TestClocks();
    const deadline = new Deadline(clocks, 15 * MINUTE);
    happens(clocks);
    expect(deadline.over).toBe(over);
  });
});

it('that is over stays over, and a clock that was set back after sleep hides nothing', () => {
  const clocks = new TestClocks();
  const deadline = new Deadline(clocks, 15 * MINUTE);
  clocks.sleep(10 * MINUTE);
  expect(deadline.over).toBe(false);
  clocks.setWall(-9 * MINUTE);
  expect(deadline.over).toBe(true);
  clocks.setWall(9 * MINUTE);
  expect(deadline.over).toBe(true);
});

it('says when, for people, and how much is left', () => {
  const clocks = new TestClocks();
  const deadline = new Deadline(clocks, 15 * MINUTE);
  clocks.pass(5 * MINUTE);
  expect(deadline.endsAtMs).toBe(clocks.wall() + 10 * MINUTE);
  expect(deadline.leftMs).toBe(10 * MINUTE);
});
