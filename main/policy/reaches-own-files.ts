import { basename } from 'node:path/posix';

import type { FileFacts } from '../facts/file-facts.ts';
import type { OwnPlaces } from './assess.ts';
import { eitherWay, pathsInWord, towards } from './named-paths.ts';
import type { Unit } from './unit.ts';
import { directoriesOf, whereItLeads } from './where-it-leads.ts';

/** More words than that are not looked at one by one. */
const MOST_PATHS = 2000;

/** These look at what they are given, or go there, and never into what is below it. */
const STAYS_OUTSIDE: ReadonlySet<string> = new Set(
  'ls cd pushd popd chdir echo printf pwd test [ stat cat head tail wc file basename dirname realpath readlink mkdir touch which df du date open'.split(
    ' ',
  ),
);

/**
 * Whether a word of a command leads to what belongs to Latchkey, whatever it is called on the way: by a link, a pattern, a
 * folder above it for a program that goes through folders, or a relative path after `cd`. What the shell computes and what
 * a program finds by itself is out of sight.
 */
export async function reachesOwnFiles(
  units: readonly Unit[],
  own: OwnPlaces,
  { cwd, home, files }: { readonly cwd: string; readonly home: string; readonly files: FileFacts },
): Promise<boolean> {
  const places = [own.stateFolder, ...own.bundle].filter((place) => place !== '' && place !== '/');
  const above = new Set<string>();
  const any = new Set<string>();
  const directories = directoriesOf(units, cwd, home);
  for (const { argv, once } of units) {
    const [name = '', ...words] = argv;
    if (words.length + once.length > MOST_PATHS) return true;
    const goesDeep = !STAYS_OUTSIDE.has(basename(name));
    const from = (path: string): string[] => directories.flatMap((directory) => eitherWay(directory, path));
    for (const path of pathsIn(words, home).flatMap(from)) {
      any.add(path);
      if (goesDeep) above.add(path);
    }
    // A builtin's words as they stand are what was looked at just now.
    const pieces = once.filter((piece) => piece !== argv.join(' '));
    for (const path of pieces.flatMap((piece) => pathsInWord(piece, home)).flatMap(from)) any.add(path);
    if (any.size > MOST_PATHS) return true;
  }
  const leads = await Promise.all(
    [...any].map(async (path) => {
      const real = await whereItLeads(path, files);
      if (real === null) return true;
      return places.some((place) =>
        [path, real].some((each) => {
          const way = towards(each, place);
          return way === 'within' || (way === 'above' && above.has(path));
        }),
      );
    }),
  );
  return leads.includes(true);
}

/** A word that starts with a dash is no file as it stands, unless `--` is before it; what is attached to it may be one. */
function pathsIn(words: readonly string[], home: string): string[] {
  const end = words.indexOf('--');
  return words.flatMap((word, index) => {
    const isOption = word.startsWith('-') && (end === -1 || index < end);
    return pathsInWord(word, home).filter((path) => !isOption || path !== word);
  });
}
