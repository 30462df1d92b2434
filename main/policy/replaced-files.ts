import { isAbsolute } from 'node:path/posix';

import type { FileFacts } from '../facts/file-facts.ts';
import type { Feature, ShellCommand } from '../shell/reading.ts';
import { type Effect, effectOf } from './effects.ts';
import { eitherWay, pathsInWord, towards } from './named-paths.ts';
import { wordAt } from './program-names.ts';
import { changesOf } from './shell-changes.ts';
import type { Unit } from './unit.ts';
import { directoriesOf, whereItLeads } from './where-it-leads.ts';
import { isRunner } from './wrappers.ts';

/** A command of a shell text with what it came to. */
export interface JudgedCommand {
  readonly command: ShellCommand;
  readonly units: readonly Unit[];
}

/** What has to stay as it is until it runs. */
export interface Kept {
  /** Absolute, as named: the files that the request runs. */
  readonly operands: readonly string[];
  readonly path: string;
  readonly cwd: string;
  readonly home: string;
  readonly files: FileFacts;
}

const RUNS_A_FILE: ReadonlySet<Unit['kind']> = new Set(['interpreter', 'script', 'own-program', 'shell']);
/** What they do is in the text that is bound, and was approved with it. */
const IS_BOUND_TEXT: ReadonlySet<Unit['kind']> = new Set(['interpreter', 'script', 'shell']);

/**
 * The units of a text, where a file is refused that another command could replace before it is read: what was shown and
 * bound would not be what runs. The same for a program that PATH finds, where another command names a folder of PATH.
 * Files that are bound themselves may come before: what they do is what was approved.
 */
export async function withoutReplaced(
  judged: readonly JudgedCommand[],
  kept: Kept,
): Promise<readonly Unit[]> {
  const units = judged.flatMap((each) => each.units);
  const effects = judged.map(effectsOf);
  if (effects.every((each) => each.every(({ effect }) => effect.kind === 'none'))) return units;
  const from = directoriesOf(units, kept.cwd, kept.home);
  const programs = await programPlaces(units, kept);
  const all = await Promise.all(effects.map((each) => harmOf(each, from, programs, kept)));
  // What each has that comes before a command: up to where its pipeline ends, or all of the text.
  const ends = endsOf(judged);
  const counted = runningCounts(effects, all);
  return judged.flatMap((one, index) => {
    const [own, before] = [counted.of[index], counted.upTo[ends[index] ?? index]];
    const has = (what: keyof Counts): number => (before?.[what] ?? 0) - (own?.[what] ?? 0);
    // One could make the link through which the other writes.
    const harm: Harm = {
      file: has('makes') > 1 || has('file') > 0,
      program: has('program') > 0,
      perhaps: has('perhaps') > 0,
    };
    return one.units.map((unit) => afterHarm(unit, harm));
  });
}

/** How many effects there are that make something, and harms of each kind. */
interface Counts {
  readonly makes: number;
  readonly file: number;
  readonly program: number;
  readonly perhaps: number;
}

function runningCounts(
  effects: readonly (readonly Done[])[],
  harms: readonly (readonly Harm[])[],
): { readonly of: readonly Counts[]; readonly upTo: readonly Counts[] } {
  const of = effects.map((done, index): Counts => {
    const own = harms[index] ?? [];
    return {
      makes: done.filter(makesSomething).length,
      file: own.filter(({ file }) => file).length,
      program: own.filter(({ program }) => program).length,
      perhaps: own.filter(({ perhaps }) => perhaps).length,
    };
  });
  let sum: Counts = { makes: 0, file: 0, program: 0, perhaps: 0 };
  const upTo = of.map(({ makes, file, program, perhaps }) => {
    sum = {
      makes: sum.makes + makes,
      file: sum.file + file,
      program: sum.program + program,
      perhaps: sum.perhaps + perhaps,
    };
    return sum;
  });
  return { of, upTo };
}

/**
 * The last command, by its place, that may run before each: the end of its pipeline, or of the substitutions in it. With
 * loops, and with groups that run side by side, that is the last one of all.
 */
function endsOf(judged: readonly JudgedCommand[]): readonly number[] {
  const last = judged.length - 1;
  const has = (...features: Feature[]): boolean =>
    judged.some(({ command }) => features.some((feature) => command.features.has(feature)));
  const piped = judged.some(({ command }) => command.operator === '|');
  if (has('control-flow', 'background') || (piped && has('group', 'subshell'))) return judged.map(() => last);
  const ends = judged.map((_, index) => index);
  for (let index = last - 1; index >= 0; index--) {
    const next = judged[index + 1]?.command;
    if (next?.operator === '|' || next?.outermost === false) ends[index] = ends[index + 1] ?? index;
  }
  return ends;
}

const makesSomething = ({ effect }: Done): boolean =>
  effect.kind === 'anything' || (effect.kind === 'named' && !effect.removes);

function afterHarm(unit: Unit, { file, program, perhaps }: Harm): Unit {
  if (unit.refusal !== null) return unit;
  const detail = wordAt(unit.argv, 0);
  const byName = unit.program?.by === 'name';
  // A package runner's settings decide what it runs.
  const runsFile = RUNS_A_FILE.has(unit.kind) || unit.via.some(isRunner);
  if ((file && runsFile) || (program && byName))
    return { ...unit, refusal: { code: 'after-other-program', detail } };
  return perhaps && byName
    ? { ...unit, obstacles: [...unit.obstacles, { code: 'program-could-change', detail }] }
    : unit;
}

/** What a command leaves changed, and the words that could say where. */
interface Done {
  readonly effect: Effect;
  readonly words: readonly string[];
  /** By the shell, to these places and nowhere else. */
  readonly redirected: boolean;
}

function effectsOf({ command, units }: JudgedCommand): readonly Done[] {
  const targets = command.redirects.flatMap(({ target }) => target?.literal ?? []);
  const redirected: readonly Done[] = changesOf(command).includes('writes')
    ? [{ effect: { kind: 'anything' }, words: targets, redirected: true }]
    : [];
  return [
    ...redirected,
    ...units.map((unit) => ({ effect: effectOfUnit(unit), words: unit.argv.slice(1), redirected: false })),
  ];
}

function effectOfUnit({ kind, program, argv, refusal }: Unit): Effect {
  if (refusal !== null || kind === 'builtin' || IS_BOUND_TEXT.has(kind)) return { kind: 'none' };
  return kind === 'program' || kind === 'own-program' ? effectOf(program, argv) : { kind: 'anything' };
}

interface Harm {
  /** Files that the request runs could be other ones. */
  readonly file: boolean;
  /** PATH could find other programs: their folder or file is named. */
  readonly program: boolean;
  /** It could too, since a folder above them may be written to. */
  readonly perhaps: boolean;
}

interface Places {
  /** The folders of PATH, and the files that it finds in them for this request. */
  readonly all: readonly string[];
  /** Those that others than root can write. */
  readonly replaceable: readonly string[];
}

async function programPlaces(units: readonly Unit[], { path, files }: Kept): Promise<Places> {
  const folders = await Promise.all(
    path
      .split(':')
      .filter(isAbsolute)
      .map(async (place) => ({ place, found: await files.trace(place) })),
  );
  const found = units.flatMap(({ program }) => (program?.by === 'name' ? [program.file] : []));
  return {
    all: [...folders.map(({ place }) => place), ...found.map(({ realPath }) => realPath)],
    replaceable: [
      ...folders.filter((folder) => folder.found.found && folder.found.replaceable).map(({ place }) => place),
      ...found.filter(({ replaceable }) => replaceable).map(({ realPath }) => realPath),
    ],
  };
}

async function harmOf(
  done: readonly Done[],
  from: readonly string[],
  programs: Places,
  kept: Kept,
): Promise<readonly Harm[]> {
  return Promise.all(
    done.map(async ({ effect, words, redirected }): Promise<Harm> => {
      if (effect.kind === 'none') return { file: false, program: false, perhaps: false };
      if (effect.kind === 'named') {
        const [file, program] = await Promise.all([
          reaches(effect, kept.operands, from, kept),
          reaches(effect, programs.all, from, kept),
        ]);
        return { file: file || program, program, perhaps: false };
      }
      // Where nobody can say what is written, it may be what is named, and anything in there or in the directory.
      const around = { files: [], trees: [...words, ...(redirected ? [] : ['.'])] };
      const [program, perhaps] = await Promise.all([
        reaches({ files: words, trees: [] }, programs.all, from, kept),
        reaches(around, programs.replaceable, from, kept),
      ]);
      return { file: true, program, perhaps };
    }),
  );
}

/** Whether what a command names is one of these places, is in one, or, for a whole tree, has one in it. */
async function reaches(
  { files, trees }: Pick<Extract<Effect, { kind: 'named' }>, 'files' | 'trees'>,
  places: readonly string[],
  from: readonly string[],
  { home, files: facts }: Kept,
): Promise<boolean> {
  const leads = (paths: readonly string[]): Promise<(string | null)[]> =>
    Promise.all(paths.map((path) => whereItLeads(path, facts)));
  const absolute = (words: readonly string[]): string[] =>
    words
      .flatMap((word) => pathsInWord(word, home))
      .flatMap((path) => from.flatMap((directory) => eitherWay(directory, path)));
  const [fileEnds, treeEnds, placeEnds] = await Promise.all([
    leads(absolute(files)),
    leads(absolute(trees)),
    leads(places),
  ]);
  const same = await sameFiles(fileEnds, placeEnds, facts);
  return (
    same ||
    [...fileEnds, ...treeEnds].some((end, index) =>
      placeEnds.some((place) => {
        if (end === null || place === null) return true;
        const way = towards(end, place);
        return way === 'within' || (way === 'above' && index >= fileEnds.length);
      }),
    )
  );
}

/** A file may have several names without any link between them. */
async function sameFiles(
  ends: readonly (string | null)[],
  places: readonly (string | null)[],
  facts: FileFacts,
): Promise<boolean> {
  const numbers = async (path: string | null): Promise<string | null> => {
    const found = path === null ? null : await facts.trace(path);
    const last = found?.found === true && found.kind === 'file' ? found.components.at(-1) : undefined;
    return last === undefined ? null : `${last.dev}:${last.ino}`;
  };
  const known = new Set(await Promise.all(places.map(numbers)));
  return (await Promise.all(ends.map(numbers))).some((number) => number !== null && known.has(number));
}
