import { basename } from 'node:path/posix';

import type { Part, Token } from '../request/assessment.ts';
import { hidesWords, holdsSecret } from '../text/secrets.ts';
import type { Reason } from './reasons.ts';
import type { Unit } from './unit.ts';

/**
 * Why nobody is asked about a command whose secrets cannot be hidden without perhaps hiding what runs: one stands in the
 * name of a program or file, among the words of a program that runs others, within a substitution or redirect, or in a
 * text that could not be taken apart. In plain arguments and comments a mask hides data alone.
 */
export function maskedCode(
  parts: readonly Part[],
  operands: readonly string[],
  units: readonly Unit[],
): Reason | null {
  const texts = [...parts.flatMap(codeOf), ...operands.map((path) => basename(path))];
  const carried = units.filter(({ kind }) => RUNS_WORDS.has(kind)).map(({ argv }) => argv.join(' '));
  return texts.some(holdsSecret) || carried.some(hidesWords) ? { code: 'secret-in-code' } : null;
}

const RUNS_WORDS: ReadonlySet<Unit['kind']> = new Set(['carrier', 'launcher']);

function codeOf(part: Part): readonly string[] {
  switch (part.kind) {
    case 'comment':
      return [];
    case 'text':
      return [part.lines.join('\n')];
    case 'command':
      return part.tokens.filter((token) => !isData(token)).map(({ text }) => text);
  }
}

/** A word that nothing runs: an argument, also one with variables in it, or a variable that is set. */
const isData = ({ role, text }: Token): boolean =>
  role === 'argument' || (role === 'unknown' && !/[`<>]|\$\(/.test(text));
