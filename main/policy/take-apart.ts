import { basename, resolve } from 'node:path/posix';

import { type Arg, findOperand, type OperandProblem } from '../binding/find-operand.ts';
import { interpreterNamed } from '../binding/interpreters.ts';
import { readShebang, SHEBANG_BYTES } from '../binding/shebang.ts';
import { meansTheSameEverywhere, shellNamed, shellUse, type Startup } from '../binding/shells.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import { lookUp, type Program } from '../facts/look-up.ts';
import type { ReadText, ShellCommand, ShellReader } from '../shell/reading.ts';
import { builtinEffect, isPlainBuiltin, setsVariable, variablesNamed } from './builtins.ts';
import { type Carried, carriedBy, isModelled, isScriptName, looksLikeScript } from './carriers.ts';
import { isRefusedVariable } from './environment-rules.ts';
import { startsNothing } from './harmless.ts';
import { positionalCommand } from './positional.ts';
import { isRuntime, isTrusted, namesOf } from './program-names.ts';
import type { Reason, ReasonCode } from './reasons.ts';
import { type JudgedCommand, withoutReplaced } from './replaced-files.ts';
import { lookUpFetched } from './runner-lookup.ts';
import { changesOf, STANDING } from './shell-changes.ts';
import { type Around, type Found, OUTSIDE, Site } from './site.ts';
import { hasVerbs, taskUse } from './task-runners.ts';
import type { Layer, Unit } from './unit.ts';
import { isLauncher, isRunner, unwrap, type Unwrapped } from './wrappers.ts';

export interface TakenApart {
  readonly units: readonly Unit[];
  /** Absolute paths, as named, of the files that are run, in the order of the command. */
  readonly operands: readonly string[];
  readonly programs: readonly Program[];
  readonly usesShell: boolean;
  /** What the outermost shell text says; null where there is none or it was not read. */
  readonly reading: ReadText | null;
}

export interface Surroundings {
  readonly files: FileFacts;
  readonly shell: ShellReader;
  readonly cwd: string;
  readonly path: string;
  readonly isOwn: (realPath: string) => boolean;
}

/** Looks through wrappers and shells down to the commands that run, and finds the file that each runtime is given. */
export async function takeApart(argv: readonly string[], surroundings: Surroundings): Promise<TakenApart> {
  const work = new Work(surroundings);
  return work.result(await work.command(argv, argv, OUTSIDE));
}

/** At this many layers nobody looks any further, and the answer is no. */
const DEPTH_CAP = 4;

const OPERAND_REASONS: Readonly<Record<OperandProblem, ReasonCode>> = {
  'no-operand': 'no-file-operand',
  option: 'runtime-option',
  several: 'several-operands',
  'script-name': 'script-name',
  computed: 'inside-shell-parts',
  'standard-input': 'standard-input',
};

/** Of these only texts are read that mean the same in every shell: the others evaluate more than they show. */
const READS_OTHERWISE = /^(?:zsh|fish|m?ksh(?:93)?|yash)$/;

const SCRIPT_CARRIED: Reason = { code: 'script-under-carrier' };

class Work {
  readonly #at: Surroundings;
  readonly #operands: string[] = [];
  readonly #programs: Program[] = [];
  #usesShell = false;
  #reading: ReadText | null = null;

  constructor(surroundings: Surroundings) {
    this.#at = surroundings;
  }

  result(units: readonly Unit[]): TakenApart {
    return {
      units,
      operands: [...new Set(this.#operands)],
      programs: this.#programs,
      usesShell: this.#usesShell,
      reading: this.#reading,
    };
  }

  /** @param sources The words as written, for those that the shell computes. */
  async command(args: readonly Arg[], sources: readonly string[], around: Around): Promise<readonly Unit[]> {
    const name = args[0];
    const c = new Site(args, sources, around);
    if (name === undefined || name === '') return refused(c, { code: 'empty-command' }, !around.inShell);
    if (name === null || around.after.has('names')) return refused(c, { code: 'computed-name' });
    const effect = around.inShell ? builtinEffect(name) : null;
    if (effect !== null) return this.#builtin(name, effect, c);
    if (name.includes('/') && !name.startsWith('/') && around.after.has('directory')) {
      return refused(c, { code: 'after-directory-change', detail: name });
    }
    const program = await this.#find(name, around);
    if (program === null && around.runner === null) {
      // `time` is a word of most shells' own.
      const through = around.inShell && name === 'time' ? unwrap(name, args) : null;
      if (through?.kind === 'through') return this.#behind(c, null, name, through.index, null);
      return refused(c, { code: 'not-found', detail: name }, around.layers.length === 0 && !around.inShell);
    }
    if (program !== null) {
      this.#programs.push(program);
      c.program = program;
      if (this.#at.isOwn(program.file.realPath)) {
        return refused(c, { code: 'own-program', detail: program.file.realPath }, true);
      }
    }
    return this.#judge(name, program, c);
  }

  async #judge(name: string, program: Program | null, c: Site): Promise<readonly Unit[]> {
    const script = program === null ? null : await this.#asScript(program);
    if (script !== null) this.#operands.push(script.given);
    const names = namesOf(name, program);
    for (const each of names) {
      const unwrapped = unwrap(each, c.args);
      if (unwrapped.kind !== 'none') return this.#wrapper(each, program, unwrapped, c);
    }
    const shell = names.map(shellNamed).find((each) => each !== null);
    if (shell !== undefined) return this.#shell(shell, program, c);
    const uses = names.map((each) => taskUse(each, c.args));
    if (uses.includes('runs')) return refused(c, { code: 'task-runner', detail: name });
    const runtime = names.map(interpreterNamed).find((row) => row !== null);
    if (runtime !== undefined && !uses.includes('plain')) {
      const disturbed = c.disturbed(name);
      if (disturbed !== null) return refused(c, disturbed, false, 'interpreter');
      const found = findOperand(runtime, c.args);
      if (!found.ok)
        return refused(c, { code: OPERAND_REASONS[found.problem], detail: name }, false, 'interpreter');
      this.#operands.push(resolve(this.#at.cwd, found.path));
      return accepted(c, { kind: 'interpreter', operandIndex: found.index, needsArguments: true });
    }
    for (const each of names) {
      const carried = carriedBy(each, c.args, c.around.fed);
      if (carried !== null) return this.#carrier(name, carried, c);
    }
    if (script !== null) return this.#script(name, script, c);
    return accepted(c, {
      kind: names.some((each) => isLauncher(each) || hasVerbs(each)) ? 'launcher' : 'program',
      needsArguments:
        names.some((each) => isRunner(each) || hasVerbs(each)) ||
        (!names.some(isModelled) && (await this.#couldStart(program, c))),
    });
  }

  /** Whether a word of a program that nobody has modelled could be another program for it to start. */
  async #couldStart(program: Program | null, { args }: Site): Promise<boolean> {
    const words = args.map((arg) => arg ?? '');
    if (startsNothing(program, words)) return false;
    if (words.slice(1).some((word) => isRuntime(basename(word)))) return true;
    const first = words.slice(1).find((word) => !/^[-+]/.test(word));
    if (first === undefined) return false;
    return isScriptName(first) || (await lookUp(first, this.#at, this.#at.files)) !== null;
  }

  async #find(name: string, { runner }: Around): Promise<Program | null> {
    if (runner !== null && !name.includes('/')) {
      return lookUpFetched(name, { ...this.#at, finds: runner }, this.#at.files);
    }
    return lookUp(name, this.#at, this.#at.files);
  }

  /** A file that is started by its path and is a script, or that others than root can write. */
  async #asScript(program: Program): Promise<{ given: string; head: Uint8Array | null } | null> {
    if (program.by !== 'path') return null;
    const { realPath } = program.file;
    const head = await this.#at.files.peek(realPath, SHEBANG_BYTES);
    if (head !== null && readShebang(head).kind !== 'none') return { given: program.given, head };
    const real = program.given === realPath ? program.file : await this.#at.files.trace(realPath);
    return !real.found || real.replaceable ? { given: program.given, head } : null;
  }

  async #wrapper(
    name: string,
    program: Program | null,
    unwrapped: Unwrapped,
    c: Site,
  ): Promise<readonly Unit[]> {
    switch (unwrapped.kind) {
      case 'none':
        return accepted(c, { kind: 'program', needsArguments: true });
      case 'evaluated':
        return refused(c, { code: 'evaluated-text', detail: name });
      case 'carrier':
        return this.#carrier(
          name,
          { command: unwrapped.index === null ? null : c.args.slice(unwrapped.index) },
          c,
        );
      case 'assigning': {
        const bad = unwrapped.assignments.find((text) => {
          const at = text.indexOf('=');
          return isRefusedVariable(text.slice(0, at), text.slice(at + 1));
        });
        if (bad !== undefined) {
          return refused(c, { code: 'assignment-refused', detail: bad.slice(0, bad.indexOf('=')) });
        }
        return this.#behind(c, program, name, unwrapped.index, null, [{ code: 'environment-wrapper' }]);
      }
      case 'through': {
        // `xcrun git` is the toolchain's, and a path given to a package runner is that of a package.
        const elsewhere =
          name === 'xcrun' ||
          (/^(?:local|fetched)$/.test(unwrapped.finds) && c.args[unwrapped.index]?.includes('/') === true);
        return this.#behind(
          c,
          program,
          name,
          unwrapped.index,
          unwrapped.finds === 'path-only' ? null : unwrapped.finds,
          elsewhere ? [{ code: 'fetched-program', detail: name }] : [],
        );
      }
    }
  }

  /** One layer further in. */
  async #behind(
    c: Site,
    program: Program | null,
    name: string,
    index: number,
    runner: Around['runner'],
    obstacles: readonly Reason[] = [],
  ): Promise<readonly Unit[]> {
    const { around } = c;
    if (around.depth + 1 >= DEPTH_CAP) return refused(c, { code: 'too-deep' });
    const trusted = program === null || isTrusted(program);
    return this.command(c.args.slice(index), c.sources.slice(index), {
      ...around,
      inShell: false,
      via: [...around.via, name],
      layers: program === null ? around.layers : [...around.layers, c.layer(program, true)],
      depth: around.depth + 1,
      obstacles: [
        ...around.obstacles,
        ...obstacles,
        ...(trusted ? [] : [{ code: 'launcher-not-trusted', detail: name } as const]),
      ],
      runner,
      place: around.place && { ...around.place, programIndex: around.place.programIndex + index },
    });
  }

  async #shell(shell: string, program: Program | null, c: Site): Promise<readonly Unit[]> {
    this.#usesShell = true;
    const disturbed = c.disturbed(shell);
    if (disturbed !== null) return refused(c, disturbed, false, 'shell');
    const use = shellUse(shell, c.args);
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
      if (use.startup === 'login')
        return refused(c, { code: 'runtime-option', detail: shell }, false, 'shell');
      const given = resolve(this.#at.cwd, use.path);
      this.#operands.push(given);
      const file = await this.#at.files.trace(given);
      const args = c.args.slice(use.index + 1).filter((arg) => arg !== null);
      const layer: Layer | null = file.found
        ? { program: { given, by: 'path', file }, args, needsArguments: false }
        : null;
      return accepted(c, {
        kind: 'shell',
        obstacles,
        operandIndex: use.index,
        needsArguments: true,
        inner: layer,
      });
    }
    return this.#text(shell, program, use, obstacles, c);
  }

  async #text(
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
    if (carried !== null) return this.command(carried, carried, inside);
    const reading =
      READS_OTHERWISE.test(shell) && !meansTheSameEverywhere(use.text)
        ? ({ kind: 'opaque', cause: 'shells-differ' } as const)
        : this.#at.shell.read(use.text);
    if (reading.kind === 'opaque') {
      return refused(c, { code: 'opaque-text', detail: reading.cause }, false, 'unknown');
    }
    if (outermost) this.#reading = reading;
    const judged: JudgedCommand[] = [];
    const after = new Set(inside.after);
    for (const command of reading.commands) {
      const units = await this.#shellCommand(
        command,
        use.text,
        { ...inside, after: new Set(after) },
        outermost,
      );
      judged.push({ command, units });
      for (const change of changesOf(command)) after.add(change);
    }
    return withoutReplaced(judged);
  }

  async #shellCommand(
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
        ...command.redirects.map((redirect) => source(redirect).split('\n')[0] ?? ''),
        ...command.assignments.map(({ span }) => source(span)),
        ...[...command.features].filter((feature) => STANDING.has(feature)),
      ],
      place: outermost ? { start: command.start, programIndex: 0, operandIndex: null } : null,
    };
    const args = command.words.map(({ literal }) => literal);
    const sources = command.words.map(source);
    const bad = command.assignments.find(({ name, span }) => {
      const value = source(span).slice(name.length + 1);
      return isRefusedVariable(name, /^[\w"']*$/.test(value) ? value.replace(/["']/g, '') : null);
    });
    const c = new Site(args, sources, around);
    if (bad !== undefined) return refused(c, { code: 'assignment-refused', detail: bad.name });
    if (args.length > 0) return this.command(args, sources, around);
    return accepted(new Site([source(command)], [source(command)], around), { kind: 'builtin' });
  }

  async #builtin(
    name: string,
    effect: NonNullable<ReturnType<typeof builtinEffect>>,
    c: Site,
  ): Promise<readonly Unit[]> {
    const words = c.args.slice(1).map((arg, index) => arg ?? c.sources[index + 1] ?? '');
    const named = variablesNamed(name, words).find((variable) => isRefusedVariable(variable, null));
    if (named !== undefined) return refused(c, { code: 'assignment-refused', detail: named });
    if (effect === 'evaluates' || !isPlainBuiltin(name, c.args.slice(1), c.sources.slice(1))) {
      return refused(c, { code: 'evaluated-text', detail: name });
    }
    if (effect === 'prefix') {
      const [first] = words;
      if (name === 'command' && (first === '-v' || first === '-V')) return accepted(c, { kind: 'builtin' });
      const index = c.args.findIndex((arg, at) => at > 0 && arg !== '-p' && arg !== '--');
      if (index !== -1) {
        if (words[index - 1]?.startsWith('-') === true)
          return refused(c, { code: 'evaluated-text', detail: name });
        if (c.around.depth + 1 >= DEPTH_CAP) return refused(c, { code: 'too-deep' });
        return this.command(c.args.slice(index), c.sources.slice(index), {
          ...c.around,
          touched: [...c.around.touched, name],
          via: [...c.around.via, name],
          depth: c.around.depth + 1,
          place: c.around.place && { ...c.around.place, programIndex: c.around.place.programIndex + index },
        });
      }
      return accepted(c, { kind: 'builtin', once: [name] });
    }
    if (effect !== 'none' || setsVariable(name, c.args.slice(1)))
      return accepted(c, { kind: 'builtin', once: [c.sources.join(' ')] });
    // The shell has it built in; the rule is about the program of that name, which does the same.
    c.program = await lookUp(name, this.#at, this.#at.files);
    if (c.program !== null) this.#programs.push(c.program);
    return accepted(c, { kind: 'builtin', needsArguments: false });
  }

  async #carrier(name: string, { command }: Carried, c: Site): Promise<readonly Unit[]> {
    const disturbed = c.disturbed(name);
    if (disturbed !== null) return refused(c, disturbed, false, 'carrier');
    const words = c.args.slice(1).map((arg) => arg ?? '');
    const bad =
      command === null
        ? words.some((word) => looksLikeScript(word, isRuntime))
          ? SCRIPT_CARRIED
          : null
        : await this.#carried(command);
    if (bad !== null) return refused(c, { detail: name, ...bad }, false, 'carrier');
    return accepted(c, { kind: 'carrier', needsArguments: true, names: words });
  }

  /** Why what a carrier runs is refused; null: it is a program, with whatever words. */
  async #carried(command: readonly Arg[]): Promise<Reason | null> {
    const [name] = command;
    if (name === undefined) return null;
    if (name === null) return SCRIPT_CARRIED;
    const program = await lookUp(name, this.#at, this.#at.files);
    const names = namesOf(name, program);
    if (names.some(isRuntime)) return SCRIPT_CARRIED;
    if (program === null) return { code: 'not-found', detail: name };
    if (this.#at.isOwn(program.file.realPath)) return { code: 'own-program', detail: name };
    if ((await this.#asScript(program)) !== null) return SCRIPT_CARRIED;
    for (const each of names) {
      const unwrapped = unwrap(each, command);
      if (unwrapped.kind === 'evaluated') return { code: 'evaluated-text' };
      const inner =
        unwrapped.kind === 'none'
          ? carriedBy(each, command)
          : { command: unwrapped.index === null ? null : command.slice(unwrapped.index) };
      if (inner === null) continue;
      if (inner.command !== null) return this.#carried(inner.command);
      if (command.some((word) => word === null || looksLikeScript(word, isRuntime))) return SCRIPT_CARRIED;
    }
    return null;
  }

  /** A script that is started by its path: what its first line names is judged as if it stood in the command. */
  async #script(
    name: string,
    { given, head }: { given: string; head: Uint8Array | null },
    c: Site,
  ): Promise<readonly Unit[]> {
    const disturbed = c.disturbed(name);
    if (disturbed !== null) return refused(c, disturbed, false, 'script');
    const shebang = head === null ? { kind: 'unclear' as const } : readShebang(head);
    const refuse = (code: ReasonCode): readonly Unit[] => refused(c, { code, detail: name }, false, 'script');
    if (shebang.kind === 'unclear') return refuse('runtime-option');
    if (shebang.kind === 'none') return accepted(c, { kind: 'script', needsArguments: false });
    let words = [...shebang.argv, given];
    let first = words[0] ?? '';
    for (const each of [first, first.endsWith('/env') ? words[1] : undefined]) {
      if (each === undefined) continue;
      const program = await lookUp(each, this.#at, this.#at.files);
      if (program === null) return refused(c, { code: 'not-found', detail: each }, false, 'script');
      if (this.#at.isOwn(program.file.realPath))
        return refused(c, { code: 'own-program', detail: each }, true);
      this.#programs.push(program);
      first = each;
    }
    words = words.slice(words.indexOf(first));
    const names = namesOf(first, this.#programs.at(-1) ?? null);
    const obstacles: Reason[] = [];
    const shell = names.map(shellNamed).find((each) => each !== null);
    const runtime = names.map(interpreterNamed).find((row) => row !== null);
    if (shell !== undefined) {
      this.#usesShell = true;
      const use = shellUse(shell, words);
      if (use.kind !== 'file' || use.path !== given || use.startup === 'login')
        return refuse('runtime-option');
      if (use.startup === 'own') obstacles.push({ code: 'startup-files', detail: shell });
    } else if (runtime !== undefined) {
      const found = findOperand(runtime, words);
      if (!found.ok || found.path !== given) return refuse('runtime-option');
    } else if (names.some((each) => taskUse(each, words) === 'runs')) return refuse('task-runner');
    return accepted(c, { kind: 'script', obstacles, needsArguments: false, operandIndex: 0 });
  }
}

/** A command that nobody is asked about. @param hard Whatever the policy. */
function refused(c: Site, refusal: Reason, hard = false, kind: Unit['kind'] = 'unknown'): readonly Unit[] {
  return [{ ...c.unit({ kind, needsArguments: true }), refusal, hard }];
}

function accepted(c: Site, what: Found): readonly Unit[] {
  return [c.unit(what)];
}
