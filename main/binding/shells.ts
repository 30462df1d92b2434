import type { Arg } from './find-operand.ts';

/** What a shell is started for. */
export type ShellUse =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Words behind the text: `$0`, `$1`, and so on. */
      readonly parameters: readonly string[];
      readonly startup: Startup;
    }
  | { readonly kind: 'file'; readonly index: number; readonly path: string; readonly startup: Startup }
  | { readonly kind: 'refused'; readonly problem: 'option' | 'standard-input' | 'computed' };

/** Which files of the user's it reads first. `own`: zsh and fish read some unless told not to. `login`: profiles. */
export type Startup = 'none' | 'own' | 'login';

const refused = (problem: 'option' | 'standard-input' | 'computed'): ShellUse => ({
  kind: 'refused',
  problem,
});

/** Shells whose texts we can read. Of zsh and fish only texts that mean the same in every shell. */
const SHELLS: ReadonlySet<string> = new Set([
  'sh',
  'ash',
  'bash',
  'dash',
  'fish',
  'ksh',
  'ksh93',
  'mksh',
  'rbash',
  'yash',
  'zsh',
]);

/** A name that only says which build of a shell it is: `bash-5.2`, `zsh5`, `sh.distrib`. */
const DECORATED =
  /^(sh|ash|bash|dash|fish|ksh|mksh|rbash|yash|zsh)(?:[-.]?\d[\w.+-]*|-static|\.distrib|\.exe)$/;

/** The shell that a base name stands for, in lower case; null: none of them. */
export function shellNamed(baseName: string): string | null {
  const name = baseName.toLowerCase();
  return SHELLS.has(name) ? name : (DECORATED.exec(name)?.[1] ?? null);
}

/** Letters that change how a text runs, but not which text, not what its words mean and not what runs before it. */
const LETTERS = 'euxvf';
const NAMED = /^(?:errexit|nounset|pipefail|xtrace|verbose|noglob)$/;
/** Options of bash that change which files a pattern in a script finds. A text would have to be read differently. */
const SHOPT = /^(?:extglob|nullglob|failglob|globstar|dotglob)$/;
const QUIET_LONG = new Set(['--noprofile', '--norc', '--posix', '--no-rcs', '--no-globalrcs', '--verbose']);

/** Reads a shell's own command line. @param args The whole command, the shell's name first. */
export function shellUse(shell: string, args: readonly Arg[]): ShellUse {
  if (args.includes(null)) return refused('computed');
  const words = args.filter((arg) => arg !== null);
  if (shell === 'fish') return fishUse(words);
  let startup: Startup = shell === 'zsh' ? 'own' : 'none';
  const quiet = (): Startup => (startup === 'login' ? 'login' : 'none');
  let wantsText = false;
  let globbing = false;
  let index = 1;
  for (let word = words[index]; word !== undefined && /^[-+]./.test(word); word = words[index]) {
    index++;
    if (word === '--') break;
    if (word.startsWith('--')) {
      if (word === '--login') startup = 'login';
      else if (!QUIET_LONG.has(word)) return refused('option');
      if (shell === 'zsh' && word === '--no-rcs') startup = quiet();
      continue;
    }
    const turnsOn = word.startsWith('-');
    for (let at = 1; at < word.length; at++) {
      const letter = word.charAt(at);
      if (letter === 'c' && turnsOn) wantsText = true;
      else if (letter === 'l' && turnsOn) startup = 'login';
      // `+f` would read them after all.
      else if (shell === 'zsh' && letter === 'f' && turnsOn) startup = quiet();
      else if (shell === 'zsh' && letter === 'f') return refused('option');
      else if (letter === 'o' || letter === 'O') {
        // Some shells take the rest of the word for the name, others the next word.
        const name = at === word.length - 1 ? words[index++] : undefined;
        // Elsewhere `-O` has no value, and the next word is the file.
        if (letter === 'O' && !/^r?bash$/.test(shell)) return refused('option');
        const known = letter === 'o' ? NAMED : SHOPT;
        const turnsOff = !turnsOn && letter === 'o' && name === 'histexpand';
        if (name === undefined || !(known.test(name) || turnsOff)) return refused('option');
        globbing ||= letter === 'O';
      } else if (letter === 's') return refused('standard-input');
      else if (!LETTERS.includes(letter)) return refused('option');
    }
  }
  // `sh -` and `sh --` end the options; what a lone dash means beyond that differs.
  if (words[index] === '-') return refused('standard-input');
  const operand = words[index];
  if (operand === undefined) return refused('standard-input');
  if (wantsText && globbing) return refused('option');
  if (wantsText) return { kind: 'text', text: operand, parameters: words.slice(index + 1), startup };
  if (operand === '') return refused('option');
  return { kind: 'file', index, path: operand, startup };
}

/** fish runs every `-c` that it is given, wherever it stands: only one text with nothing behind it, or a file. */
function fishUse(words: readonly string[]): ShellUse {
  const quiet = words[1] === '-N' || words[1] === '--no-config';
  const startup: Startup = quiet ? 'none' : 'own';
  const index = quiet ? 2 : 1;
  const [first, text, ...more] = words.slice(index);
  if (first === undefined || first === '-') return refused('standard-input');
  if (first === '-c') {
    return text === undefined || text === '' || more.length > 0
      ? refused('option')
      : { kind: 'text', text, parameters: [], startup };
  }
  if (first === '' || [...words.slice(index)].some((word) => word.startsWith('-'))) return refused('option');
  return { kind: 'file', index, path: first, startup };
}

/**
 * Texts that every shell reads alike, fish and zsh too: bare words and the plain marks between them. `printf %d X` evaluates
 * what X says in some, and `time -p ls` times a program called `-p`.
 */
export function meansTheSameEverywhere(text: string): boolean {
  return (
    /^[A-Za-z0-9_./:@%+, |;&-]*$/.test(text) &&
    !text.replaceAll('&&', '').includes('&') &&
    !/(?:^|[ |;&])(?:printf|time)(?![^ |;&])/.test(text)
  );
}
