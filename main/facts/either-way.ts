import { isAbsolute, resolve } from 'node:path/posix';

import type { FileFacts, Trace } from './file-facts.ts';

/**
 * A path as the kernel gets it from a process in `cwd`. Where `..` stands behind a name it stays: behind a link it leads
 * out of the folder that the link leads to.
 */
export function asOpened(cwd: string, path: string): string {
  const names = path.split('/');
  const first = names.findIndex((name) => name !== '' && name !== '.' && name !== '..');
  const goesBack = first !== -1 && names.includes('..', first);
  if (!goesBack) return resolve(cwd, path);
  return isAbsolute(path) ? path : `${cwd}/${path}`;
}

/**
 * Follows a path that is going to be opened by others. The kernel follows links before it goes back by `..`, and many
 * runtimes take one name off the path instead: where that leads to two files, nobody can say which one runs.
 */
export async function traceEitherWay(path: string, files: FileFacts): Promise<Trace> {
  const traced = await files.trace(path);
  const shortened = resolve(path);
  if (shortened === path || !traced.found) return traced;
  const other = await files.trace(shortened);
  return other.found && other.realPath === traced.realPath ? traced : { found: false, problem: 'two-files' };
}
