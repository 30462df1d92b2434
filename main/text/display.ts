import type { DisplayRun, DisplayText } from './display-text.ts';
import type { HiddenSecrets } from './hidden-secrets.ts';
import { oddLetters } from './odd-script.ts';
import { findSecrets, maskOf, type Span } from './secrets.ts';

/**
 * Characters with no honest look of their own: controls, format and bidi characters, lone surrogates, private and
 * unassigned ones, separators and blanks other than the ASCII space, fillers, enclosing marks, and pictures, which could
 * imitate the signs of the window itself.
 */
const ESCAPED =
  /[\p{C}\p{Zl}\p{Zp}\p{Me}\p{Default_Ignorable_Code_Point}\u{221A}]|(?! )\p{Zs}|(?![\u{21}-\u{FF}])[\p{So}\p{Sk}\p{Extended_Pictographic}]/u;
const MARK = /\p{M}/u;
const LETTER = /\p{L}/u;
const WORD_PART = /[\p{L}\p{M}\p{N}_]/u;

/** More stacked marks than any living script needs would draw over other lines. */
const MARKS_PER_LETTER = 2;

/**
 * Text of somebody else, made safe to show: every character that is invisible, reorders, or imitates the window becomes
 * a visible escape; letters of a foreign script are told apart; secrets are masked.
 *
 * The result is for eyes only. What runs, and what Copy copies, is the raw text.
 */
export function display(text: string, secrets?: HiddenSecrets): DisplayText {
  return joined(displayMasked(text, displayPlain, secrets));
}

/** As `display`, for what must never be masked: the name of a program, of a file, the words of a script. */
export function displayWhole(text: string): DisplayText {
  return joined(displayPlain(text));
}

/** One line of a file. Tabs indent there, so they stay; they are a run of their own. */
export function displayLine(line: string, secrets?: HiddenSecrets): DisplayText {
  return joined(displayMasked(line, displayTabs, secrets));
}

const displayTabs = (text: string): DisplayRun[] =>
  text
    .split(/(\t+)/)
    .flatMap((piece) => (piece.startsWith('\t') ? [{ text: piece, kind: 'spaces' }] : displayPlain(piece)));

/** For places that show nothing but letters: a menu, a notice, a sentence of ours. */
export const displayString = (text: string): string =>
  displayWhole(text)
    .map((run) => run.text)
    .join('');

function displayMasked(
  text: string,
  rest: (text: string) => DisplayRun[],
  secrets: HiddenSecrets | undefined,
): DisplayRun[] {
  const runs: DisplayRun[] = [];
  let end = 0;
  for (const span of findSecrets(text)) {
    runs.push(...rest(text.slice(end, span.start)), ...displaySecret(text, span, secrets));
    end = span.end;
  }
  return [...runs, ...rest(text.slice(end))];
}

/** A key with invisible characters inside keeps them visible between two masks. */
function displaySecret(text: string, { start, end }: Span, secrets: HiddenSecrets | undefined): DisplayRun[] {
  const pieces = text.slice(start, end).split(/(\p{Default_Ignorable_Code_Point}+)/u);
  return pieces.flatMap((piece, index) => {
    if (index % 2 === 1) return displayPlain(piece);
    const mask = pieces.length === 1 ? maskOf(piece) : '***';
    return [{ text: mask, kind: 'secret', ...(secrets && { secret: secrets.hide(piece) }) }];
  });
}

/** Nearly every line of nearly every script; looking at each letter would make a long one late. */
const ORDINARY = /^(?:[!-~]| (?! ))*$/;

function displayPlain(text: string): DisplayRun[] {
  if (ORDINARY.test(text)) return text === '' ? [] : [{ text, kind: 'plain' }];
  const characters = Array.from(text);
  const odd = oddPositions(characters);
  let marks = 0;
  let afterLetter = false;
  return characters.map((character, index) => {
    const isMark = MARK.test(character);
    marks = isMark ? marks + 1 : 0;
    const stray = isMark && (!afterLetter || marks > MARKS_PER_LETTER);
    if (!isMark) afterLetter = LETTER.test(character);
    if (stray || ESCAPED.test(character)) return { text: escapeOf(character), kind: 'escape' };
    if (odd.has(index)) return { text: character, kind: 'odd-script' };
    const blankBeside = characters[index - 1] === ' ' || characters[index + 1] === ' ';
    return { text: character, kind: character === ' ' && blankBeside ? 'spaces' : 'plain' };
  });
}

const escapeOf = (character: string): string =>
  `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;

function oddPositions(characters: readonly string[]): ReadonlySet<number> {
  const odd = new Set<number>();
  let start = 0;
  for (let end = 0; end <= characters.length; end += 1) {
    const character = characters[end];
    if (character !== undefined && WORD_PART.test(character)) continue;
    for (const index of oddLetters(characters.slice(start, end))) odd.add(start + index);
    start = end + 1;
  }
  return odd;
}

const ALONE: ReadonlySet<DisplayRun['kind']> = new Set(['escape', 'secret']);

/** Neighbours of one kind become one run; an escape stays alone, it stands for one character. */
function joined(runs: readonly DisplayRun[]): DisplayText {
  const result: DisplayRun[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last?.kind === run.kind && !ALONE.has(run.kind)) last.text += run.text;
    else result.push({ ...run });
  }
  return result;
}
