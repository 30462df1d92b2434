import type { DisplayRun, DisplayText } from '../../main/text/display-text.ts';
import type { PlainKey } from './voice.ts';

/** The characters that are met most, for VoiceOver. The box itself always shows the number. */
const NAMES: readonly (readonly [from: number, to: number, name: PlainKey])[] = [
  [0x00, 0x00, 'charNull'],
  [0x09, 0x09, 'charTab'],
  [0x0a, 0x0a, 'charLineFeed'],
  [0x0d, 0x0d, 'charReturn'],
  [0x1b, 0x1b, 'charEscape'],
  [0xa0, 0xa0, 'charNoBreakSpace'],
  [0xad, 0xad, 'charSoftHyphen'],
  [0x200b, 0x200d, 'charZeroWidth'],
  [0x200e, 0x200f, 'charDirection'],
  [0x2028, 0x2029, 'charLineSeparator'],
  [0x202a, 0x202c, 'charDirection'],
  [0x202d, 0x202e, 'charOverride'],
  [0x2066, 0x2069, 'charDirection'],
  [0x2713, 0x2714, 'charCheckMark'],
  [0x2800, 0x2800, 'charFiller'],
  [0x3164, 0x3164, 'charFiller'],
  [0xfeff, 0xfeff, 'charZeroWidth'],
];

/** `U+202E` for the character that an escape run stands for; the run as it is where it is no escape of that form. */
export function codeOf(escape: string): string {
  const hex = /^\\u\{([0-9A-Fa-f]{1,6})\}$/.exec(escape)?.[1];
  return hex === undefined ? escape : `U+${hex.toUpperCase().padStart(4, '0')}`;
}

export function nameOf(escape: string): PlainKey | null {
  const code = Number.parseInt(codeOf(escape).slice(2), 16);
  return NAMES.find(([from, to]) => from <= code && code <= to)?.[2] ?? null;
}

export const codeOfLetter = (letter: string): string =>
  Array.from(letter, (character) => codeOf(`\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)).join(' ');

/** Runs as they are drawn: a word with a letter from elsewhere is kept together, so that all of it is marked. */
export type Drawn = DisplayRun | { readonly kind: 'odd-word'; readonly runs: DisplayText };

const WORD_END = /(?<![\p{L}\p{M}\p{N}_])[\p{L}\p{M}\p{N}_]*$/u;
const WORD_START = /^[\p{L}\p{M}\p{N}_]*/u;

export function drawn(runs: DisplayText): Drawn[] {
  const result: Drawn[] = [];
  let word: DisplayRun[] | null = null;
  const endWord = () => {
    if (word !== null) result.push({ kind: 'odd-word', runs: word });
    word = null;
  };
  for (const [index, run] of runs.entries()) {
    if (run.kind === 'odd-script') {
      (word ??= []).push(run);
    } else if (run.kind === 'plain') {
      const head: string = word === null ? '' : (WORD_START.exec(run.text)?.[0] ?? '');
      if (head !== '') word?.push({ kind: 'plain', text: head });
      const goesOn = head === run.text && runs[index + 1]?.kind === 'odd-script';
      if (goesOn && word !== null) continue;
      endWord();
      const rest = run.text.slice(head.length);
      const tail = runs[index + 1]?.kind === 'odd-script' ? (WORD_END.exec(rest)?.[0] ?? '') : '';
      const middle = rest.slice(0, rest.length - tail.length);
      if (middle !== '') result.push({ kind: 'plain', text: middle });
      if (tail !== '') word = [{ kind: 'plain', text: tail }];
    } else {
      endWord();
      result.push(run);
    }
  }
  endWord();
  return result;
}

/** How many characters a person sees. */
export const lengthOf = (text: DisplayText): number =>
  text.reduce((length, run) => length + (run.kind === 'escape' ? 6 : run.text.length), 0);

/** The words alone, for a comparison or for VoiceOver; never shown in the place of the runs. */
export const plainOf = (text: DisplayText): string => text.map((run) => run.text).join('');
