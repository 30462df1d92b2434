import { basename, join } from 'node:path/posix';

import { type Arg, findOperand, type OperandProblem } from '../../binding/find-operand.ts';
import { interpreterNamed } from '../../binding/interpreters.ts';
import { SHEBANG_BYTES } from '../../binding/shebang.ts';
import { shellNamed } from '../../binding/shells.ts';
import { asOpened } from '../../facts/either-way.ts';
import { lookUp, type Program } from '../../facts/look-up.ts';
import { upwards } from '../../facts/upwards.ts';
import { builtinEffect, leavesShell } from '../builtins.ts';
import { carriedBy } from '../carriers.ts';
import { namesOf } from '../program-names.ts';
import type { ReasonCode } from '../reasons.ts';
import { lookUpFetched, settingsIn } from '../runner-lookup.ts';
import { type Around, Site } from '../site.ts';
import { taskUse } from '../task-runners.ts';
import type { Unit } from '../unit.ts';
import { unwrap } from '../wrappers.ts';
import { behind, judgeWrapper } from './behind-wrapper.ts';
import { judgeBuiltin } from './builtin.ts';
import { judgeCarrier } from './carrier.ts';
import { judgePlainProgram } from './plain-program.ts';
import { isChosenByProject, isRedirected } from './redirected.ts';
import { asScript, namedByFirstLine } from './script.ts';
import { judgeShell } from './shell.ts';
import { accepted, refused, type Work } from './work.ts';

const OPERAND_REASONS: Readonly<Record<OperandProblem, ReasonCode>> = {
  'no-operand': 'no-file-operand',
  option: 'runtime-option',
  several: 'several-operands',
  'script-name': 'script-name',
  computed: 'inside-shell-parts',
  'standard-input': 'standard-input',
};

/** @param sources The words as written, for those that the shell computes. */
export async function command(
  work: Work,
  args: readonly Arg[],
  sources: readonly string[],
  around: Around,
): Promise<readonly Unit[]> {
  const name = args[0];
  const c = new Site(args, sources, around);
  if (name === undefined || name === '') return refused(c, { code: 'empty-command' }, !around.inShell);
  if (name === null || around.after.has('names')) return refused(c, { code: 'computed-name' });
  const effect = around.inShell ? builtinEffect(name) : null;
  if (effect !== null) return judgeBuiltin(work, name, effect, c);
  if (around.inShell && name === 'time' && timesOtherwise(c)) {
    return refused(c, { code: 'opaque-text', detail: 'shells-differ' });
  }
  if (name.includes('/') && !name.startsWith('/') && around.after.has('directory')) {
    return refused(c, { code: 'after-directory-change', detail: name });
  }
  const program = await findProgram(work, name, around);
  if (program === null && around.runner === null) {
    // `time` is a word of most shells' own.
    const through = around.inShell && name === 'time' ? unwrap(name, args) : null;
    if (through?.kind === 'through') return behind(work, c, null, name, through.index, null);
    return refused(c, { code: 'not-found', detail: name }, around.layers.length === 0 && !around.inShell);
  }
  if (program !== null) {
    work.programs.push(program);
    c.program = program;
    const { words, programs } = await namedByFirstLine(work, program);
    work.programs.push(...programs);
    c.starts = [...words, ...programs.flatMap(({ given, file }) => [given, file.realPath])];
    if (work.at.isOwn(program.file)) {
      return refused(c, { code: 'own-program', detail: program.file.realPath }, true);
    }
    for (const each of [program, ...programs])
      if (await isChosenByProject(work, each))
        return refused(c, { code: 'redirecting-settings', detail: basename(each.given) });
  }
  return judgeProgram(work, name, program, c);
}

/**
 * Whether `time` stands before a builtin that could change the shell, or an option that is only the program's. In bash it is
 * a reserved word, which leaves the builtin what it is: `time printf -v PATH /x` sets PATH, and `time -l ls` looks for a
 * program called `-l`. Other shells start a program of that name.
 */
function timesOtherwise({ args, sources }: Site): boolean {
  const timed = unwrap('time', args);
  if (timed.kind !== 'through') return args[1]?.startsWith('-') === true;
  if (timed.index > 2 || args.slice(1, timed.index).some((arg) => arg !== '-p')) return true;
  const name = String(args[timed.index]);
  const words = timed.index + 1;
  return (
    name === 'time' ||
    name.includes('=') ||
    (builtinEffect(name) !== null && !leavesShell(name, args.slice(words), sources.slice(words)))
  );
}

async function judgeProgram(
  work: Work,
  name: string,
  program: Program | null,
  c: Site,
): Promise<readonly Unit[]> {
  const script = program === null ? null : await asScript(work, program);
  if (script !== null) work.operands.push(script.given);
  const names = namesOf(name, program);
  for (const each of names) {
    const unwrapped = unwrap(each, c.args);
    if (unwrapped.kind !== 'none') return judgeWrapper(work, each, program, unwrapped, c);
  }
  const shell = names.map(shellNamed).find((each) => each !== null);
  if (shell !== undefined) return judgeShell(work, shell, program, c);
  const uses = names.map((each) => taskUse(each, c.args));
  if (uses.includes('runs')) return refused(c, { code: 'task-runner', detail: name });
  const runtime = names.map(interpreterNamed).find((row) => row !== null);
  if (runtime !== undefined && !uses.includes('plain')) {
    const disturbed = c.disturbed(name);
    const found = findOperand(runtime, c.args);
    if (disturbed !== null) return refused(c, disturbed, false, 'interpreter', !found.ok);
    if (!found.ok)
      return refused(c, { code: OPERAND_REASONS[found.problem], detail: name }, false, 'interpreter');
    const operand = asOpened(work.at.cwd, found.path);
    if (await isRedirected(work, runtime.redirectedBy, c.args.slice(1, found.index), operand))
      return refused(c, { code: 'redirecting-settings', detail: name }, false, 'interpreter');
    if (runtime.obeysFirstLine !== undefined && (await startsAnother(work, runtime.obeysFirstLine, operand)))
      return refused(c, { code: 'runtime-option', detail: name }, false, 'interpreter');
    work.operands.push(operand);
    return accepted(c, { kind: 'interpreter', operandIndex: found.index, needsArguments: true });
  }
  for (const each of names) {
    const carried = carriedBy(each, c.args, c.around.fed);
    if (carried !== null) return judgeCarrier(work, name, carried, c);
  }
  return judgePlainProgram(work, name, program, script, c);
}

/** Whether a file names another program in its first line than the runtime that would hand it on. */
async function startsAnother({ at }: Work, own: RegExp, operand: string): Promise<boolean> {
  const file = await at.files.trace(operand);
  const head = file.found ? await at.files.peek(file.realPath, SHEBANG_BYTES) : null;
  if (head === null) return false;
  const [line = ''] = Buffer.from(head).toString('latin1').split('\n');
  return line.startsWith('#!') && !own.test(line);
}

async function findProgram(work: Work, name: string, { runner }: Around): Promise<Program | null> {
  if (runner !== null && !name.includes('/')) {
    const folders = upwards(work.at.cwd);
    work.settings.push(...settingsIn(folders), ...folders.map((folder) => join(folder, 'package.json')));
    const fetched = await lookUpFetched(name, { ...work.at, finds: runner }, work.at.files);
    if (fetched?.project) work.programs.push(fetched.project);
    return fetched?.program ?? null;
  }
  return lookUp(name, work.at, work.at.files);
}
