import { basename, dirname } from 'node:path/posix';

import { traceEitherWay } from '../facts/either-way.ts';
import type { FileFacts, FoundPath, Problem, ReadBounds } from '../facts/file-facts.ts';
import type { Program } from '../facts/look-up.ts';
import type { Binding, BoundFile, Operand } from '../request/assessment.ts';

/** More than the limit is no script that a person could be asked about; a prompt shows what is kept. */
export const OPERAND_BOUNDS: ReadBounds = { limit: 100 * 1024 * 1024, keep: 256 * 1024 };
/** Programs are only hashed, never shown, and some runtimes are larger than any script. */
const LARGEST_PROGRAM = 512 * 1024 * 1024;
/** For all operands of one request: a thousand requests may wait for the person. */
const MOST_KEPT_BYTES = OPERAND_BOUNDS.keep;
const NOTHING = new Uint8Array();

export interface ToBind {
  readonly argv: readonly string[];
  readonly cwd: { readonly given: string; readonly found: FoundPath };
  readonly env: Readonly<Record<string, string>>;
  readonly path: string;
  /** What is spawned; null: nothing was found. */
  readonly program: Program | null;
  readonly programs: readonly Program[];
  /** Absolute paths as named. */
  readonly operands: readonly string[];
}

export interface Bound {
  readonly binding: Binding;
  readonly operands: readonly Operand[];
  /** By real path; empty for a file that is too long to be shown. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** By real path; of programs that others than root can write. */
  readonly hashes: ReadonlyMap<string, string>;
  /** What could not be bound: nobody may be asked about it. */
  readonly unbound: readonly { readonly path: string; readonly problem: Problem }[];
}

/** Takes the identity of everything that will run, and the content of what others than root could change. */
export async function bindFiles(what: ToBind, files: FileFacts): Promise<Bound> {
  const bound: BoundFile[] = [];
  const operands: Operand[] = [];
  const contents = new Map<string, Uint8Array>();
  const hashes = new Map<string, string>();
  const unbound: { path: string; problem: Problem }[] = [];
  let keptBytes = 0;
  const note = (role: BoundFile['role'], given: string, file: FoundPath, sha256: string | null): void => {
    bound.push({ role, given, realPath: file.realPath, sha256, components: file.components });
  };

  note('cwd', what.cwd.given, what.cwd.found, null);
  for (const given of what.operands) {
    const file = await traceEitherWay(given, files);
    if (!file.found || file.kind !== 'file') {
      unbound.push({ path: given, problem: file.found ? 'not-regular' : file.problem });
      continue;
    }
    const content = await files.read(file.realPath, OPERAND_BOUNDS);
    if (!content.ok) {
      unbound.push({ path: given, problem: content.problem });
      continue;
    }
    note('operand', given, file, content.sha256);
    hashes.set(file.realPath, content.sha256);
    // A file is shown whole or not at all, so a part of one is not worth keeping.
    if (!contents.has(file.realPath)) {
      const fits = content.sizeBytes + keptBytes <= MOST_KEPT_BYTES;
      if (fits) keptBytes += content.sizeBytes;
      contents.set(file.realPath, fits ? content.head : NOTHING);
    }
    operands.push({
      path: file.realPath,
      sha256: content.sha256,
      sizeBytes: content.sizeBytes,
      modifiedAtMs: file.modifiedAtMs,
    });
  }
  const programs = new Map(what.programs.map((program) => [program.given, program]));
  for (const { given, file } of programs.values()) {
    let sha256 = hashes.get(file.realPath) ?? null;
    if (sha256 === null && file.replaceable) {
      const content = await files.read(file.realPath, { limit: LARGEST_PROGRAM, keep: 0 });
      if (!content.ok) {
        unbound.push({ path: given, problem: content.problem });
        continue;
      }
      sha256 = content.sha256;
      hashes.set(file.realPath, sha256);
    }
    note('executable', given, file, sha256);
  }
  const lookups = foundByName([...programs.values()], what.path);
  for (const folder of await foldersInFront(lookups, what, files))
    note('path', folder.given, folder.file, null);
  return {
    binding: {
      argv: what.argv,
      program: what.program?.given ?? '',
      cwd: what.cwd.found.realPath,
      env: what.env,
      path: what.path,
      files: bound,
      lookups,
    },
    operands,
    contents,
    hashes,
    unbound,
  };
}

/** Names that PATH led to: what else could come to lead there has to be looked for again. */
function foundByName(programs: readonly Program[], path: string): Binding['lookups'] {
  const folders = path.split(':');
  return programs
    .filter(({ given, by }) => by === 'name' && folders.includes(dirname(given)))
    .map(({ given }) => ({ name: basename(given), found: given }));
}

/**
 * The folders that PATH goes through before it finds each name, where others than root can put something into them: what
 * comes and goes there during the run leaves a trace in the folder, and nowhere else.
 */
async function foldersInFront(
  lookups: Binding['lookups'],
  { path }: ToBind,
  files: FileFacts,
): Promise<readonly { given: string; file: FoundPath }[]> {
  const folders = path.split(':');
  const last = Math.max(-1, ...lookups.map(({ found }) => folders.indexOf(dirname(found))));
  const traced = await Promise.all(
    folders.slice(0, Math.max(0, last)).map(async (given) => ({ given, file: await files.trace(given) })),
  );
  return traced.flatMap(({ given, file }) => (file.found && file.replaceable ? [{ given, file }] : []));
}
