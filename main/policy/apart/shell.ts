import { basename } from 'node:path/posix';

import { readShebang, SHEBANG_BYTES } from '../../binding/shebang.ts';
import { meansTheSameEverywhere, shellNamed, shellUse, type Startup } from '../../binding/shells.ts';
import { asOpened } from '../../facts/either-way.ts';
import type { FoundPath } from '../../facts/file-facts.ts';
import type { Program } from '../../facts/look-up.ts';
import type { ShellCommand } from '../../shell/reading.ts';
import { builtinEffect } from '../builtins.ts';
import { isRefusedVariable } from '../environment-rules.ts';
import { positionalCommand } from '../positional.ts';
import { wordAt } from '../program-names.ts';
import type { Reason } from '../reasons.ts';
import { type JudgedCommand, withoutReplaced } from '../replaced-files.ts';
import { type Change, changesOf, STANDING } from '../shell-changes.ts';
import { type Around, OUTSIDE, Site } from '../site.ts';
import type { Layer, Unit } from '../unit.ts';
import { accepted, DEPTH_CAP, refused, type Work } from './work.ts';

/** Of these only texts are read that mean the same in every shell: the others evaluate more than they show. */
const READS_OTHERWISE = /^(?:zsh|fish|m?ksh(?:93)?|yash)$/;

export async function judgeShell(
  work: Work,
  shell: string,
  program: Program | null,
  c: Site,
): Promise<readonly Unit[]> {
  work.usesShell = true;
  const disturbed = c.disturbed(shell);
  const use = shellUse(shell, c.args);
  if (disturbed !== null) return refused(c, disturbed, false, 'shell', use.kind !== 'file');
  if (use.kind === 'refused') {
    const code = use.problem === 'standard-input' ? 'standard-input' : 'runtime-option';
    return refused(c, { code, detail: shell }, false, 'shell');
  }
  const obstacles: Reason[] = [];
  if (c.around.via.length > 0)
    obstacles.push({ code: 'shell-behind-wrapper', detail: c.around.via.join(' ') });
  if (program === null || program.file.replaceable)
    obstacles.push({ code: 'launcher-not-trusted', detail: shell });
  if (use.startup !== 'none') obstacles.push({ code: 'startup-files', detail: shell });
  if (use.kind === 'file') {
    // A profile can change what the script does, and is not bound.
    if (use.startup === 'login') return refused(c, { code: 'runtime-option', detail: shell }, false, 'shell');
    const given = asOpened(work.at.cwd, use.path);
    work.operands.push(given);
    const file = await work.at.files.trace(given);
    const args = c.args.slice(use.index + 1).filter((arg) => arg !== null);
    const layer: Layer | null =
      file.found && (await isForShell(work, file))
        ? {
            program: { given, by: 'path', file },
            args,
            needsArguments: false,
            unknownOption: false,
            fed: false,
          }
        : null;
    return accepted(c, {
      kind: 'shell',
      obstacles,
      operandIndex: use.index,
      needsArguments: true,
      inner: layer,
    });
  }
  return judgeText(work, shell, program, use, obstacles, c);
}

/**
 * Whether a file could be a shell's by what it starts with. A rule for a program, or for a script of another language, is
 * about something else than the same text in a shell.
 */
async function isForShell({ at }: Work, file: FoundPath): Promise<boolean> {
  const head = await at.files.peek(file.realPath, SHEBANG_BYTES);
  if (head === null || head.includes(0)) return false;
  const shebang = readShebang(head);
  if (shebang.kind !== 'interpreter') return shebang.kind === 'none';
  const [first = '', second = ''] = shebang.argv;
  return shellNamed(basename(basename(first) === 'env' ? second : first)) !== null;
}

/** More than a person reads; and each is held against all others. */
const MOST_COMMANDS = 256;

/** What a command changes by itself. Where it stands is said of each of them. */
const lastingChanges = (command: ShellCommand): readonly Change[] =>
  changesOf({ ...command, features: new Set() }).filter((change) => change !== 'state');

async function judgeText(
  work: Work,
  shell: string,
  program: Program | null,
  use: { text: string; parameters: readonly string[]; startup: Startup },
  obstacles: readonly Reason[],
  c: Site,
): Promise<readonly Unit[]> {
  const outermost = c.around.layers.length === 0 && c.around.via.length === 0;
  const depth = c.around.depth + (outermost ? 0 : 1);
  if (depth >= DEPTH_CAP) return refused(c, { code: 'too-deep' }, false, 'shell');
  const inside: Around = {
    ...OUTSIDE,
    inShell: true,
    via: c.around.via,
    layers: program === null ? c.around.layers : [...c.around.layers, c.layer(program, true)],
    depth,
    obstacles: [...obstacles, ...c.around.obstacles],
    after: new Set(use.startup === 'none' ? [] : (['state'] as const)),
  };
  const carried = positionalCommand(use.text, use.parameters);
  const meansMore = READS_OTHERWISE.test(shell) && builtinEffect(wordAt(carried ?? [], 0)) !== null;
  if (carried !== null && !meansMore) return work.command(carried, carried, inside);
  const reading =
    READS_OTHERWISE.test(shell) && (use.parameters.length > 0 || !meansTheSameEverywhere(use.text))
      ? ({ kind: 'opaque', cause: 'shells-differ' } as const)
      : work.at.shell.read(use.text);
  if (reading.kind === 'opaque') {
    return refused(c, { code: 'opaque-text', detail: reading.cause }, false, 'unknown');
  }
  if (reading.commands.length > MOST_COMMANDS)
    return refused(c, { code: 'opaque-text', detail: 'too-much-work' }, false, 'unknown');
  if (outermost) work.reading = reading;
  const judged: JudgedCommand[] = [];
  // What comes later in a loop comes before it as well.
  const loops = reading.commands.some(({ features }) => features.has('control-flow'));
  const after = new Set([...inside.after, ...(loops ? reading.commands.flatMap(lastingChanges) : [])]);
  let fed = false;
  for (const command of reading.commands) {
    const units = await judgeShellCommand(
      work,
      { ...command, fed: command.fed || fed },
      use.text,
      { ...inside, after: new Set(after) },
      outermost,
    );
    judged.push({ command, units });
    for (const change of changesOf(command)) after.add(change);
    // `exec < file` is the standard input of all that follows.
    fed ||= command.fed && command.words.some(({ literal }) => literal === 'exec');
  }
  return withoutReplaced(judged, {
    ...work.at,
    operands: [...work.operands, ...work.settings],
    programs: work.programs,
    repositories: work.repositories,
  });
}

async function judgeShellCommand(
  work: Work,
  command: ShellCommand,
  text: string,
  inside: Around,
  outermost: boolean,
): Promise<readonly Unit[]> {
  const source = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
  const around: Around = {
    ...inside,
    fed: command.fed,
    touched: [
      ...command.words.filter(({ unknown }) => unknown.size > 0).map(source),
      ...command.redirects.map((redirect) => wordAt(source(redirect).split('\n'), 0)),
      ...command.assignments.map(({ span }) => source(span)),
      ...[...command.features].filter((feature) => STANDING.has(feature)),
    ],
    place: outermost ? { start: command.start, programIndex: 0, operandIndex: null } : null,
  };
  const args = command.words.map(({ literal }) => literal);
  const sources = command.words.map(source);
  const bad = command.assignments.find(({ name, span }) => {
    // What `for` gives to its name stands elsewhere.
    const value = source(span).startsWith(`${name}=`) ? source(span).slice(name.length + 1) : null;
    const isPlain = value !== null && /^[\w.@"'-]*$/.test(value);
    return isRefusedVariable(name, isPlain ? value.replace(/["']/g, '') : null);
  });
  const c = new Site(args, sources, around);
  if (bad !== undefined) return refused(c, { code: 'assignment-refused', detail: bad.name });
  if (args.length > 0) return work.command(args, sources, around);
  return accepted(new Site([source(command)], [source(command)], around), { kind: 'builtin' });
}
