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
export const SHELLS: ReadonlySet<string> = new Set([
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

/** Letters that change how a text runs, but not which text and not what runs before it. */
const LETTERS = 'abefhkmnuvxBCEHPT';
const NAMED =
  /^(?:allexport|braceexpand|emacs|errexit|errtrace|functrace|hashall|histexpand|ignoreeof|keyword|monitor|noclobber|noexec|noglob|nolog|notify|nounset|physical|pipefail|posix|privileged|verbose|vi|xtrace)$/;
const SHOPT = /^[a-z0-9_]{1,40}$/;
const QUIET_LONG = new Set([
  '--noprofile',
  '--norc',
  '--posix',
  '--no-rcs',
  '--no-globalrcs',
  '--no-config',
  '--verbose',
]);

/** Reads a shell's own command line. @param args The whole command, the shell's name first. */
export function shellUse(shell: string, args: readonly Arg[]): ShellUse {
  if (args.includes(null)) return refused('computed');
  const words = args.filter((arg) => arg !== null);
  let startup: Startup = shell === 'zsh' || shell === 'fish' ? 'own' : 'none';
  const quiet = (): Startup => (startup === 'login' ? 'login' : 'none');
  let wantsText = false;
  let index = 1;
  for (let word = words[index]; word !== undefined && /^[-+]./.test(word); word = words[index]) {
    index++;
    if (word === '--') break;
    if (word.startsWith('--')) {
      if (word === '--login') startup = 'login';
      else if (!QUIET_LONG.has(word)) return refused('option');
      if ((shell === 'zsh' && word === '--no-rcs') || (shell === 'fish' && word === '--no-config'))
        startup = quiet();
      continue;
    }
    const letters = word.slice(1);
    for (const letter of letters) {
      if (letter === 'c' && word.startsWith('-')) wantsText = true;
      else if (letter === 'l') startup = 'login';
      else if (shell === 'zsh' && letter === 'f' && word.startsWith('-')) startup = quiet();
      else if (shell === 'fish' && letter === 'N') startup = quiet();
      else if (letter === 'o' || (letter === 'O' && shell !== 'fish')) {
        const name = words[index++];
        if (name === undefined || !(letter === 'o' ? NAMED : SHOPT).test(name)) return refused('option');
      } else if (letter === 's' || letter === 'i')
        return refused(letter === 's' ? 'standard-input' : 'option');
      else if (letter === 'p' && shell !== 'fish') continue;
      else if (!LETTERS.includes(letter) || shell === 'fish') return refused('option');
    }
  }
  // `sh -` and `sh --` end the options; what a lone dash means beyond that differs.
  if (words[index] === '-') return refused('standard-input');
  const operand = words[index];
  if (operand === undefined) return refused('standard-input');
  if (wantsText) return { kind: 'text', text: operand, parameters: words.slice(index + 1), startup };
  if (operand === '') return refused('option');
  return { kind: 'file', index, path: operand, startup };
}

/** Texts that every shell reads alike, fish and zsh too: bare words and the plain marks between them. */
export function meansTheSameEverywhere(text: string): boolean {
  return /^[A-Za-z0-9_./:@%+, |;&-]*$/.test(text) && !text.replaceAll('&&', '').includes('&');
}
