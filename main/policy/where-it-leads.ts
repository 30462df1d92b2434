import { join, resolve } from 'node:path/posix';

import type { FileFacts } from '../facts/file-facts.ts';
import { beforePattern, pathsInWord } from './named-paths.ts';
import type { Unit } from './unit.ts';

const MOST_DIRECTORIES = 8;

/** The real path of what is there, with the missing end of a path, or its patterns, as they are. Null: nobody can say. */
export async function whereItLeads(path: string, files: FileFacts): Promise<string | null> {
  // By number, whatever it is called, or by another way to resolve it.
  if (/^\/+\.(?:vol|nofollow|resolve)(?:\/|$)/i.test(path)) return null;
  const { folder, rest } = beforePattern(path);
  const found = await files.trace(folder);
  if (found.found) return join(found.realPath, rest);
  if (found.problem === 'too-slow' || found.problem === 'loop') return null;
  return join(found.leadsTo ?? folder, rest);
}

/** Where relative paths may start: the directory of the run, and every one that the text changes to by name. */
export function directoriesOf(units: readonly Unit[], cwd: string, home: string): readonly string[] {
  const directories = [cwd];
  let last = cwd;
  for (const { argv } of units) {
    const [name = '', ...words] = argv;
    if (!/^(?:cd|pushd|chdir)$/.test(name) || directories.length >= MOST_DIRECTORIES) continue;
    // Before the folder there may be options.
    const target = words.at(-1) ?? home;
    const next = pathsInWord(target, home).map((path) => resolve(last, path));
    directories.push(...next);
    last = resolve(last, ...pathsInWord(target, home).slice(0, 1));
  }
  return [...new Set(directories)];
}
