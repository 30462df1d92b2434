/**
 * Masks what looks like a secret before anything is written. It is a net, not a proof: a password without a telling name, prefix or place
 * stays readable. Every expression is bounded, so that hostile text costs linear time, and masking twice is masking once.
 */

const MASK = '***';

/** Words that make the value beside them a secret. They may stand inside a longer name: `AWS_SECRET_ACCESS_KEY`, `authToken`. */
const NAME =
  '(?:token|secret|passw(?:or)?d|passphrase|credential|bearer|cookie|authorization|_auth(?=[^a-z])|' +
  '(?:api|access|private|signing|encryption|auth|session|master)[_-]?key)';
const REST = '[\\w.-]{0,40}';
/** Up to the closing quote, or to the end of the word. */
const VALUE = `(?:"[^"]*"?|'[^']*'?|[^\\s"'&;|]+)`;

const RULES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z0-9 ]{0,40}-----[^]*?(?:-----END [A-Z0-9 ]{0,40}-----|$)/g, '-----BEGIN ***-----'],
  [/([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/'"]{1,512}@/gi, `$1${MASK}@`],
  [/(oc-pair:\/\/)[^\s'"]+/gi, `$1${MASK}`],
  // A header's value goes to the end of the line or of the quotes around it: `Authorization: Digest a="b", c="d"`.
  [
    /((?:authorization|cookie|x-api-key|x-auth-token|private-token)["']?[ \t]{0,4}:[ \t]{0,4}["']?)[^\r\n"']+/gi,
    `$1${MASK}`,
  ],
  [/\b((?:bearer|basic)[ \t]{1,4})[\w.~+/=-]{6,}/gi, `$1${MASK}`],
  [new RegExp(`(${NAME}${REST}["']?\\s{0,4}[=:]\\s{0,4})${VALUE}`, 'gi'), `$1${MASK}`],
  [new RegExp(`(--?[\\w-]{0,40}${NAME}[\\w-]{0,40}\\s{1,4})(?!--)${VALUE}`, 'gi'), `$1${MASK}`],
  [/((?:^|\s)(?:-u|--user|--proxy-user)[ =]{1,4})[^\s:'"]{0,128}:\S+/g, `$1${MASK}`],
  [/(\bsshpass\s{1,4}-p\s{0,4})\S+/g, `$1${MASK}`],
  [
    /\b(?:sk-|sk_live_|rk_live_|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|npm_|hf_|dop_v1_|shpat_|ya29\.|AIza|SG\.|age-secret-key-1)[\w.-]{10,}/gi,
    MASK,
  ],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, MASK],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, MASK],
];

const SECRET_NAME = new RegExp(NAME, 'i');
const SECRET_FLAG = new RegExp(`^--?[\\w-]{0,40}${NAME}[\\w-]{0,40}$`, 'i');
const USER_FLAG = /^(?:-u|--user|--proxy-user)$/;
/** Characters that show nothing: one in the middle of a key must not hide it from the rules. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}+/gu;

/** Masks secrets in free text: a command, an output, an error. */
export function redactText(text: string): string {
  const plain = text.replace(INVISIBLE, '');
  if (plain === text) return mask(text);
  const masked = mask(plain);
  return masked === plain ? mask(text) : masked;
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

function mask(text: string): string {
  const ruled = RULES.reduce((masked, [pattern, replacement]) => masked.replace(pattern, replacement), text);
  return ruled.replace(/[\w-]{24,}/g, (word) => (isTokenLike(word) ? MASK : word));
}

/** Mixed case and digits over a length that names seldom have. Hashes and UUIDs have one case only: they stay, they name versions. */
function isTokenLike(word: string): boolean {
  return /[a-z]/.test(word) && /[A-Z]/.test(word) && (word.match(/\d/g)?.length ?? 0) > 1;
}
