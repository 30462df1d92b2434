/** Words that mean themselves wherever they stand in a shell's text. */
const BARE = /^[\w@%+=:,./-]+$/;

/** A word of argv as it would be typed in a shell, so that blanks and empty words can be seen. */
function quoteWord(word: string): string {
  return BARE.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A whole argv, ready to be pasted into a shell. */
export const quoteWords = (words: readonly string[]): string => words.map(quoteWord).join(' ');
