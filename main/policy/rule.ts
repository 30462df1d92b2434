import { basename, dirname } from 'node:path/posix';

import type { Program } from '../facts/look-up.ts';
import { isExact, matchesArguments, type PatternWork } from './arg-pattern.ts';
import { matchesGlob } from './glob.ts';

/** One allowlist entry, ready to be matched. */
export interface Rule {
  /** Names the entry in rules.json. */
  readonly key: string;
  readonly pattern: string;
  /** It counts only for a program that PATH finds by this name. */
  readonly byName?: string;
  readonly argPattern: string | null;
  /** Made by "always allow here": counts only bound to exact arguments and directory. */
  readonly generated: boolean;
  /** SHA-256 (hex) by real path, remembered for files that others than root can write. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Why it matches nothing now; null: it is on. */
  readonly off: 'bad-arg-pattern' | 'examples-fail' | null;
}

/** What a rule is held against: a program with its arguments. */
export interface RuleSubject {
  readonly program: Pick<Program, 'given' | 'by'> & {
    readonly file: Pick<Program['file'], 'realPath' | 'shared'>;
  };
  /** Without the program's name. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly home: string;
  /** It can run other things: only a rule that says which arguments covers it. */
  readonly needsArguments: boolean;
  /** SHA-256 (hex) of the file where others than root can write it. */
  readonly sha256: string | null;
}

export type RuleMatch = 'yes' | 'no' | 'changed' | 'too-slow';

export function matchRule(rule: Rule, subject: RuleSubject, work: PatternWork): RuleMatch {
  if (rule.off !== null) return 'no';
  if (rule.generated && !isExact(rule.argPattern)) return 'no';
  if (rule.argPattern === null && subject.needsArguments) return 'no';
  if (rule.byName !== undefined && !isFoundAs(rule.byName, subject)) return 'no';
  if (!matchesProgram(rule.pattern, subject)) return 'no';
  if (rule.argPattern !== null && !matchesArguments(rule.argPattern, subject.cwd, subject.args, work))
    return work.wasStopped(rule.argPattern) ? 'too-slow' : 'no';
  const remembered = Object.hasOwn(rule.hashes, subject.program.file.realPath)
    ? rule.hashes[subject.program.file.realPath]
    : undefined;
  // Nothing remembered: it is at the first use, by whoever runs on the strength of this rule.
  return remembered === undefined || remembered === subject.sha256 ? 'yes' : 'changed';
}

const isFoundAs = (name: string, { program }: RuleSubject): boolean =>
  program.by === 'name' && !program.file.shared && basename(program.given) === name;

function matchesProgram(pattern: string, { program, home }: RuleSubject): boolean {
  if (pattern === '*') return true;
  if (/[/\\~]/.test(pattern)) {
    const absolute = pattern.startsWith('~/') ? home + pattern.slice(1) : pattern;
    return matchPaths(program).some((path) => matchesGlob(absolute, path));
  }
  // A name stands for what PATH finds, and only where nobody else could have put it.
  return program.by === 'name' && !program.file.shared && matchesGlob(pattern, basename(program.given));
}

/** Files that are another program under each of their names. */
const SEVERAL_NAMES = new Set([
  'busybox',
  'toybox',
  'coreutils',
  'rustup',
  'rustup-init',
  'volta-shim',
  'mise',
  'proto-shim',
]);

/** The path that rules are held against: the real one, but with the given name where the name decides what runs. */
export function matchedPath(program: RuleSubject['program']): string {
  const real = program.file.realPath;
  const name = basename(program.given);
  return SEVERAL_NAMES.has(basename(real)) && name !== basename(real) ? `${dirname(real)}/${name}` : real;
}

/** On macOS `/var`, `/tmp` and `/etc` are links into `/private`; a pattern may name either. */
function matchPaths(program: RuleSubject['program']): string[] {
  const path = matchedPath(program);
  return /^\/private\/(?:var|tmp|etc)\//.test(path) ? [path, path.slice('/private'.length)] : [path];
}
