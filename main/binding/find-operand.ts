import type { Interpreter } from './interpreters.ts';

/** A word of a command; null where the shell computes it. */
export type Arg = string | null;

/** Where the one file is that a runtime is told to run, or why there is no such file. */
export type FoundOperand =
  | { readonly ok: true; readonly index: number; readonly path: string }
  | { readonly ok: false; readonly problem: OperandProblem };

export type OperandProblem =
  'no-operand' | 'option' | 'several' | 'script-name' | 'computed' | 'standard-input';

const NONE: FoundOperand = { ok: false, problem: 'no-operand' };
const refuse = (problem: OperandProblem): FoundOperand => ({ ok: false, problem });

/**
 * Judges by shape alone: what exists on the disk now says nothing about what will be there at the spawn.
 * @param args The whole command, the runtime's own name first.
 */
export function findOperand(row: Interpreter, args: readonly Arg[]): FoundOperand {
  if (args.includes(null)) return refuse('computed');
  const words = args.filter((arg) => arg !== null);
  const endings = row.endings ?? [];
  const verb = words[1] ?? '';
  const hasVerb = verb !== '' && row.verbs?.includes(verb) === true;
  if (row.verbs !== undefined && !hasVerb && !row.verbs.includes('')) return refuse('option');
  let index = hasVerb ? 2 : 1;
  let byOption = false;
  for (let word = words[index]; word !== undefined; word = words[index]) {
    if (word === '--') {
      if (row.readsAfterDashes === true) return refuse('standard-input');
      index++;
      break;
    }
    if (word === '-') return refuse('standard-input');
    if (word === row.fileOption) {
      byOption = true;
      index++;
      break;
    }
    if (!word.startsWith('-') && !word.startsWith('+')) break;
    const taken = optionLength(row, word, words[index + 1]);
    if (taken === 0) return refuse('option');
    index += taken;
  }
  const path = words[index];
  if (path === undefined || path === '') return NONE;
  if (path === '-' || path.startsWith('-')) return refuse('standard-input');
  if (path.startsWith('@') || /^[a-z][a-z0-9+.-]*:/i.test(path)) return refuse('script-name');
  if (row.spelled?.test(path) === false) return refuse('script-name');
  if (row.plainBehindVerb === true && hasVerb && !PLAIN_PATH.test(path)) return refuse('script-name');
  if (!byOption && !looksLikeFile(row, path)) return refuse('script-name');
  const more = words.slice(index + 1);
  if (row.single === true) {
    if (!endings.some((ending) => path.endsWith(ending))) return refuse('script-name');
    if (more.some((word) => endings.some((ending) => word.endsWith(ending)))) return refuse('several');
  }
  const dashes = more.indexOf('--');
  const read = dashes === -1 ? more : more.slice(0, dashes);
  if (row.optionsAfter === 'always' || (byOption && row.optionsAfter === 'file-option')) {
    if (read.some((word) => word.startsWith('-'))) return refuse('option');
  }
  if (row.alone === true && read.length > 0) return refuse('several');
  return { ok: true, index, path };
}

const PLAIN_PATH = /^\.{0,2}\//;

/** Whether a runtime takes that word for a file, and for nothing else that is called alike. */
function looksLikeFile({ operand, endings = [] }: Interpreter, path: string): boolean {
  if (operand === undefined || endings.some((ending) => path.endsWith(ending))) return true;
  if (operand === 'plain-path-or-ending') return PLAIN_PATH.test(path);
  const folded = path.toLowerCase();
  return (
    operand === 'path-or-ending' && (path.includes('/') || endings.some((ending) => folded.endsWith(ending)))
  );
}

/** How many words an allowed option takes; 0 for one that is not allowed. */
function optionLength(row: Interpreter, word: string, next: string | undefined): 0 | 1 | 2 {
  if (row.flags?.includes(word) === true) return 1;
  for (const [option, allowed] of Object.entries(row.values ?? {})) {
    if (word === option) {
      // `--allow-read` alone means all; options with a letter need their value.
      if (option.startsWith('--allow-') || option.startsWith('--deny-')) return 1;
      return next !== undefined && allowed.test(next) ? 2 : 0;
    }
    const separator = option.startsWith('--') ? `${option}=` : option;
    if (word.startsWith(separator)) return allowed.test(word.slice(separator.length)) ? 1 : 0;
  }
  const { letters } = row;
  return letters !== undefined && new RegExp(`^-[${letters}]+$`).test(word) ? 1 : 0;
}
