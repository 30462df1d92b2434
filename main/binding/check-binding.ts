import { traceEitherWay } from '../facts/either-way.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import { lookUp } from '../facts/look-up.ts';
import type { Binding, BoundFile, Component } from '../request/assessment.ts';

/** One way in which the disk differs from what was bound. */
export interface Drift {
  readonly path: string;
  readonly role: BoundFile['role'];
  /**
   * `gone`: nothing there. `replaced`: another file, folder or link. `changed`: other bytes or change time.
   * `shadowed`: PATH now finds another file. `touched`: a folder on the way had entries added or removed, or was renamed
   * and renamed back; the only one that does not stop a run, since everything it leads to was seen to be the same.
   */
  readonly what: 'gone' | 'replaced' | 'changed' | 'shadowed' | 'touched';
}

/** No file that was bound is larger; one that has grown beyond it has changed. */
const LARGEST = 512 * 1024 * 1024;

/** Compares every bound path with the disk as it is now, hashes included. Empty: nothing differs. */
export async function checkBinding(binding: Binding, files: FileFacts): Promise<readonly Drift[]> {
  const drift: Drift[] = [];
  for (const { name, found } of binding.lookups) {
    const now = await lookUp(name, binding, files);
    if (now?.given !== found)
      drift.push({ path: now === null ? found : now.given, role: 'executable', what: 'shadowed' });
  }
  for (const file of binding.files) drift.push(...(await driftOf(file, files)));
  // Most folders lie on the way to several files.
  return [...new Map(drift.toReversed().map((one) => [`${one.what} ${one.path}`, one])).values()].reverse();
}

/** Drift that stops a run which has not started. */
export function stopsRun(drift: readonly Drift[]): boolean {
  return drift.some(({ what }) => what !== 'touched');
}

async function driftOf(bound: BoundFile, files: FileFacts): Promise<Drift[]> {
  const { role, given, realPath, sha256 } = bound;
  const now = await traceEitherWay(given, files);
  if (!now.found) return [{ path: given, role, what: 'gone' }];
  // With as many components as before each of them has another to be held against.
  const what: [string, Drift['what']][] =
    bound.components.length === now.components.length
      ? compare(bound.components, now.components)
      : [[given, 'replaced']];
  const drift: Drift[] = what.map(([path, change]) => ({ path, role, what: change }));
  if (now.realPath !== realPath) drift.push({ path: given, role, what: 'replaced' });
  if (sha256 === null) return drift;
  const content = await files.read(now.realPath, { limit: LARGEST, keep: 0 });
  if (!content.ok || content.sha256 !== sha256) drift.push({ path: given, role, what: 'changed' });
  return drift;
}

function compare(before: readonly Component[], now: readonly Component[]): [string, Drift['what']][] {
  return before.flatMap((one, index): [string, Drift['what']][] => {
    const other = now[index];
    if (other?.path !== one.path || other.kind !== one.kind) return [[one.path, 'replaced']];
    const same = one.dev === other.dev && one.ino === other.ino;
    const untouched = one.size === other.size && one.changedNs === other.changedNs;
    if (one.kind === 'folder') {
      // A folder changes whenever a neighbour comes or goes. Its birth tells it from another one with its old number.
      if (!same || one.bornNs !== other.bornNs) return [[one.path, 'replaced']];
      return untouched ? [] : [[one.path, 'touched']];
    }
    if (!same) return [[one.path, 'replaced']];
    return untouched ? [] : [[one.path, one.kind === 'link' ? 'replaced' : 'changed']];
  });
}
