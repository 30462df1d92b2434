import { expect, it } from 'vitest';

import { checkBeforeStart } from '../../main/binding/check-before-start.ts';
import type { Binding } from '../../main/request/assessment.ts';
import { fakeDisk } from '../facts/fake-disk.ts';

/** A file that was changed at that time, in milliseconds. */
const changedAt = (ms: number): Binding => ({
  argv: ['x'],
  program: '/x',
  cwd: '/',
  env: {},
  path: '',
  lookups: [],
  files: [
    {
      role: 'operand',
      given: '/x',
      realPath: '/x',
      sha256: null,
      components: [
        { path: '/x', kind: 'file', dev: '1', ino: '1', size: '4', changedNs: `${ms}000000`, bornNs: '0' },
      ],
    },
  ],
});

it.each([
  ['changed long ago', 1000, 5000, []],
  ['changed now', 5000, 5000, [20]],
  ['changed 15 ms ago', 4985, 5000, [5]],
  ['changed by a clock that is ahead', 9000, 5000, [20]],
])('%s: waits for its step of time to be over', async (_, changedMs, nowMs, expected) => {
  const waits: number[] = [];
  const wait = (ms: number) => Promise.resolve(waits.push(ms));
  const drift = await checkBeforeStart(changedAt(changedMs), fakeDisk({}), wait, () => nowMs);
  expect(waits).toEqual(expected);
  expect(drift.map(({ what }) => what)).toEqual(['gone']);
});
