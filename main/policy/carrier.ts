import type { Arg } from '../binding/find-operand.ts';
import { type KnownOptions, onlyKnownOptions } from './known-options.ts';

/** What a carrier runs: the command, where its own options are known, or nothing that could be told apart. */
export interface Carried {
  readonly command: readonly Arg[] | null;
  /** It is told to run a file: of its own language, and bound by nobody. */
  readonly runsFile?: boolean;
}

export type Carrier = (args: readonly Arg[]) => Carried | null;

/** It carries something that could not be told apart. */
export const UNREAD: Carried = { command: null };
export const always: Carrier = () => UNREAD;
/** It runs a file of commands in its own language. */
export const RUNS_FILE: Carried = { command: null, runsFile: true };

/** Always carries, and with one of these options a file of commands of its own. */
export const alwaysOrFile =
  (fileOptions: RegExp): Carrier =>
  (args) =>
    args.slice(1).some((arg) => arg !== null && fileOptions.test(arg)) ? RUNS_FILE : UNREAD;

/** Carries with one of these options alone. */
export const withOption =
  (options: RegExp): Carrier =>
  (args) =>
    args.slice(1).some((arg) => arg === null || options.test(arg)) ? UNREAD : null;

/** Options that stand alone, options with a value, and then the command. Any other option: not told apart. */
export function behindOptions(flags: RegExp, values: readonly string[], own = 0): Carrier {
  return (args) => {
    let index = 1;
    for (let word = args[index]; typeof word === 'string' && /^-./.test(word); word = args[index]) {
      index++;
      if (word === '--') break;
      if (values.includes(word)) index++;
      else if (!flags.test(word)) return UNREAD;
    }
    const command = args.slice(index + own);
    if (command.length === 0) return args.length > 1 ? UNREAD : null;
    return { command };
  };
}

/** Carries unless every option is one that is known to start nothing. */
export function unlessKnown(options: KnownOptions): Carrier {
  const known = onlyKnownOptions(options);
  return (args) => (known(args.slice(1)) ? null : UNREAD);
}
