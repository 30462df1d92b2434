import { setTimeout as delay } from 'node:timers/promises';

import type { EndTimings } from './end-tree.ts';
import { findMarked } from './run-marker.ts';

const TIMINGS: EndTimings = { graceMs: 2_000, killMs: 5_000 };
const LOOK_EVERY_MS = 40;

/**
 * Ends what is found by its marker alone: what detached itself, and what an earlier start of this program left running.
 * Resolves with the numbers of those that could not be ended. Between a look and the signal that follows, a number can be
 * given away; that takes microseconds here and a whole turn of the numbers there. Rejects when the system lists nothing.
 */
export async function endMarked(start: string, timings: EndTimings = TIMINGS): Promise<readonly number[]> {
  const begun = performance.now();
  const elapsed = () => performance.now() - begun;
  let left = await findMarked(start);
  signal(left, 'SIGTERM');
  while (left.size > 0 && elapsed() < timings.graceMs + timings.killMs) {
    await delay(LOOK_EVERY_MS);
    left = await findMarked(start);
    if (elapsed() >= timings.graceMs) signal(left, 'SIGKILL');
  }
  return [...left];
}

function signal(pids: Iterable<number>, name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // Gone since the look: the next one tells.
    }
  }
}
