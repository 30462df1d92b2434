/** What policy and binding say of one request. The same object is shown, recorded, explained and enforced. */
export interface Assessment {
  readonly verdict: Verdict;
  /** A kebab-case code from a closed list; stable, for machines and for the catalogue of words. */
  readonly reason: string;
  /** One sentence for a person: what was decided and, for a refusal, what to do about it. */
  readonly text: string;
  /** SHA-256 (hex) that names the request with everything bound to it. */
  readonly digest: string;
  readonly segments: readonly Segment[];
  readonly operands: readonly Operand[];
  readonly allowlist: 'hit' | 'miss' | 'off';
  /** The rules that "always allow here" would store; null where it is not offered. */
  readonly allowAlways: readonly RulePattern[] | null;
  readonly warnings: readonly Warning[];
  readonly binding: Binding;
}

/** In order of strictness: the strictest of several wins. */
export type Verdict = 'run' | 'prompt' | 'deny';

/** One command of the request: a shell text has one for each command in it. */
export interface Segment {
  readonly argv: readonly string[];
  /** Real path of the executable; null when nothing was found. */
  readonly executable: string | null;
  /** The wrappers that were looked through, outermost first, by base name. */
  readonly via: readonly string[];
}

/** A file that the request runs, bound by content. */
export interface Operand {
  /** Absolute real path. */
  readonly path: string;
  /** SHA-256 (hex) of its bytes, taken before anything was shown. */
  readonly sha256: string;
}

export interface RulePattern {
  readonly pattern: string;
  readonly argPattern: string | null;
}

export interface Warning {
  readonly code: string;
  readonly text: string;
}

/** All that has to be the same at the spawn as when the request was judged. */
export interface Binding {
  readonly argv: readonly string[];
  /** Canonical: no link in any component. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Every bound path with what it was when it was judged. */
  readonly files: readonly BoundFile[];
}

export interface BoundFile {
  readonly role: 'cwd' | 'executable' | 'operand';
  /** The path as the command names it, made absolute. */
  readonly given: string;
  readonly realPath: string;
  /** SHA-256 (hex); null where no user but root can write it. */
  readonly sha256: string | null;
}
