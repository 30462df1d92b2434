import pLimit, { type LimitFunction } from 'p-limit';

/**
 * Node has four threads for everything that a program does with files, and a call that waits for a dead mount keeps its
 * thread for good. Looks and reads at paths that a request names may have three of them, so that however many of them
 * hang, the record, the policy and a stop can still be written.
 */
const looks = pLimit(2);
const reads = pLimit(1);

/** So many may wait for their turn; beyond that something hangs, and what else comes is refused at once. */
const MOST_WAITING = 10_000;

/** One call that looks at a path. Rejects with ETIMEDOUT when too many wait. */
export const inLookSlot = <T>(look: () => Promise<T>): Promise<T> => inTurn(looks, look);

/** All the calls that read one file. Rejects with ETIMEDOUT when too many wait. */
export const inReadSlot = <T>(read: () => Promise<T>): Promise<T> => inTurn(reads, read);

function inTurn<T>(limit: LimitFunction, work: () => Promise<T>): Promise<T> {
  return limit.pendingCount < MOST_WAITING
    ? limit(work)
    : Promise.reject(Object.assign(new Error('too many wait for the disk'), { code: 'ETIMEDOUT' }));
}
