/**
 * Masks what looks like a secret before anything is written. It is a net, not a proof: a password without a telling name, prefix or place
 * stays readable. Nor may it hide what a command does: a "secret" that holds a command substitution is left as it is.
 */

const MASK = '***';

/** A place that makes what follows it a secret, and how far that goes. */
interface Rule {
  readonly before: RegExp;
  readonly secret: RegExp;
}

/** Words that make the value beside them a secret. They may stand inside a longer name: `AWS_SECRET_ACCESS_KEY`, `authToken`. */
const NAME =
  '(?:token|secret|passw(?:or)?d|passphrase|credential|bearer|cookie|authorization|' +
  '(?:api|access|private|signing|encryption|auth|session|master)[_-]?key)';
const HEADER = '(?:authorization|cookie|x-api-key|x-auth-token|private-token)[ \\t]{0,4}:[ \\t]{0,4}';
/** A word as a shell reads it, which may be part quoted: `''hunter2`. */
const WORD = /(?:"[^"]*"?|'[^']*'?|[^\s"'&;|])+/y;

const RULES: readonly Rule[] = [
  { before: /-----BEGIN [A-Z0-9 ]{0,40}-----/g, secret: /[\w\s+/=:,.\\-]+/y },
  { before: /[a-z][a-z0-9+.-]{0,20}:\/\//gi, secret: /[^\s/'"]{1,512}(?=@)/y },
  { before: /oc-pair:\/\//gi, secret: /[^\s'"]+/y },
  // A header goes to the end of the quotes around it, or of the command it stands in.
  { before: new RegExp(`"${HEADER}`, 'gi'), secret: /[^\r\n"]+/y },
  { before: new RegExp(`'${HEADER}`, 'gi'), secret: /[^\r\n']+/y },
  { before: new RegExp(HEADER, 'gi'), secret: /[^\r\n"'&;|]+/y },
  { before: /\b(?:bearer|basic)[ \t]{1,4}/gi, secret: /[\w.~+/=-]{6,}/y },
  { before: new RegExp(`${NAME}[\\w.-]{0,40}["']?\\s{0,4}[=:]\\s{0,4}`, 'gi'), secret: WORD },
  { before: new RegExp(`--?[\\w-]{0,40}${NAME}[\\w-]{0,40}\\s{1,4}(?!--)`, 'gi'), secret: WORD },
  { before: /(?<!\S)(?:-u|--user|--proxy-user)[ =]{1,4}/g, secret: /[^\s:'"]{0,128}:\S+/y },
  { before: /\bsshpass\s{1,4}-p\s{0,4}/g, secret: WORD },
  {
    before:
      /\b(?=(?:sk-|sk_live_|rk_live_|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|npm_|hf_|dop_v1_|shpat_|ya29\.|AIza|SG\.|age-secret-key-1))/gi,
    secret: /[\w.-]{12,}/y,
  },
  { before: /\b(?=AKIA|ASIA)/g, secret: /[A-Z0-9]{20}\b/y },
  { before: /\b(?=eyJ)/g, secret: /eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/y },
  // Mixed case and digits over a length that names seldom have. Hashes and UUIDs have one case only: they stay, they name versions.
  { before: /(?<![\w-])/g, secret: /(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=(?:[\w-]*\d){2})[\w-]{24,}/y },
];

/** How much of a secret is looked at that begins inside another one: each may, so this bounds the work on hostile text. */
const NESTED = 256;

const SECRET_NAME = new RegExp(NAME, 'i');
const SECRET_FLAG = new RegExp(`^--?[\\w-]{0,40}${NAME}[\\w-]{0,40}$`, 'i');
const USER_FLAG = /^(?:-u|--user|--proxy-user)$/;
/** Characters that show nothing: one in the middle of a key must not hide it from the rules. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}+/gu;

/** Masks secrets in free text: a command, an output, an error. */
export function redactText(text: string): string {
  const plain = text.replace(INVISIBLE, '');
  const masked = mask(plain);
  // Without a secret the invisible characters stay: they are part of what was asked.
  return masked === plain ? text : masked;
}

/** Masks secrets in the words of one command, where a flag can stand in one word and its value in the next. */
export function redactWords(words: readonly string[]): string[] {
  return words.map((word, index) => {
    const before = words[index - 1] ?? '';
    if (SECRET_FLAG.test(before) && !word.startsWith('--')) return MASK;
    if (USER_FLAG.test(before) && word.includes(':')) return MASK;
    return redactText(word);
  });
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Masks secrets in every text of a JSON value, and every text whose key has a telling name. */
export function redactJson(value: Json): Json {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redactJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      redactText(key),
      typeof inner === 'string' && SECRET_NAME.test(key) ? MASK : redactJson(inner),
    ]),
  );
}

/** All rules look at the whole text as it was: masking one secret must not take away what tells of the next. */
function mask(text: string): string {
  const found = RULES.flatMap((rule) => secretsOf(text, rule)).sort(([a], [b]) => a - b);
  let masked = '';
  let done = 0;
  for (const [start, end] of found) {
    if (end <= done) continue;
    if (start >= done) masked += text.slice(done, start) + MASK;
    done = end;
  }
  return masked + text.slice(done);
}

function secretsOf(text: string, { before, secret }: Rule): [start: number, end: number][] {
  const found: [number, number][] = [];
  let covered = 0;
  for (const place of text.matchAll(before)) {
    const start = place.index + place[0].length;
    const [value] = matchAt(start < covered ? text.slice(0, start + NESTED) : text, start, secret) ?? [];
    if (value === undefined || /`|\$\(/.test(value)) continue;
    found.push([start, start + value.length]);
    covered = Math.max(covered, start + value.length);
  }
  return found;
}

function matchAt(text: string, at: number, sticky: RegExp): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
}
