import type { Arg } from '../binding/find-operand.ts';
import { wordAt } from './program-names.ts';

/** What a command of the shell itself does to what comes after it. */
export type BuiltinEffect =
  /** Nothing: it answers, or ends the text. */
  | 'none'
  /** Changes the directory. */
  | 'directory'
  /** Changes variables, options or limits of the shell. */
  | 'state'
  /** Changes what later names mean. */
  | 'names'
  /** Runs text that is not in the command, or that the shell puts together. */
  | 'evaluates'
  /** Runs the command behind it: `command ls`. */
  | 'prefix';

const EFFECTS: ReadonlyMap<string, BuiltinEffect> = new Map(
  Object.entries({
    none: ': true false echo printf test [ pwd type exit return break continue wait times jobs dirs kill',
    directory: 'cd pushd popd chdir',
    state:
      'set shopt umask ulimit export unset readonly local declare typeset read getopts shift disown bg fg suspend logout caller',
    names: 'alias unalias hash',
    evaluates:
      'eval source . trap fc history bind complete compgen compopt mapfile readarray let integer float autoload zmodload emulate enable',
    prefix: 'command builtin exec noglob nocorrect',
  } satisfies Record<BuiltinEffect, string>).flatMap(([effect, names]) =>
    names.split(' ').map((name): [string, BuiltinEffect] => [name, effect as BuiltinEffect]),
  ),
);

/** What the shell does when a command has that name; null: it looks for a program. */
export function builtinEffect(name: string): BuiltinEffect | null {
  return EFFECTS.get(name) ?? null;
}

/** A word of a builtin: null where the shell computes it, and how it is written. */
interface Word {
  readonly literal: Arg;
  readonly source: string;
}

/** What the words of one builtin may look like. What fits nowhere could name, compute or evaluate anything. */
type Form = (words: readonly Word[]) => boolean;

const NAME = /^[A-Za-z_]\w*$/;
const NUMBER = /^[-+]?\d+$/;
const all =
  (pattern: RegExp): Form =>
  (words) =>
    words.every(({ literal }) => literal !== null && pattern.test(literal));

/** `NAME=value`, where the shell may compute only the value, in double quotes: without, some shells split it. */
const declaration: Form = (words) =>
  words.every(({ literal, source }) =>
    literal === null
      ? /^[A-Za-z_]\w*\+?="[^"]*"$/.test(source)
      : // In brackets it is a list, and evaluated, where the name is one already.
        /^-[rxpg]+$|^--$|^[A-Za-z_]\w*(?:\+?=(?!\()[^]*)?$/.test(literal),
  );

/** A number, or how the last command ended: some shells calculate any other word. */
const number: Form = (words) =>
  words.every(({ literal, source }) =>
    literal === null ? /^"?\$\?"?$/.test(source) : /^\d+$/.test(literal),
  );

const set: Form = (words) => {
  for (let index = 0; index < words.length; index++) {
    const literal = words[index]?.literal;
    if (literal == null) return false;
    if (literal === '--') return true;
    const option = /^[-+][aefuxvC]*(o?)$/.exec(literal);
    if (option === null || literal.length < 2) return words.slice(index).every(isPlainParameter);
    if (option[1] === 'o') {
      const name = words[++index]?.literal;
      if (typeof name !== 'string' || !SET_NAMES.test(name)) return false;
    }
  }
  return true;
};
const SET_NAMES = /^(?:allexport|errexit|errtrace|noclobber|noglob|nounset|pipefail|posix|verbose|xtrace)$/;
const isPlainParameter = ({ literal }: Word): boolean => literal !== null && !/^[-+]/.test(literal);

/** `-v` with a value that is one plain name, and nothing else that starts with a dash. */
const printf: Form = ([first, second]) => {
  if (first === undefined) return true;
  if (first.literal === null) return false;
  if (first.literal === '-v') return second?.literal != null && NAME.test(second.literal);
  return first.literal === '--' || !first.literal.startsWith('-');
};

/** Numbers are compared as they stand. Some shells calculate what stands beside such an operator. */
const test: Form = (words) =>
  words.every(({ literal, source }, index) => {
    const operator = literal ?? '';
    const [before, after] = [words[index - 1], words[index + 1]];
    // What it becomes could be an operator, and several words.
    if (literal === null && !ONE_WORD.test(source)) return false;
    if (literal === null && after !== undefined && after.literal?.includes('[') !== false) return false;
    if (/^-(?:eq|ne|lt|le|gt|ge)$/.test(operator))
      return [before, after].every(
        (word) => word !== undefined && (word.literal === null || NUMBER.test(word.literal)),
      );
    if (operator === '-t') return after?.literal != null && NUMBER.test(after.literal);
    return operator !== '-v' && operator !== '-R' ? true : after?.literal != null && NAME.test(after.literal);
  });

/** Wholly in double quotes, or a number that the shell keeps. */
const ONE_WORD = /^"(?:[^"\\@]|\\.)*"$|^\$[?#$!]$/;

const wait: Form = (words) =>
  words.every(({ literal, source }) =>
    literal === null ? /^"?\$!"?$/.test(source) : /^(?:-[nf]|\d+|%\w*)$/.test(literal),
  );

/** Letters of options, names, and values of options, which are looked at as if they were names. */
const read = all(/^-[rsptnNdu]+$|^--$|^(?!-)[^[]*$/);

const FORMS: Readonly<Record<string, Form>> = {
  printf,
  test,
  '[': test,
  set,
  wait,
  read,
  jobs: all(/^(?:-[lpnrs]+|%\w*)$/),
  exit: number,
  return: number,
  break: number,
  continue: number,
  shift: number,
  export: declaration,
  readonly: declaration,
  local: declaration,
  declare: declaration,
  typeset: declaration,
  unset: all(/^(?:-[vf]|--|[A-Za-z_]\w*)$/),
  getopts: (words) => all(/^[^[]*$/)(words.slice(0, 1)) && all(NAME)(words.slice(1, 2)) && words.length >= 2,
  shopt: all(/^(?:-[suq]+|nullglob|failglob|globstar|dotglob|nocaseglob|inherit_errexit|lastpipe)$/),
  umask: all(/^(?:-[Sp]|[0-7]{1,4}|[ugoarwxX=+,-]+)$/),
  ulimit: all(/^(?:-[A-Za-z]+|\d+|unlimited|hard|soft)$/),
  hash: all(/^-r$/),
};

/**
 * Whether a builtin is given nothing but words of a known form. A name with a subscript is not: the subscript is
 * evaluated, quoted or not, so `test -v 'a[$(id)]'` runs `id`, and `test -v 'a[TERM]'` what TERM says.
 */
export function isPlainBuiltin(name: string, args: readonly Arg[], sources: readonly string[]): boolean {
  const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
  return (
    form === undefined || form(args.map((literal, index) => ({ literal, source: wordAt(sources, index) })))
  );
}

/** Builtins whose words name variables, which they set, export or remove: `set` does in fish. */
const NAMES_VARIABLES: ReadonlySet<string> = new Set(
  'export unset readonly local declare typeset read getopts set'.split(' '),
);

/** The words by which a builtin could name a variable. Too many is fine: the names that matter are no ordinary words. */
export function variablesNamed(name: string, words: readonly string[]): string[] {
  const named = name === 'printf' && words[0]?.startsWith('-v') === true ? words.slice(0, 2) : [];
  const candidates = NAMES_VARIABLES.has(name) || name === 'wait' ? words : named;
  return candidates
    .flatMap((word) => [word, word.replace(/^-[A-Za-z]/, ''), word.replace(/^-[a-z]+/, '')])
    .map((word) => word.replace(/\+?=[^]*/, '').replace(/\[[^]*/, ''))
    .filter((word) => NAME.test(word));
}

/** Whether it leaves something behind in the shell that its name alone does not say: `printf -v`, `wait -p`. */
export function setsVariable(name: string, [first]: readonly Arg[]): boolean {
  return name === 'printf' && first === '-v';
}

/** Whether a builtin only answers, or ends the text: nothing after it means anything else. */
export function leavesShell(name: string, args: readonly Arg[], sources: readonly string[]): boolean {
  return builtinEffect(name) === 'none' && isPlainBuiltin(name, args, sources) && !setsVariable(name, args);
}
