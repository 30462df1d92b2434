import { basename, dirname } from 'node:path/posix';

import type { Program } from '../facts/look-up.ts';
import { isExact, matchesArguments, type PatternWork, tellsApart } from './arg-pattern.ts';
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
  /** Real paths that a rule by name was used for, where only root can write. */
  readonly places: readonly string[];
  /** Why it matches nothing now; null: it is on. */
  readonly off: 'bad-arg-pattern' | 'examples-fail' | null;
}

/** What a rule is held against: a program with its arguments. */
export interface RuleSubject {
  readonly program: Pick<Program, 'given' | 'by'> & {
    readonly file: Pick<Program['file'], 'realPath' | 'shared' | 'replaceable'>;
  };
  /** Without the program's name. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly home: string;
  /** It can run other things: only a rule that says which arguments covers it. */
  readonly needsArguments: boolean;
  /** An option of which nobody knows what it does. A ticked skill is for whatever its command is told. */
  readonly unknownOption: boolean;
  /** Another command's output, or a file, is its input. */
  readonly fed: boolean;
  /** SHA-256 (hex) of the file where others than root can write it. */
  readonly sha256: string | null;
}

/** `too-wide`: it is about this program, but would have to say which arguments. */
export type RuleMatch = 'yes' | 'no' | 'changed' | 'too-slow' | 'too-wide';

export function matchRule(rule: Rule, subject: RuleSubject, work: PatternWork): RuleMatch {
  if (rule.off !== null) return 'no';
  // Made for a command by itself: what feeds it could make something else of it.
  if (rule.generated && (subject.fed || !isExact(rule.argPattern))) return 'no';
  if (rule.byName !== undefined && !isFoundAs(rule.byName, subject)) return 'no';
  if (!matchesProgram(rule, subject)) return 'no';
  if (rule.argPattern === null) {
    if (subject.needsArguments || (rule.byName === undefined && subject.unknownOption)) return 'too-wide';
  } else if (subject.needsArguments && !tellsApart(rule.argPattern, subject.args)) return 'no';
  if (rule.argPattern !== null && !matchesArguments(rule.argPattern, subject.cwd, subject.args, work))
    return work.wasStopped(rule.argPattern) ? 'too-slow' : 'no';
  return isAsAllowed(rule, subject) ? 'yes' : 'changed';
}

/** Whether a pattern stands for whatever it finds, also for what comes to be there later. */
export const isWide = (pattern: string): boolean => /[*?]/.test(pattern);

/** Whether a pattern stands for what PATH finds by this very name. */
export const isName = (pattern: string): boolean => !isWide(pattern) && !IS_PATH.test(pattern);

const IS_PATH = /[/\\~]/;

/**
 * Whether the file is the one that the rule was used for. Another file that others than root could have put there is not,
 * by whatever link or folder of PATH it is reached. Nothing remembered: this is the first use, and what runs on the
 * strength of the rule is remembered then.
 */
function isAsAllowed({ pattern, hashes, places }: Rule, { program: { file }, sha256 }: RuleSubject): boolean {
  if (Object.hasOwn(hashes, file.realPath)) return hashes[file.realPath] === sha256;
  if (!file.replaceable || isWide(pattern)) return true;
  return places.length === 0 && Object.keys(hashes).length === 0;
}

const isFoundAs = (name: string, { program }: RuleSubject): boolean =>
  program.by === 'name' && !program.file.shared && basename(program.given) === name;

function matchesProgram(rule: Rule, subject: RuleSubject): boolean {
  const { pattern } = rule;
  const { program, home } = subject;
  if (pattern === '*') return true;
  if (IS_PATH.test(pattern)) {
    // It may do something else by that name.
    if (!isWide(pattern) && isCalledOtherwise(program)) return false;
    const absolute = pattern.startsWith('~/') ? home + pattern.slice(1) : pattern;
    return matchPaths(rule, subject).some((path) => matchesGlob(absolute, path));
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

/** The path that "always allow here" stores: the real one, but with the given name where the name decides what runs. */
export function storedPath(program: RuleSubject['program']): string {
  return isSeveral(program)
    ? `${dirname(program.file.realPath)}/${basename(program.given)}`
    : program.file.realPath;
}

function isSeveral({ given, file }: RuleSubject['program']): boolean {
  const name = basename(file.realPath);
  return SEVERAL_NAMES.has(name) && name !== basename(given);
}

/** Whether a link gives a file a name of its own, where nobody knows what it makes of names. A version or an ending is none. */
export function isCalledOtherwise(program: RuleSubject['program']): boolean {
  const [given, real] = [basename(program.given), basename(program.file.realPath)];
  const isSame =
    real.startsWith(given) && /^(?:[-.]?\d[\d.]*)?(?:\.[a-z]{1,4})?$/.test(real.slice(given.length));
  return !isSame && !isSeveral(program);
}

/** A file that anybody made can be called like one of several names, so that is believed of root's and of known ones only. */
function pathOf({ pattern, hashes }: Rule, { program, sha256 }: RuleSubject): string | null {
  const { realPath, replaceable } = program.file;
  if (!isSeveral(program)) return realPath;
  const known = Object.hasOwn(hashes, realPath) && hashes[realPath] === sha256;
  return !replaceable || known ? storedPath(program) : isWide(pattern) ? realPath : null;
}

/** On macOS `/var`, `/tmp` and `/etc` are links into `/private`; a pattern may name either. */
function matchPaths(rule: Rule, subject: RuleSubject): string[] {
  const path = pathOf(rule, subject);
  if (path === null) return [];
  return /^\/private\/(?:var|tmp|etc)\//.test(path) ? [path, path.slice('/private'.length)] : [path];
}
