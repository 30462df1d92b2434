import type { FileFacts } from '../facts/file-facts.ts';
import type { Binding } from '../policy/assessment.ts';

/** One way in which the disk differs from what was bound. */
export interface Drift {
  readonly path: string;
  readonly role: 'cwd' | 'executable' | 'operand';
  /**
   * `gone`: nothing there. `replaced`: another file, folder or link. `changed`: other bytes or change time.
   * `shadowed`: PATH now finds another file. `touched`: a folder on the way had entries added or removed; the only
   * one that does not stop a run, since everything it leads to was seen to be the same.
   */
  readonly what: 'gone' | 'replaced' | 'changed' | 'shadowed' | 'touched';
}

/** Compares every bound path with the disk as it is now, hashes included. Empty: nothing differs. */
export async function checkBinding(binding: Binding, files: FileFacts): Promise<readonly Drift[]> {
  return Promise.reject(new Error('not yet'));
}

/** Drift that stops a run which has not started. */
export function stopsRun(drift: readonly Drift[]): boolean {
  return drift.some(({ what }) => what !== 'touched');
}
