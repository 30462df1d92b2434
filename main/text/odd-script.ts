/** Scripts that are written together in one word. Latin joins them in names of files and programs. */
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u;

/** The scripts of today's alphabets; a letter of any other counts as one script of its own, `other`. */
const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Georgian',
  'Cherokee',
  'Coptic',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Bengali',
  'Tamil',
  'Telugu',
  'Thai',
  'Lao',
  'Tibetan',
  'Khmer',
  'Myanmar',
  'Ethiopic',
].map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const);

const LETTER = /\p{L}/u;
const ASCII_LETTER = /[A-Za-z]/;
/** Letters and digits that imitate ASCII within the Latin or no script: full-width, mathematical, phonetic, small capitals. */
const PHONETIC = /[\u{250}-\u{2AF}\u{131}\u{1D00}-\u{1DBF}\u{A7F2}-\u{A7FF}\u{AB30}-\u{AB6F}]/u;
const FOREIGN_DIGIT = /(?![0-9])\p{N}/u;

const scriptOf = (letter: string): string =>
  CJK.test(letter) ? 'CJK' : (SCRIPTS.find(([, pattern]) => pattern.test(letter))?.[0] ?? 'other');

const imitatesAscii = (character: string): boolean =>
  PHONETIC.test(character) || (character > '\u{7F}' && /^[!-~]+$/.test(character.normalize('NFKC')));

/**
 * The positions, in code points, of the letters in `word` that belong to another script than the rest of it, or that
 * imitate ASCII. Words in one script are left alone, whichever it is: this cannot tell a look-alike that is whole.
 */
export function oddLetters(word: readonly string[]): ReadonlySet<number> {
  const odd = new Set<number>();
  const scripts = new Map<number, string>();
  for (const [index, character] of word.entries()) {
    if (imitatesAscii(character)) odd.add(index);
    else if (LETTER.test(character)) scripts.set(index, scriptOf(character));
  }
  const main = word.some((character) => ASCII_LETTER.test(character)) ? 'Latin' : mostFrequent(scripts);
  for (const [index, script] of scripts) {
    const together = script === main || (isCjkOrLatin(script) && isCjkOrLatin(main));
    if (!together) odd.add(index);
  }
  if (main === 'Latin') {
    for (const [index, character] of word.entries()) if (FOREIGN_DIGIT.test(character)) odd.add(index);
  }
  return odd;
}

const isCjkOrLatin = (script: string | undefined) => script === 'CJK' || script === 'Latin';

function mostFrequent(scripts: ReadonlyMap<number, string>): string | undefined {
  const counts = new Map<string, number>();
  for (const script of scripts.values()) counts.set(script, (counts.get(script) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}
