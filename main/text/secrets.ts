/** A part of a text, as indices into its UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What is masked in a prompt. Every expression matches only letters, digits and `_ . ~ % + / = -`, never a character
 * that a shell acts on: a mask can hide a key, but no code. A blank after `=` ends a shell's assignment, and what follows
 * is run. So it finds less than the record's redaction, on purpose.
 */
const SECRETS: readonly RegExp[] = [
  /(?<=\b[\w-]{0,40}(?:token|secret|passw(?:or)?d|passphrase|api[_-]?key|access[_-]?key)[\w-]{0,40}(?:=|:\s?))[\w+/=.~-]{8,}/gi,
  /(?<=\bbearer )[\w.~+/=-]{12,}/gi,
  /\b(?:sk-|sk_live_|rk_live_|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|npm_|hf_)[\w-]{16,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\beyJ[\w-]{8,512}\.[\w-]{8,4096}(?:\.[\w-]{16,4096})?/g,
];

/** Between the colon and the `@` of an address, where no file can stand. */
const IN_ADDRESS = /(?<=:\/\/[\w.%+-]{0,64}:)[\w.%+~=-]{1,256}(?=@)/g;

/** Nearly no line of nearly no file has one; looking for each kind in each line would make a long one late. */
const HINT =
  /:\/\/|token|secret|passw|passphrase|key|bearer|sk[-_]|rk_|gh[pousr]_|github_|glpat|xox|npm_|hf_|A[KS]IA|eyJ/i;

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/**
 * Where secrets stand in a text, in order, not overlapping. An invisible character in the middle of a key does not hide
 * it; the span then covers that character too.
 */
export function findSecrets(text: string): Span[] {
  if (!HINT.test(text) && !INVISIBLE.test(text)) return [];
  const { visible, origin } = withoutInvisible(text);
  const found = [
    ...SECRETS.flatMap((pattern) => matches(visible, pattern)).filter(
      (span) => !couldBePath(visible, span) && !isCalled(visible, span),
    ),
    ...matches(visible, IN_ADDRESS),
  ]
    .map(({ start, end }) => ({ start: origin(start), end: origin(end - 1) + 1 }))
    .toSorted((a, b) => a.start - b.start || b.end - a.end);

  const spans: Span[] = [];
  for (const span of found) {
    const last = spans.at(-1);
    if (last === undefined || span.start >= last.end) spans.push(span);
    else if (span.end > last.end) spans[spans.length - 1] = { start: last.start, end: span.end };
  }
  return spans;
}

/** Whether a mask hides a part of the text. */
export const holdsSecret = (text: string): boolean => findSecrets(text).length > 0;

/** Behind a name that tells what it is, where a shell sets a variable. */
const IN_ASSIGNMENT =
  /(?<![\w-])\w*(?:token|secret|passw(?:or)?d|passphrase|api_?key|access_?key)\w*=[\w+/=.~-]*/gi;

/** Whether a mask hides a word that could be run: more than the password of an address or the value of a variable. */
export const hidesWords = (text: string): boolean =>
  holdsSecret(text.replace(IN_ADDRESS, '').replace(IN_ASSIGNMENT, ''));

/** Known by its ends, so that two keys can be told apart; a short one not at all. */
export const maskOf = (secret: string): string =>
  secret.length >= 18 ? `${secret.slice(0, 6)}…${secret.slice(-4)}` : '***';

/** A JSON web token, whole. */
const SIGNED = /^eyJ[\w-]+\.[\w-]{8,}(?:\.[\w-]{16,})?$/;

const matches = (text: string, pattern: RegExp): Span[] =>
  [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));

/**
 * Whether what looks like a secret could be the path of a file or a part of one: then it stays visible, since a mask
 * could hide what runs. Keys with dots or slashes in them are told by what no name of a file is like.
 */
function couldBePath(text: string, { start, end }: Span): boolean {
  const before = text.slice(0, start);
  if (/[./~]$/.test(before) && !before.endsWith('://')) return true;
  if (/^[./][\w~]/.test(text.slice(end, end + 2))) return true;
  const value = text.slice(start, end);
  // 40 characters of Base64: a secret key of AWS.
  if (value.includes('/')) return !(value.length === 40 && /^[\w+][\w+/]+$/.test(value) && isMixed(value));
  if (SIGNED.test(value) || !value.includes('.')) return false;
  return value.length < 24 || !isMixed(value.slice(value.lastIndexOf('.')));
}

/** In a script the name of what is called may stand where a secret would: `token=Function("…")`. */
const isCalled = (text: string, { end }: Span): boolean => /^\s{0,8}[([{`]/.test(text.slice(end, end + 9));

const isMixed = (value: string): boolean => /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value);

function withoutInvisible(text: string): { visible: string; origin: (index: number) => number } {
  if (!INVISIBLE.test(text)) return { visible: text, origin: (index) => index };
  let visible = '';
  const origins: number[] = [];
  let position = 0;
  for (const character of text) {
    if (!INVISIBLE.test(character)) {
      visible += character;
      for (let unit = 0; unit < character.length; unit += 1) origins.push(position + unit);
    }
    position += character.length;
  }
  return { visible, origin: (index) => origins[index] ?? 0 };
}
