import { setTimeout as delay } from 'node:timers/promises';

import { readProcessTable } from './process-table.ts';
import type { ProcessTree } from './process-tree.ts';
import type { ProcessRef } from './run-outcome.ts';

export interface EndTimings {
  /** From SIGTERM to SIGKILL. */
  readonly graceMs: number;
  /** From SIGKILL until what is still there counts as a survivor. */
  readonly killMs: number;
}

const LOOK_EVERY_MS = 40;

/**
 * Ends a tree: SIGTERM to every group of it, and SIGKILL, again and again, to whatever is there after the grace. Resolves as soon as nothing of it
 * is left, or with what is. Between a look and the signal that follows, a process can end and its number be given away; that takes microseconds
 * here and a whole turn of the numbers there.
 * @param leaderHeld whether the first process has not been waited for yet.
 * @param findMarked numbers of the processes that carry this run's marker, wherever they went.
 */
export async function endTree(
  tree: ProcessTree,
  leader: number,
  leaderHeld: () => boolean,
  timings: EndTimings,
  findMarked: () => Promise<ReadonlySet<number>>,
): Promise<readonly ProcessRef[]> {
  const begun = performance.now();
  const elapsed = () => performance.now() - begun;
  await look(tree, leaderHeld, findMarked);
  signal(tree, leader, leaderHeld, 'SIGTERM');
  while (elapsed() < timings.graceMs + timings.killMs) {
    await delay(LOOK_EVERY_MS);
    await look(tree, leaderHeld, findMarked);
    if (tree.members.length === 0 && !leaderHeld()) return [];
    if (elapsed() >= timings.graceMs) signal(tree, leader, leaderHeld, 'SIGKILL');
  }
  await look(tree, leaderHeld, findMarked);
  return tree.members;
}

async function look(
  tree: ProcessTree,
  leaderHeld: () => boolean,
  findMarked: () => Promise<ReadonlySet<number>>,
): Promise<void> {
  const held = leaderHeld();
  // A number that was given away between the two readings has no marker: first the marked, then the table.
  const marked = await findMarked().catch(() => undefined);
  try {
    tree.observe(await readProcessTable(0), held, marked);
  } catch {
    // Without a table nothing tells a group of ours from one that was given its number since.
    tree.forget();
  }
}

function signal(tree: ProcessTree, leader: number, leaderHeld: () => boolean, name: NodeJS.Signals): void {
  // To whole groups at once: what a process starts while we go through a list is in its group already.
  for (const group of new Set([...tree.groups, ...(leaderHeld() ? [leader] : [])])) {
    try {
      process.kill(-group, name);
    } catch {
      // Gone since the look, or another user's: the next look tells which.
    }
  }
}
