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
      'set shopt umask ulimit export unset readonly local declare typeset integer read getopts shift disown bg fg suspend logout caller',
    names: 'alias unalias hash enable',
    evaluates:
      'eval source . trap fc history bind complete compgen compopt mapfile readarray let autoload zmodload emulate',
    prefix: 'command builtin exec noglob nocorrect',
  } satisfies Record<BuiltinEffect, string>).flatMap(([effect, names]) =>
    names.split(' ').map((name): [string, BuiltinEffect] => [name, effect as BuiltinEffect]),
  ),
);

/** What the shell does when a command has that name; null: it looks for a program. */
export function builtinEffect(name: string): BuiltinEffect | null {
  return EFFECTS.get(name) ?? null;
}

/** Builtins whose words name variables, which they set, export or remove. */
const NAMES_VARIABLES: ReadonlySet<string> = new Set(
  'export unset readonly local declare typeset integer read getopts printf'.split(' '),
);

/** The words by which a builtin could name a variable. Too many is fine: the names that matter are no ordinary words. */
export function variablesNamed(name: string, args: readonly string[]): string[] {
  if (!NAMES_VARIABLES.has(name)) return [];
  return args
    .map((arg) => arg.replace(/\+?=.*$/s, '').replace(/\[.*$/s, ''))
    .filter((arg) => /^[A-Za-z_]\w*$/.test(arg));
}

/**
 * Builtins that take a variable's name evaluate its subscript, quoted or not: `test -v 'a[$(id)]'` runs `id` in bash.
 */
export function evaluatesSubscript(name: string, args: readonly string[]): boolean {
  return (
    (NAMES_VARIABLES.has(name) || name === 'test' || name === '[' || name === 'wait') &&
    args.some((arg) => /\[.*[$`]/s.test(arg))
  );
}
