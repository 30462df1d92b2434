import type { Arg } from '../binding/find-operand.ts';
import type { ShellCommand } from '../shell/reading.ts';
import { builtinEffect, setsVariable } from './builtins.ts';

/** What the shell did before a command. */
export type Change = 'directory' | 'state' | 'names' | 'writes';

/** Features that stand around a command rather than in one of its words. */
export const STANDING = new Set<string>([
  'background',
  'group',
  'subshell',
  'control-flow',
  'in-substitution',
]);

/** Behind `command`, `builtin` and their kind. `command -v` asks where a program is, and runs nothing. */
function behindPrefixes(all: readonly Arg[]): { prefixed: string | null; words: readonly Arg[] } {
  let [name = null, ...words] = all;
  while (name !== null && builtinEffect(name) === 'prefix') {
    const at = words.findIndex((arg) => arg !== '-p' && arg !== '--');
    const next = words[at] ?? null;
    if (next === null || next.startsWith('-')) return { prefixed: null, words: [] };
    [name, words] = [next, words.slice(at + 1)];
  }
  return { prefixed: name, words };
}

/** What a shell command leaves behind for those after it. */
export function changesOf(command: ShellCommand): Change[] {
  const changes: Change[] = [];
  const [name, ...args] = command.words.map(({ literal }) => literal);
  const { prefixed, words } = behindPrefixes([name ?? null, ...args]);
  const effect = prefixed === null ? null : builtinEffect(prefixed);
  if (effect === 'directory' || command.features.has('subshell') || command.features.has('group'))
    changes.push('directory');
  if (effect === 'names') changes.push('names');
  const setting = prefixed !== null && setsVariable(prefixed, words);
  if (setting || effect === 'state' || effect === 'evaluates' || effect === 'prefix') changes.push('state');
  const alone = command.words.length === 0;
  // Where `sh` is POSIX's, what is set before `:` or `exit` stays set, and reaches what runs after it.
  if (command.assignments.length > 0 ? alone || effect !== null : alone && command.redirects.length > 0)
    changes.push('state');
  const writes = command.redirects.some(
    ({ mark, target }) =>
      mark.includes('>') && !mark.endsWith('&') && !mark.endsWith('-') && target?.literal !== '/dev/null',
  );
  if (writes) changes.push('writes');
  return changes;
}
