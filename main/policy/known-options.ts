import type { Arg } from '../binding/find-operand.ts';

/** The options of a program that are known to start nothing. All others count as if they did. */
export interface KnownOptions {
  /** Letters without a value, which may be bundled; digits too. */
  readonly letters?: string;
  /** Letters that take the rest of their word, or the next word, for a value. */
  readonly values?: string;
  /** Long options by their whole names, without the dashes: a shortened name could mean another one. */
  readonly long?: string;
}

/**
 * Whether every word is an option that is known, or none. Each word with a dash is taken for an option, even where it is
 * the value of the one before it or stands behind `--`: programs differ there, and an unknown one is asked about.
 */
export function onlyKnownOptions({
  letters = '',
  values = '',
  long = '',
}: KnownOptions): (args: readonly Arg[]) => boolean {
  const names = new Set(long.split(' '));
  const bundle = new RegExp(`^-(?:[${letters}]+$|[${letters}]*${values === '' ? '(?!)' : `[${values}]`})`);
  const known = (arg: Arg): boolean => {
    if (arg === null) return false;
    if (!arg.startsWith('-') || arg === '-' || arg === '--') return true;
    if (arg.startsWith('--')) return names.has(arg.slice(2).replace(/=[^]*/, ''));
    return bundle.test(arg);
  };
  return (args) => args.every(known);
}
