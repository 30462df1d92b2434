/** Why a text is not taken apart. Such a text is never covered by a rule and never put to a person. */
export type OpaqueCause =
  | 'empty'
  | 'too-long'
  | 'control-character'
  | 'line-continuation'
  | 'unfinished'
  | 'shells-differ'
  | 'too-deep'
  | 'syntax'
  | 'too-much-work'
  | 'readers-disagree';

/** A piece of shell text as the scanner sees it. Offsets are UTF-16 units of the text. */
export type ScannedToken = WordToken | MarkToken;

export interface WordToken {
  readonly kind: 'word';
  readonly start: number;
  readonly end: number;
  /** Which run of text it stands in: the text itself, or one substitution or group within it. */
  readonly level: number;
  /** What the shell makes of it when nothing in it has to be computed; null otherwise. */
  readonly literal: string | null;
  readonly unknown: ReadonlySet<Unknown>;
  /** It stands where a word of the shell's own, such as `then`, is taken for one. */
  readonly first: boolean;
}

export interface MarkToken {
  readonly kind: 'operator' | 'redirect' | 'parenthesis' | 'comment';
  readonly start: number;
  readonly end: number;
  readonly level: number;
  readonly text: string;
}

/** What makes a word something else at run time than it is on paper. */
export type Unknown = 'expansion' | 'substitution' | 'glob' | 'tilde';
