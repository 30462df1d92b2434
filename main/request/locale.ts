/**
 * Whether a locale leaves ASCII alone, as a shell and its readers take it. In others (GBK, Big5, Shift JIS) the second byte
 * of a letter can be that of a backslash or a quote, and in some of one byte a letter is a blank: a text then says something
 * else than it shows. A locale without a charset has one that its system chooses.
 */
export const leavesAsciiAlone = (locale: string): boolean =>
  /^(?:|C|POSIX|(?:[A-Za-z]{1,8}(?:[-_][A-Za-z0-9]{1,8})*\.)?UTF-?8(?:@[A-Za-z]+)?)$/i.test(locale);
