import type { RulePattern } from '../request/assessment.ts';
import { onlyLooks } from './harmless.ts';
import { namesOf, wordAt } from './program-names.ts';
import type { Unit } from './unit.ts';

/**
 * What "always allow with any arguments" stores: the program alone, which then runs in any folder too. Null unless the
 * request is one command that could be allowed always as it is, and its program is known to do nothing but look whatever
 * it is told. What nobody knows could write a file or start another program for the next argument, and is not offered.
 * @param exact what `alwaysPatterns` said of the same units.
 */
export function anyArguments(
  units: readonly Unit[],
  exact: readonly RulePattern[] | null,
): readonly RulePattern[] | null {
  const [unit] = units;
  if (exact === null || units.length !== 1 || unit === undefined || unit.program === null) return null;
  const { kind, program, argv } = unit;
  if (kind !== 'program' && kind !== 'builtin') return null;
  // A name says what a program is only where nobody but root could have put another one.
  if (program.file.replaceable) return null;
  if (!namesOf(wordAt(argv, 0), program).every(onlyLooks)) return null;
  return exact.map(({ pattern }) => ({ pattern, argPattern: null }));
}
