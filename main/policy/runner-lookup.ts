import { dirname, join } from 'node:path/posix';

import type { FileFacts } from '../facts/file-facts.ts';
import { lookUp, type Program } from '../facts/look-up.ts';

interface RunnerPlace {
  readonly cwd: string;
  readonly path: string;
  readonly finds: 'local' | 'path' | 'fetched';
}

/** A command as a package runner finds it, and the file of the project that could have named another one. */
export interface Fetched {
  readonly program: Program;
  readonly project: Program | null;
}

/** A project's description that is longer is not read. */
const LONGEST_PROJECT = 256 * 1024;

/**
 * Where a package runner finds a command: in the project's folders, as a file of the project; some then look on PATH.
 * Null: it would look among its global packages or in a registry, or the project itself brings commands, and nobody can
 * say what that is.
 */
export async function lookUpFetched(
  name: string,
  place: RunnerPlace,
  files: FileFacts,
): Promise<Fetched | null> {
  if (place.finds === 'fetched') return null;
  const folders: string[] = [];
  for (let folder = place.cwd; ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === dirname(folder)) break;
  }
  const bins = folders.map((folder) => join(folder, 'node_modules/.bin'));
  const local = await lookUp(name, { cwd: place.cwd, path: bins.join(':') }, files);
  if (place.finds === 'local') {
    const project = local && (await projectWithoutCommands(folders, files));
    return local && project && { program: { ...local, by: 'path' }, project };
  }
  const program = local === null ? await lookUp(name, place, files) : { ...local, by: 'path' as const };
  return program && { program, project: null };
}

/** The description of the project, which npm asks first. Null: there is none, or it brings commands of its own. */
async function projectWithoutCommands(folders: readonly string[], files: FileFacts): Promise<Program | null> {
  for (const folder of folders) {
    const given = join(folder, 'package.json');
    const [file, modules] = await Promise.all([
      files.trace(given),
      files.trace(join(folder, 'node_modules')),
    ]);
    if (!file.found && !modules.found) continue;
    if (!file.found) return null;
    const text = await files.peek(file.realPath, LONGEST_PROJECT);
    return text !== null && bringsNoCommands(Buffer.from(text).toString())
      ? { given, by: 'path', file }
      : null;
  }
  return null;
}

function bringsNoCommands(text: string): boolean {
  try {
    const project: unknown = JSON.parse(text);
    return (
      typeof project === 'object' && project !== null && !('bin' in project) && !('directories' in project)
    );
  } catch {
    return false;
  }
}
