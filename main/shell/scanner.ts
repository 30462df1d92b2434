import type { OpaqueCause, ScannedToken, Unknown } from './token.ts';

export type Scan =
  | { readonly ok: true; readonly tokens: readonly ScannedToken[] }
  | { readonly ok: false; readonly cause: OpaqueCause };

const LONGEST = 16 * 1024;
const DEEPEST = 12;
/** No honest text of that length has more; the grammar needs seconds for some that do. */
const MOST_TOKENS = 4096;
/** CR is no control character here: to a shell it is a letter like any other. */

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
const NAME_OR_SPECIAL = /[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-]/y;
const BRACED = /\{(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])\}/y;
/** Words that bash gives a meaning of its own at the start of a command, and POSIX does not. */
const BASH_WORDS = new Set(['[[', 'function', 'select', 'coproc']);
/** After these a command can begin. */
const LEADING_WORDS = new Set(['then', 'do', 'else', 'elif', 'if', 'while', 'until', '!', '{']);

/**
 * First reading of a shell text, linear and with no grammar: splits it into words and marks, and refuses what the
 * grammar is known to misread or what bash and POSIX sh read differently. The second reading has to agree with it.
 */
export function scan(text: string): Scan {
  if (text.length > LONGEST || Buffer.byteLength(text) > LONGEST) return { ok: false, cause: 'too-long' };
  if (CONTROL.test(text) || /\p{Cs}/u.test(text)) return { ok: false, cause: 'control-character' };
  try {
    const tokens = new Scanner(text).run();
    return tokens.some(({ kind }) => kind === 'word' || kind === 'redirect')
      ? { ok: true, tokens }
      : { ok: false, cause: 'empty' };
  } catch (error) {
    if (error instanceof Opaque) return { ok: false, cause: error.why };
    throw error;
  }
}

class Opaque extends Error {
  readonly why: OpaqueCause;
  constructor(why: OpaqueCause) {
    super(why);
    this.why = why;
  }
}

/** A word while it is being read. */
interface OpenWord {
  start: number;
  literal: string;
  unknown: Set<Unknown>;
  /** How far an unquoted brace expansion has come: `{`, then `,` or `..`, then `}`. */
  brace: 'none' | 'open' | 'listed';
}

interface HereDocument {
  delimiter: string;
  quoted: boolean;
  stripsTabs: boolean;
}

/** Letters beyond ASCII are letters of a name to some builds of bash. */
const isOddAssignment = (word: string): boolean => /^[\w\u0080-\uffff]*[\u0080-\uffff]\w*=/.test(word);

class Scanner {
  readonly #text: string;
  readonly #tokens: ScannedToken[] = [];
  #at = 0;
  #levels = 0;
  #depth = 0;
  /** How many `$(...)` are open. */
  #substitutions = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): ScannedToken[] {
    this.#commands(null);
    return this.#tokens.sort((a, b) => a.start - b.start);
  }

  /** Reads commands up to `closer`, or to the end of the text. */
  #commands(closer: ')' | null): void {
    if (++this.#depth > DEEPEST) throw new Opaque('too-deep');
    const level = this.#levels++;
    const pending: HereDocument[] = [];
    let commandStart = true;
    /** Behind an assignment or a redirection a command still starts, but a word is never one of the shell's own. */
    let isBare = true;
    let cases = 0;
    for (;;) {
      if (this.#tokens.length > MOST_TOKENS) throw new Opaque('too-much-work');
      const start = this.#at;
      const char = this.#text[start];
      if (char === undefined) {
        if (closer !== null || pending.length > 0 || cases > 0) throw new Opaque('unfinished');
        break;
      }
      if (char === ')' && closer !== null && cases === 0) {
        this.#at++;
        break;
      }
      if (char === ' ' || char === '\t') {
        this.#at++;
      } else if (char === '#') {
        this.#unlessSubstituted();
        const end = this.#text.indexOf('\n', start);
        this.#at = end === -1 ? this.#text.length : end;
        this.#mark('comment', start, level);
      } else if (char === '\n') {
        this.#at++;
        this.#mark('operator', start, level);
        for (const document of pending.splice(0)) this.#hereDocument(document);
        commandStart = isBare = true;
      } else if (char === '(') {
        if (this.#text[start + 1] === '(') throw new Opaque('shells-differ');
        this.#at++;
        this.#mark('parenthesis', start, level);
        if (cases === 0) {
          this.#commands(')');
          this.#mark('parenthesis', this.#at - 1, level);
        }
        commandStart = isBare = true;
      } else if (char === ')') {
        if (cases === 0) throw new Opaque('syntax');
        this.#at++;
        this.#mark('parenthesis', start, level);
        commandStart = isBare = true;
      } else if (this.#operator(level, cases > 0)) {
        commandStart = isBare = true;
      } else {
        const redirect = this.#redirect(level);
        if (redirect !== null) {
          this.#blanks();
          if (redirect.startsWith('<<')) {
            this.#unlessSubstituted();
            pending.push(this.#delimiter(level, redirect === '<<-'));
          } else if (!redirect.endsWith('-') && this.#word(level) === '') throw new Opaque('syntax');
          isBare = false;
          continue;
        }
        const word = this.#word(level, commandStart && isBare);
        if (!commandStart) continue;
        if (BASH_WORDS.has(word) || /^[A-Za-z_]\w*(?:\+=|\[)/.test(word) || isOddAssignment(word))
          throw new Opaque('shells-differ');
        if (word === 'case') {
          this.#unlessSubstituted();
          cases++;
        }
        if (word === 'esac') cases = Math.max(0, cases - 1);
        isBare = LEADING_WORDS.has(word);
        commandStart = isBare || /^[A-Za-z_]\w*=/.test(word);
      }
    }
    this.#depth--;
  }

  /**
   * bash 3.2, which is `/bin/sh` on every Mac, looks for the end of `$(...)` by quotes and brackets alone: in a comment, a
   * here-document or a `case` it finds another one than later shells do, and takes the text after it for commands.
   */
  #unlessSubstituted(): void {
    if (this.#substitutions > 0) throw new Opaque('shells-differ');
  }

  #mark(kind: 'operator' | 'redirect' | 'parenthesis' | 'comment', start: number, level: number): void {
    this.#tokens.push({ kind, start, end: this.#at, level, text: this.#text.slice(start, this.#at) });
  }

  #operator(level: number, inCase: boolean): boolean {
    const start = this.#at;
    const found = /&&|\|\||;;|[;|&]/y;
    found.lastIndex = start;
    const text = found.exec(this.#text)?.[0];
    if (text === undefined) return false;
    if (text === ';;' && !inCase) throw new Opaque('syntax');
    const next = this.#text[start + text.length];
    // `&>`, `|&`, `;&` and `;;&` are bash; elsewhere they are two marks.
    if (
      (text === '&' && next === '>') ||
      ('|;'.includes(text.slice(0, 1)) && next === '&' && text !== '||')
    ) {
      throw new Opaque('shells-differ');
    }
    this.#at += text.length;
    this.#mark('operator', start, level);
    return true;
  }

  #redirect(level: number): string | null {
    const start = this.#at;
    const found = /(\d*)(<<<|<<-|<<|<&-|<&|<>|<\(|<|>>|>&-|>&|>\||>\(|>)/y;
    found.lastIndex = start;
    const match = found.exec(this.#text);
    const mark = match?.[2];
    if (match === null || mark === undefined) return null;
    this.#at += match[0].length;
    // `ls 10>x` is a descriptor to bash, to others an argument.
    const differs =
      match[0].length > mark.length + 1 ||
      mark.endsWith('(') ||
      mark === '<<<' ||
      (/[&-]$/.test(mark) && mark !== '<<-' && !this.#descriptor(mark));
    if (differs) throw new Opaque('shells-differ');
    this.#mark('redirect', start, level);
    return mark;
  }

  /** What follows `>&` has to be a number and nothing else: of any other word some shells make the name of a file. */
  #descriptor(mark: string): boolean {
    const found = mark.endsWith('-') ? /(?![^ \t\n;|&<>()])/y : /\d+(?![^ \t\n;|&<>()])/y;
    found.lastIndex = this.#at;
    return found.test(this.#text);
  }

  #blanks(): void {
    while (' \t'.includes(this.#text[this.#at] ?? '\n')) this.#at++;
  }

  /** The word that ends a here-document. Only plain spellings: shells agree on no others. */
  #delimiter(level: number, stripsTabs: boolean): HereDocument {
    const start = this.#at;
    const found = /(?:(\w+)|'(\w+)'|"(\w+)"|\\(\w+))(?![^\s;|&<>()])/y;
    found.lastIndex = start;
    const match = found.exec(this.#text);
    if (match === null) throw new Opaque('shells-differ');
    this.#at += match[0].length;
    const delimiter = match.slice(1).join('');
    this.#tokens.push({
      kind: 'word',
      start,
      end: this.#at,
      level,
      literal: delimiter,
      unknown: new Set(),
      first: false,
    });
    return { delimiter, quoted: match[1] === undefined, stripsTabs };
  }

  /** Finds the end line first, as shells do, and then looks for what the body computes. */
  #hereDocument({ delimiter, quoted, stripsTabs }: HereDocument): void {
    const body = this.#at;
    for (;;) {
      if (this.#at >= this.#text.length) throw new Opaque('unfinished');
      const newline = this.#text.indexOf('\n', this.#at);
      const end = newline === -1 ? this.#text.length : newline;
      const line = this.#text.slice(this.#at, end);
      if ((stripsTabs ? line.replace(/^\t+/, '') : line) === delimiter) {
        if (!quoted) this.#within(body, this.#at, (inner) => inner.#body());
        this.#at = end;
        return;
      }
      this.#at = end + 1;
    }
  }

  #body(): void {
    const nowhere: OpenWord = { start: this.#at, literal: '', unknown: new Set(), brace: 'none' };
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at];
      if (char === '\\' && this.#text[this.#at + 1] === '\n') throw new Opaque('line-continuation');
      if (char === '$' || char === '`') this.#computed(nowhere, true);
      else this.#at += char === '\\' ? 2 : 1;
    }
  }

  #word(level: number, first = false): string {
    const word: OpenWord = { start: this.#at, literal: '', unknown: new Set(), brace: 'none' };
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined || ' \t\n;|&<>)'.includes(char)) break;
      if (char === '(') throw new Opaque('shells-differ');
      this.#wordCharacter(word, char);
    }
    const source = this.#text.slice(word.start, this.#at);
    // `{fd}>file` is a redirection to bash, and sets that variable.
    if (source.endsWith('}') && /[<>]/.test(this.#text[this.#at] ?? '')) throw new Opaque('shells-differ');
    if (source === '[' || source === ']') word.unknown.clear();
    this.#tokens.push({
      kind: 'word',
      start: word.start,
      end: this.#at,
      level,
      literal: word.unknown.size === 0 ? word.literal : null,
      unknown: word.unknown,
      first,
    });
    return source;
  }

  #wordCharacter(word: OpenWord, char: string): void {
    switch (char) {
      case '\\': {
        const next = this.#text[this.#at + 1];
        if (next === undefined) throw new Opaque('unfinished');
        if (next === '\n') throw new Opaque('line-continuation');
        word.literal += next;
        this.#at += 2;
        return;
      }
      case "'": {
        const end = this.#text.indexOf("'", this.#at + 1);
        if (end === -1) throw new Opaque('unfinished');
        word.literal += this.#text.slice(this.#at + 1, end);
        this.#at = end + 1;
        return;
      }
      case '"':
        this.#doubleQuoted(word);
        return;
      case '$':
      case '`':
        this.#computed(word, false);
        return;
      case '*':
      case '?':
      case '[':
        word.unknown.add('glob');
        break;
      case '~':
        if (this.#at === word.start || '=:'.includes(this.#text[this.#at - 1] ?? '')) {
          const before = this.#text.slice(word.start, this.#at);
          if (/^$|^[^=]*=(?:.*:)?$/.test(before)) word.unknown.add('tilde');
        }
        break;
      case '{':
        word.brace = word.brace === 'none' ? 'open' : word.brace;
        break;
      case '.':
      case ',':
        if (word.brace === 'open' && (char === ',' || this.#text[this.#at + 1] === '.'))
          word.brace = 'listed';
        break;
      case '}':
        if (word.brace === 'listed') throw new Opaque('shells-differ');
        break;
      default:
    }
    word.literal += char;
    this.#at++;
  }

  #doubleQuoted(word: OpenWord): void {
    this.#at++;
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) throw new Opaque('unfinished');
      if (char === '"') {
        this.#at++;
        return;
      }
      if (char === '\\') {
        const next = this.#text[this.#at + 1];
        if (next === '\n') throw new Opaque('line-continuation');
        // Between double quotes a backslash is itself, unless it stands before one of these.
        word.literal += next !== undefined && '$`"\\'.includes(next) ? next : `\\${next ?? ''}`;
        this.#at += 2;
      } else if (char === '$' || char === '`') {
        this.#computed(word, true);
      } else {
        word.literal += char;
        this.#at++;
      }
    }
  }

  /** `$` and backquotes, which mean the same inside double quotes and outside, but for `$'` and `$"`. */
  #computed(word: OpenWord, inQuotes: boolean): void {
    if (this.#text[this.#at] === '`') {
      const end = this.#text.indexOf('`', this.#at + 1);
      if (end === -1) throw new Opaque('unfinished');
      const inner = this.#text.slice(this.#at + 1, end);
      // Backslashes are read twice in there, and quotes pair up differently from shell to shell.
      if (/[\\'"]/.test(inner)) throw new Opaque('shells-differ');
      word.unknown.add('substitution');
      this.#within(this.#at + 1, end, (inner) => inner.#commands(null));
      this.#at = end + 1;
      return;
    }
    const next = this.#text[this.#at + 1];
    if (next === '(') {
      if (this.#text[this.#at + 2] === '(') throw new Opaque('shells-differ');
      word.unknown.add('substitution');
      this.#at += 2;
      this.#substitutions++;
      this.#commands(')');
      this.#substitutions--;
      return;
    }
    if (next === '[' || (!inQuotes && (next === "'" || next === '"'))) throw new Opaque('shells-differ');
    const pattern = next === '{' ? BRACED : NAME_OR_SPECIAL;
    pattern.lastIndex = this.#at + 1;
    const match = pattern.exec(this.#text);
    if (match === null) {
      // `${x:-y}` and its kind compute; a `$` before anything else is a dollar sign.
      if (next === '{') throw new Opaque('shells-differ');
      word.literal += '$';
      this.#at++;
      return;
    }
    word.unknown.add('expansion');
    this.#at += 1 + match[0].length;
    // bash 3.2 takes the second dollar of `$$(` for the start of a substitution when it looks for the end of the word.
    if (match[0] === '$' && /[([{]/.test(this.#text[this.#at] ?? '')) throw new Opaque('shells-differ');
  }

  /** Reads a part of the text on its own and keeps its tokens at their place in the whole. */
  #within(start: number, end: number, use: (inner: Scanner) => void): void {
    const inner = new Scanner(this.#text.slice(0, end));
    inner.#at = start;
    inner.#levels = this.#levels;
    inner.#depth = this.#depth;
    inner.#substitutions = this.#substitutions;
    use(inner);
    this.#levels = inner.#levels;
    this.#tokens.push(...inner.#tokens);
  }
}
