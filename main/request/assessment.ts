/** What policy and binding say of one request. The same object is shown, recorded, explained and enforced. */
export interface Assessment {
  readonly verdict: Verdict;
  /** From the closed list in reasons.ts: stable, for machines and for the catalogue of words. */
  readonly reason: string;
  /** One sentence for a person: what was decided and, for a refusal, what to do about it. */
  readonly text: string;
  /** SHA-256 (hex) that names the request with everything bound to it. */
  readonly digest: string;
  /** What happens where no prompt can be shown at all: `askFallback`, never above what security and list give. */
  readonly unattended: 'run' | 'deny';
  /** An approval counts this once: neither a rule nor a grant can cover this shape. */
  readonly onceOnly: boolean;
  /** It asks, and would run without asking under a grant for its digest. */
  readonly grantable: boolean;
  readonly segments: readonly Segment[];
  /** The command as the prompt shows it: together the parts are all of it, in order. */
  readonly parts: readonly Part[];
  readonly operands: readonly Operand[];
  readonly allowlist: 'hit' | 'miss' | 'off';
  /** The rules that matched, one for each thing that needed one. Empty unless `allowlist` is `hit`. */
  readonly matched: readonly MatchedRule[];
  /** The rules that "always allow here" would store; null where it is not offered. */
  readonly allowAlways: readonly RulePattern[] | null;
  /** The rule that "with any arguments" would store in their place; null where that is not offered. */
  readonly allowAlwaysAny: readonly RulePattern[] | null;
  readonly warnings: readonly Warning[];
  readonly binding: Binding;
}

/** In order of strictness: the strictest of several wins. */
export type Verdict = 'run' | 'prompt' | 'deny';

/** One command of the request: a shell text has one for each command in it. */
export interface Segment {
  readonly argv: readonly string[];
  /** Real path of the executable; null for a command of the shell itself and for one that a runner fetches. */
  readonly executable: string | null;
  /** The wrappers that were looked through, outermost first, by base name. */
  readonly via: readonly string[];
  /** SHA-256 (hex) of the executable where others than root can write it. */
  readonly sha256: string | null;
}

export type Operator = '&&' | '||' | ';' | '|' | '&' | 'newline';

export type Part =
  | {
      readonly kind: 'command';
      /** What stands between this command and the one before it. */
      readonly operator: Operator | null;
      readonly tokens: readonly Token[];
      readonly executable: string | null;
    }
  | { readonly kind: 'comment'; readonly text: string }
  /** Text that is no plain sequence of commands, whole. */
  | { readonly kind: 'text'; readonly operator: Operator | null; readonly lines: readonly string[] };

export interface Token {
  /** As written in the command, quotes included. */
  readonly text: string;
  /** `unknown`: the shell computes it when it runs. */
  readonly role: 'program' | 'argument' | 'wrapper' | 'operand' | 'unknown';
}

/** A file that the request runs, bound by content. */
export interface Operand {
  /** Absolute real path. */
  readonly path: string;
  /** SHA-256 (hex) of its bytes, taken before anything was shown. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}

export interface RulePattern {
  readonly pattern: string;
  readonly argPattern: string | null;
}

export interface MatchedRule {
  /** Names the entry in rules.json. */
  readonly key: string;
  readonly pattern: string;
  /** What it matched: a real path, and its hash where others than root can write it. */
  readonly executable: string;
  readonly sha256: string | null;
}

export interface Warning {
  readonly code: string;
  readonly text: string;
}

/** All that has to be the same at the spawn as when the request was judged. */
export interface Binding {
  readonly argv: readonly string[];
  /** What to spawn for argv[0]: absolute, with the name as given at its end. Empty: the request cannot run. */
  readonly program: string;
  /** Canonical: no link in any component. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The PATH that names were looked up on, and that the run gets: what is not there now could come to be. */
  readonly path: string;
  /** Every bound path with what it was when it was judged. */
  readonly files: readonly BoundFile[];
  /** Names that were looked up, and where they were found: an earlier file of that name is drift. */
  readonly lookups: readonly { readonly name: string; readonly found: string }[];
}

export interface BoundFile {
  /** `path`: a folder of PATH in front of the one where a program was found. */
  readonly role: 'cwd' | 'executable' | 'operand' | 'path';
  /** The path as the command names it, made absolute. */
  readonly given: string;
  readonly realPath: string;
  /** SHA-256 (hex); null where no user but root can write it. */
  readonly sha256: string | null;
  /** Every component from the root on, links and what they lead to included. */
  readonly components: readonly Component[];
}

/** One file, folder or link on the way to a bound file. */
export interface Component {
  readonly path: string;
  readonly kind: 'folder' | 'link' | 'file';
  /** Decimal: 64-bit numbers do not fit a JSON number. */
  readonly dev: string;
  readonly ino: string;
  readonly size: string;
  readonly changedNs: string;
  readonly bornNs: string;
}
