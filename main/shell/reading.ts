import type { Operator } from '../request/assessment.ts';
import type { OpaqueCause, Unknown } from './token.ts';

/** What a shell text says, as far as two readers agree. */
export type Reading = { readonly kind: 'opaque'; readonly cause: OpaqueCause } | ReadText;

export interface ReadText {
  readonly kind: 'read';
  /** Every command, those in groups and substitutions too, in the order of the text. */
  readonly commands: readonly ShellCommand[];
  /** Nothing but commands with `&&`, `||`, `;`, `|`, `&` and newlines between them: no groups, no control flow. */
  readonly flat: boolean;
  readonly comments: readonly Span[];
}

export interface Span {
  /** UTF-16 offsets into the text. */
  readonly start: number;
  readonly end: number;
}

export interface ShellCommand extends Span {
  /** What stands between it and the command before it; null for the first of its list. */
  readonly operator: Operator | null;
  /** Name first. Empty for a command of only assignments or redirections. */
  readonly words: readonly Word[];
  readonly assignments: readonly Assignment[];
  readonly redirects: readonly Redirect[];
  /** What keeps it from being a literal command in a plain chain. */
  readonly features: ReadonlySet<Feature>;
  /** Something other than the run's own standard input reaches it. */
  readonly fed: boolean;
  /** It stands in the text itself, not in a substitution. */
  readonly outermost: boolean;
}

export interface Word extends Span {
  /** What the shell makes of it; null when it has to compute that. */
  readonly literal: string | null;
  readonly unknown: ReadonlySet<Unknown>;
}

export interface Assignment {
  readonly name: string;
  readonly span: Span;
}

export interface Redirect extends Span {
  /** With its descriptor: `2>`, `<`, `>&`. */
  readonly mark: string;
  /** Null where it closes a descriptor. */
  readonly target: Word | null;
}

export type Feature =
  | Unknown
  | 'redirection'
  | 'here-document'
  | 'assignment'
  | 'background'
  | 'group'
  | 'subshell'
  | 'control-flow'
  | 'in-substitution';

/** Reads shell texts. */
export interface ShellReader {
  read(text: string): Reading;
}
