import { basename } from 'node:path/posix';

import type { Program } from '../facts/look-up.ts';
import { isReadingGit } from './git-carrier.ts';
import { onlyReads, understoodAs } from './harmless.ts';
import { wordAt } from './program-names.ts';

/** What a program leaves changed on the disk, as far as its name and words say. */
export type Effect =
  | { readonly kind: 'none' }
  /** Nothing but what is named: files by themselves, and trees with all that is in them. */
  | {
      readonly kind: 'named';
      readonly files: readonly string[];
      readonly trees: readonly string[];
      /** It only takes away: nothing that it leaves could be taken for something else. */
      readonly removes: boolean;
    }
  | { readonly kind: 'anything' };

const NONE: Effect = { kind: 'none' };
const ANYTHING: Effect = { kind: 'anything' };

/** Options that change nothing about which paths are written. With any other, nobody can say. */
type Named = (options: string, words: readonly string[]) => Effect;

const intoLast: Named = (options, words) => {
  const [target, ...sources] = words.toReversed();
  // Through folders there may be links to anywhere.
  if (!/^[fpvni]*$/.test(options) || target === undefined) return ANYTHING;
  return named([target, ...sources.map((source) => `${target}/${basename(source)}`)]);
};
const move: Named = (options, words) => {
  const into = intoLast(options, words);
  return into.kind === 'named' ? { ...into, trees: words.slice(0, -1) } : ANYTHING;
};
const each: Named = (options, words) => (/^[aip]*$/.test(options) ? named(words) : ANYTHING);
const remove: Named = (options, words) =>
  /^[rRfvdi]*$/.test(options) ? { kind: 'named', files: [], trees: words, removes: true } : ANYTHING;
const mode: Named = (options, words) =>
  /^[RvfcH]*$/.test(options) ? { kind: 'named', files: [], trees: words.slice(1), removes: true } : ANYTHING;

function named(files: readonly string[]): Effect {
  return { kind: 'named', files, trees: [], removes: false };
}

const NAMED: ReadonlyMap<string, Named> = new Map(
  Object.entries({
    cp: intoLast,
    mv: move,
    tee: each,
    rm: remove,
    rmdir: remove,
    unlink: remove,
    chmod: mode,
  }),
);

/** @param argv Of a command that was found to be a plain program, by its own name. */
export function effectOf(program: Program | null, argv: readonly string[]): Effect {
  if (onlyReads(program, argv)) return NONE;
  const [name = '', ...others] = understoodAs(program, wordAt(argv, 0));
  if (others.length > 0) return ANYTHING;
  if (name === 'git') return isReadingGit(argv.slice(1)) ? NONE : ANYTHING;
  const rest = argv.slice(1);
  const options = rest.filter((word) => word.startsWith('-'));
  // Behind `--` a word with a dash is a name; long options are not looked into.
  if (options.some((option) => option.startsWith('--'))) return ANYTHING;
  const letters = options.map((option) => option.slice(1)).join('');
  return (
    NAMED.get(name)?.(
      letters,
      rest.filter((word) => !word.startsWith('-')),
    ) ?? ANYTHING
  );
}
