import pLimit from 'p-limit';

import { withinTime } from './within-time.ts';

const LATE = Symbol('late');

/**
 * Node has four threads for everything that a program does with files, and a call that waits for a dead mount keeps its
 * thread for good. Looks and reads at paths that a request names may have three of them, so that however many of them
 * hang, the record, the policy and a stop can still be written.
 */
export const inLookSlot = slots(2);
export const inReadSlot = slots(1);

/**
 * Work that takes its turn, `count` at a time. Rejects with ETIMEDOUT when it takes longer than `ms` from when its turn
 * came; and at once where every slot is taken by what hangs, until one of them comes back.
 */
function slots(count: number): <T>(ms: number, work: () => Promise<T>) => Promise<T> {
  const limit = pLimit({ concurrency: count, rejectOnClear: true });
  let hanging = 0;
  return (ms, work) =>
    new Promise((resolve, reject) => {
      const tooSlow = (): void => reject(Object.assign(new Error('the disk hangs'), { code: 'ETIMEDOUT' }));
      if (hanging === count) {
        tooSlow();
        return;
      }
      const turn = async (): Promise<void> => {
        const running = work();
        running.then(resolve, reject);
        const settled = running.then(
          () => undefined,
          () => undefined,
        );
        if ((await withinTime(ms, LATE, settled)) !== LATE) return;
        tooSlow();
        hanging += 1;
        if (hanging === count) limit.clearQueue();
        await settled;
        hanging -= 1;
      };
      limit(turn).catch(tooSlow);
    });
}
