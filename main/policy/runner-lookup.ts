import { dirname, join } from 'node:path/posix';

import type { FileFacts } from '../facts/file-facts.ts';
import { lookUp, type Program } from '../facts/look-up.ts';

interface RunnerPlace {
  readonly cwd: string;
  readonly path: string;
  /** The runner itself; null when it is not there. */
  readonly program: Program | null;
  readonly finds: 'local' | 'path' | 'fetched';
}

/**
 * Where a package runner finds a command: in the project's folders, then beside itself, where global packages are; some
 * then look on PATH. Null: it would fetch it from a registry, and nobody can say what that is.
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
  if (place.program !== null) folders.push(dirname(place.program.given));
  const local = await lookUp(name, { cwd: place.cwd, path: folders.join(':') }, files);
  return local ?? (place.finds === 'path' ? lookUp(name, place, files) : null);
}
