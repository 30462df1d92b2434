import { isAbsolute, join, resolve } from 'node:path/posix';

import { asOpened, traceEitherWay } from './either-way.ts';
import type { FileFacts, FoundPath } from './file-facts.ts';

/** A program as a command names it. */
export interface Program {
  /** The path as the command names it, or where PATH finds it: absolute, links and all. */
  readonly given: string;
  /** `name`: PATH found it. `path`: the command says where it is. */
  readonly by: 'name' | 'path';
  readonly file: FoundPath;
}

/** What a name or path leads to for a process in `cwd` with that PATH. Null: nothing that could be run. */
export async function lookUp(
  name: string,
  { path, cwd }: { readonly path: string; readonly cwd: string },
  files: FileFacts,
): Promise<Program | null> {
  if (name === '' || name.includes('\0')) return null;
  if (name.includes('/')) {
    return programAt(isAbsolute(name) ? name : asOpened(cwd, name), 'path', files);
  }
  for (const folder of path.split(':')) {
    // An empty or relative entry means the directory of the moment: found there is not found by name.
    const found = isAbsolute(folder)
      ? await programAt(join(folder, name), 'name', files)
      : await programAt(resolve(cwd, folder, name), 'path', files);
    if (found !== null) return found;
  }
  return null;
}

async function programAt(given: string, by: Program['by'], files: FileFacts): Promise<Program | null> {
  const file = await traceEitherWay(given, files);
  return file.found && file.kind === 'file' && file.executable ? { given, by, file } : null;
}
