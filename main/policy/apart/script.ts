import { dirname } from 'node:path/posix';

import { OPERAND_BOUNDS } from '../../binding/bind-files.ts';
import { findOperand } from '../../binding/find-operand.ts';
import { interpreterNamed } from '../../binding/interpreters.ts';
import { readShebang, SHEBANG_BYTES } from '../../binding/shebang.ts';
import { shellNamed, shellUse } from '../../binding/shells.ts';
import type { Problem } from '../../facts/file-facts.ts';
import { lookUp, type Program } from '../../facts/look-up.ts';
import { carriedBy } from '../carriers.ts';
import { namesOf, wordAt } from '../program-names.ts';
import type { Reason, ReasonCode } from '../reasons.ts';
import type { Found, Site } from '../site.ts';
import { taskUse } from '../task-runners.ts';
import type { Unit } from '../unit.ts';
import { unwrap } from '../wrappers.ts';
import { isRedirected } from './redirected.ts';
import { accepted, refused, type Work } from './work.ts';

/** A file that is bound because it is started by its path: a script, or what others than root can write. */
export interface StartedFile {
  readonly given: string;
  readonly start: { readonly head: Uint8Array } | { readonly problem: Problem };
}

/** @returns Null for a program of the system's, and for one that was found by name. */
export async function asScript({ at }: Work, program: Program): Promise<StartedFile | null> {
  if (program.by !== 'path') return null;
  const { given, file } = program;
  const real = given === file.realPath ? file : await at.files.trace(file.realPath);
  if (!real.found || real.replaceable) {
    // What is judged and what is bound are then bytes of one read.
    const content = await at.files.read(file.realPath, OPERAND_BOUNDS);
    return { given, start: content };
  }
  const head = await at.files.peek(file.realPath, SHEBANG_BYTES);
  return head !== null && readShebang(head).kind !== 'none' ? { given, start: { head } } : null;
}

/**
 * What the first line of a file names, as written and where that leads: to the never-list it is started like any other, and
 * what runs is bound, whatever is called like it by then.
 */
export async function namedByFirstLine(
  { at }: Work,
  { file }: Program,
): Promise<{ readonly words: readonly string[]; readonly programs: readonly Program[] }> {
  const head = await at.files.peek(file.realPath, SHEBANG_BYTES);
  const shebang = head && readShebang(head);
  if (shebang?.kind !== 'interpreter') return { words: [], programs: [] };
  const found = await Promise.all(shebang.argv.map((word) => lookUp(word, at, at.files)));
  return { words: shebang.argv, programs: found.filter((program) => program !== null) };
}

/** Whether an interpreter that a first line names by path starts with such a line as well. */
async function isScript({ at }: Work, { by, file }: Program): Promise<boolean> {
  if (by !== 'path') return false;
  const head = await at.files.peek(file.realPath, SHEBANG_BYTES);
  return head === null || readShebang(head).kind !== 'none';
}

/**
 * Whether what a script does with its words is all in the text that is bound. One in a folder of PATH is a program like
 * others: it could be called by its name, and means no more when it is called by its path.
 */
export async function isBoundText({ at }: Work, { file }: Program, { start }: StartedFile): Promise<boolean> {
  if (!file.replaceable || 'problem' in start) return false;
  if (readShebang(start.head.subarray(0, SHEBANG_BYTES)).kind === 'none') return false;
  const folders = await Promise.all(at.path.split(':').map((folder) => at.files.trace(folder)));
  const real = folders.map((folder) => (folder.found ? folder.realPath : null));
  return !file.components.some(({ path, kind }) => kind !== 'folder' && real.includes(dirname(path)));
}

/**
 * A file that is started by its path: what its first line names is judged as if it stood in the command.
 * @param found What its name and words say, as of a program that is called by name.
 */
export async function judgeScript(
  work: Work,
  name: string,
  { given, start }: StartedFile,
  found: Found,
  c: Site,
): Promise<readonly Unit[]> {
  const disturbed = c.disturbed(name);
  if (disturbed !== null) return refused(c, disturbed, false, 'script');
  if ('problem' in start) {
    const { problem } = start;
    return refused(c, { code: 'not-bindable', detail: name, problem }, false, 'script');
  }
  const shebang = readShebang(start.head.subarray(0, SHEBANG_BYTES));
  const refuse = (code: ReasonCode): readonly Unit[] => refused(c, { code, detail: name }, false, 'script');
  if (shebang.kind === 'unclear') return refuse('runtime-option');
  if (shebang.kind === 'none') return accepted(c, { ...found, kind: 'own-program' });
  let words = [...shebang.argv, given];
  let first = wordAt(words, 0);
  let runs: Program | null = null;
  for (const each of [first, first.endsWith('/env') ? words[1] : undefined]) {
    if (each === undefined) continue;
    const program = await lookUp(each, work.at, work.at.files);
    if (program === null) return refused(c, { code: 'not-found', detail: each }, false, 'script');
    if (work.at.isOwn(program.file)) return refused(c, { code: 'own-program', detail: each }, true);
    work.programs.push(program);
    runs = program;
    first = each;
  }
  // What its own first line would run is in no plan.
  if (runs !== null && (await isScript(work, runs))) return refuse('runtime-option');
  words = words.slice(words.indexOf(first));
  const names = namesOf(first, runs);
  const obstacles: Reason[] = [];
  const shell = names.map(shellNamed).find((each) => each !== null);
  const runtime = names.map(interpreterNamed).find((row) => row !== null);
  if (shell !== undefined) {
    work.usesShell = true;
    const use = shellUse(shell, words);
    if (use.kind !== 'file' || use.path !== given || use.startup === 'login') return refuse('runtime-option');
    if (use.startup === 'own') obstacles.push({ code: 'startup-files', detail: shell });
  } else if (runtime !== undefined) {
    const found = findOperand(runtime, words);
    if (!found.ok || found.path !== given) return refuse('runtime-option');
    if (await isRedirected(work, runtime.redirectedBy, words.slice(1, found.index), given))
      return refuse('redirecting-settings');
  } else if (names.some((each) => taskUse(each, words) === 'runs')) return refuse('task-runner');
  else if (names.some((each) => unwrap(each, words).kind !== 'none' || carriedBy(each, words) !== null))
    return refuse('script-under-carrier');
  return accepted(c, { ...found, kind: 'script', obstacles, operandIndex: 0 });
}
