import type { Span } from './reading.ts';
import type { MarkToken, OpaqueCause, ScannedToken, WordToken } from './token.ts';

/** The two readers do not see the same in a text, or what they see is not taken apart. */
export class Disagreement extends Error {
  readonly why: OpaqueCause;
  constructor(why: OpaqueCause = 'readers-disagree') {
    super(why);
    this.why = why;
  }
}

type Place = Pick<Span, 'start' | 'end'>;

/** What the scanner saw, to be claimed piece by piece by what the grammar sees. Whatever is left over is a disagreement. */
export class TokenBook {
  readonly #tokens: readonly ScannedToken[];
  readonly #words = new Map<string, WordToken>();
  readonly #marks = new Map<number, MarkToken>();
  readonly #claimed = new Set<ScannedToken>();

  constructor(tokens: readonly ScannedToken[]) {
    this.#tokens = tokens;
    for (const token of tokens) {
      if (token.kind === 'word') this.#words.set(placed(token), token);
      else this.#marks.set(token.start, token);
    }
  }

  isWord(place: Place): boolean {
    return this.#words.has(placed(place));
  }

  /** The word that stands exactly there. */
  claimWord(place: Place): WordToken {
    const token = this.#words.get(placed(place));
    if (token === undefined) throw new Disagreement();
    this.#claimed.add(token);
    return token;
  }

  claimRedirect(start: number): MarkToken {
    const mark = this.#marks.get(start);
    if (mark?.kind !== 'redirect') throw new Disagreement();
    this.#claimed.add(mark);
    return mark;
  }

  /** A mark of the grammar: an operator, a parenthesis, or a reserved word. False: the scanner has none there. */
  claimMark(place: Place): boolean {
    const mark = this.#marks.get(place.start);
    const token = mark?.end === place.end ? mark : this.#words.get(placed(place));
    // `ls esac` is a command with an argument, whatever the grammar says; only `in` has a place of its own.
    if (token?.kind === 'word' && !token.first && token.literal !== 'in') throw new Disagreement();
    if (token !== undefined) this.#claimed.add(token);
    return token !== undefined;
  }

  /** Newlines separate without being a node of the tree, and comments are listed apart. */
  expectAllClaimed(): void {
    const left = this.#tokens.some(
      (token) =>
        !this.#claimed.has(token) &&
        token.kind !== 'comment' &&
        !(token.kind === 'operator' && token.text === '\n'),
    );
    if (left) throw new Disagreement();
  }

  hasNewlineWithin({ start, end }: Place): boolean {
    return this.#tokens.some(
      (token) => token.kind === 'operator' && token.text === '\n' && token.start >= start && token.end <= end,
    );
  }

  /** The words of one command stand side by side in one run of text: no mark may lie between them. */
  expectUnbroken(first: Place, last: Place): void {
    const level = this.#words.get(placed(first))?.level;
    const broken = this.#tokens.some(
      (token) =>
        token.level === level &&
        token.start > first.start &&
        token.end <= last.end &&
        (token.kind === 'operator' || token.kind === 'parenthesis'),
    );
    if (broken) throw new Disagreement();
  }
}

const placed = ({ start, end }: Place): string => `${start}:${end}`;
