/** A part of a text, as indices into its UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What is masked in a prompt. Every expression matches only letters, digits and `_ . + / = -`, never a character that a
 * shell acts on: a mask can hide a key, but no code. So it finds less than the record's redaction, on purpose.
 */
const SECRETS: readonly RegExp[] = [
  /(?<=:\/\/[\w.%+-]{0,64}:)[\w.%+~=-]{1,256}(?=@)/g,
  /(?<=\b[\w-]{0,40}(?:token|secret|passw(?:or)?d|passphrase|api[_-]?key|access[_-]?key)[\w-]{0,40}[=:]\s?)[\w+/=-]{8,}/gi,
  /(?<=\bbearer )[\w.~+/=-]{12,}/gi,
  /\b(?:sk-|sk_live_|rk_live_|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|npm_|hf_)[\w-]{16,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\beyJ[\w-]{8,512}\.[\w-]{8,4096}(?:\.[\w-]{0,4096})?/g,
];

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/**
 * Where secrets stand in a text, in order, not overlapping. An invisible character in the middle of a key does not hide
 * it; the span then covers that character too.
 */
export function findSecrets(text: string): Span[] {
  const { visible, origin } = withoutInvisible(text);
  const found = SECRETS.flatMap((pattern) =>
    [...visible.matchAll(pattern)].map((match) => ({
      start: origin[match.index] ?? 0,
      end: (origin[match.index + match[0].length - 1] ?? 0) + 1,
    })),
  ).toSorted((a, b) => a.start - b.start || b.end - a.end);

  const spans: Span[] = [];
  for (const span of found) {
    const last = spans.at(-1);
    if (last === undefined || span.start >= last.end) spans.push(span);
    else if (span.end > last.end) spans[spans.length - 1] = { start: last.start, end: span.end };
  }
  return spans;
}

/** Known by its ends, so that two keys can be told apart; a short one not at all. */
export const maskOf = (secret: string): string =>
  secret.length >= 18 ? `${secret.slice(0, 6)}…${secret.slice(-4)}` : '***';

function withoutInvisible(text: string): { visible: string; origin: number[] } {
  let visible = '';
  const origin: number[] = [];
  let position = 0;
  for (const character of text) {
    if (!INVISIBLE.test(character)) {
      visible += character;
      for (let unit = 0; unit < character.length; unit += 1) origin.push(position + unit);
    }
    position += character.length;
  }
  return { visible, origin };
}
