import { basename } from 'node:path/posix';

import { folded } from '../facts/same-name.ts';

/** A program that is never run, or never run unasked: by base name, at any path, behind any wrapper. */
export interface NeverRule {
  readonly name: string;
  readonly effect: 'deny' | 'prompt';
}

/**
 * The strictest effect for any of these words read as paths, or for any path in them: a word may be the text of a shell
 * or an option with its value. Case does not save a name, nor do quotes: macOS would run it all the same.
 */
export function neverEffect(never: readonly NeverRule[], words: readonly string[]): NeverRule | null {
  const names = new Set(
    words.flatMap((word) => [word, ...pathsOf(word), ...pathsOf(word.replace(/["'\\]/g, ''))]).map(nameOf),
  );
  return strictest(
    never.filter(({ name }) => {
      const plain = nameOf(name);
      // GNU's program of that name, beside the one of the system.
      return names.has(plain) || names.has(`g${plain}`);
    }),
  );
}

/** Behind an option of one letter its value may follow without a blank: `-Prm`. */
const pathsOf = (word: string): string[] => [
  ...word.split(/[\s;|&<>(){}!"'`$=,:]+/),
  ...(/^-[a-z]./i.test(word) ? [word.slice(2)] : []),
];
/** Package runners take a version behind the name. */
const nameOf = (path: string): string => folded(basename(path)).replace(/(?!^)@[^]*/, '');

/** The strictest effect in the list: for texts of which nobody can say what they run. */
export function strictest(never: readonly NeverRule[]): NeverRule | null {
  return never.find(({ effect }) => effect === 'deny') ?? never[0] ?? null;
}
