import { dirname, join } from 'node:path/posix';

import type { FileFacts } from '../facts/file-facts.ts';
import { lookUp, type Program } from '../facts/look-up.ts';

interface RunnerPlace {
  readonly cwd: string;
  readonly path: string;
  readonly finds: 'local' | 'path' | 'fetched';
}

/**
 * Where a package runner finds a command: in the project's folders, as a file of the project; some then look on PATH.
 * Null: it would look among its global packages or in a registry, and nobody can say what that is.
 */
export async function lookUpFetched(
  name: string,
  place: RunnerPlace,
  files: FileFacts,
): Promise<Program | null> {
  if (place.finds === 'fetched') return null;
  const folders: string[] = [];
  for (let folder = place.cwd; ; folder = dirname(folder)) {
    folders.push(join(folder, 'node_modules/.bin'));
    if (folder === dirname(folder)) break;
  }
  const local = await lookUp(name, { cwd: place.cwd, path: folders.join(':') }, files);
  if (local !== null) return { ...local, by: 'path' };
  return place.finds === 'path' ? lookUp(name, place, files) : null;
}
