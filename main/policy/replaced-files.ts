import { isAbsolute } from 'node:path/posix';

import type { FileFacts } from '../facts/file-facts.ts';
import type { Program } from '../facts/look-up.ts';
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
  /** Whatever it starts: also what first lines and carriers name, and what package runners ask first. */
  readonly programs: readonly Program[];
  /** Absolute: what would make a folder a repository of git's. */
  readonly repositories: readonly string[];
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
  const effects = judged.map((one) => ({ one, done: effectsOf(one) }));
  if (effects.every(({ done }) => done.every(({ effect }) => effect.kind === 'none'))) return units;
  const from = directoriesOf(units, kept.cwd, kept.home);
  const words = effects.flatMap(({ done }) => done.flatMap(namedIn));
  const tooMany = words.length * from.length > MOST_WORDS;
  const programs = await programPlaces(kept);
  const items = await Promise.all(
    effects.map(async ({ one, done }): Promise<Item> => {
      const harms = tooMany ? done.map(anyHarm) : await harmOf(done, from, programs, kept);
      const makes = done.filter(makesSomething).length;
      return { one, counts: { makes, ...countHarms(harms) } };
    }),
  );
  const loops = judged.some(({ command }) => command.features.has('control-flow'));
  let soFar: Counts = { makes: 0, file: 0, program: 0, perhaps: 0 };
  return sideBySide(items).flatMap((group) => {
    for (const { counts } of group) soFar = sum(soFar, counts, 1);
    const upToHere = soFar;
    return group.flatMap(({ one, counts }) => {
      const { makes, file, program, perhaps } = sum(upToHere, counts, -1);
      // In a loop a command comes before itself. Of two, one could make the link through which the other writes.
      const replaced = loops ? upToHere.program : program;
      const harm: Harm = { file: makes > 1 || file > 0, program: replaced > 0, perhaps: perhaps > 0 };
      return one.units.map((unit) => afterHarm(unit, harm));
    });
  });
}

/** From each directory that the text goes to. More are not followed to where they lead. */
const MOST_WORDS = 2000;

const anyHarm = ({ effect }: Done): Harm => {
  const does = effect.kind !== 'none';
  return { file: does, program: does, perhaps: does };
};

function namedIn({ effect, words }: Done): readonly string[] {
  if (effect.kind === 'named') return [...effect.files, ...effect.trees];
  return effect.kind === 'anything' ? words : [];
}

/** How many effects there are that make something, and harms of each kind. */
interface Counts {
  readonly makes: number;
  readonly file: number;
  readonly program: number;
  readonly perhaps: number;
}

interface Item {
  readonly one: JudgedCommand;
  readonly counts: Counts;
}

const countHarms = (harms: readonly Harm[]): Omit<Counts, 'makes'> => ({
  file: harms.filter(({ file }) => file).length,
  program: harms.filter(({ program }) => program).length,
  perhaps: harms.filter(({ perhaps }) => perhaps).length,
});

const sum = (a: Counts, b: Counts, sign: 1 | -1): Counts => ({
  makes: a.makes + sign * b.makes,
  file: a.file + sign * b.file,
  program: a.program + sign * b.program,
  perhaps: a.perhaps + sign * b.perhaps,
});

/**
 * Commands that run at the same time, or in no order that the text gives: those of one pipeline with the substitutions in
 * it; with loops, with background, and with groups in a pipeline all of them.
 */
function sideBySide(items: readonly Item[]): readonly (readonly Item[])[] {
  const has = (...features: Feature[]): boolean =>
    items.some(({ one }) => features.some((feature) => one.command.features.has(feature)));
  const piped = items.some(({ one }) => one.command.operator === '|');
  if (has('control-flow', 'background') || (piped && has('group', 'subshell'))) return [items];
  const groups: Item[][] = [];
  for (const item of items) {
    const { operator, outermost } = item.one.command;
    const group = groups.at(-1);
    if (group !== undefined && (operator === '|' || !outermost)) group.push(item);
    else groups.push([item]);
  }
  return groups;
}

const makesSomething = ({ effect }: Done): boolean =>
  effect.kind === 'anything' || (effect.kind === 'named' && !effect.removes);

function afterHarm(unit: Unit, { file, program, perhaps }: Harm): Unit {
  if (unit.refusal !== null) return unit;
  const detail = wordAt(unit.argv, 0);
  // What a carrier starts is among the programs.
  const byName = unit.program?.by === 'name' || unit.kind === 'carrier';
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

async function programPlaces({ path, files, programs }: Kept): Promise<Places> {
  const folders = await Promise.all(
    path
      .split(':')
      .filter(isAbsolute)
      .map(async (place) => ({ place, found: await files.trace(place) })),
  );
  const namesOf = ({ given, file }: Program): readonly string[] => [given, file.realPath];
  return {
    all: [...folders.map(({ place }) => place), ...programs.flatMap(namesOf)],
    replaceable: [
      ...folders.filter((folder) => folder.found.found && folder.found.replaceable).map(({ place }) => place),
      ...programs.filter(({ file }) => file.replaceable).flatMap(namesOf),
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
          reaches(effect, [...programs.all, ...kept.repositories], from, kept),
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

/** More are not looked at one by one. */
const MOST_PATHS = 2000;

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
  const [fileWords, treeWords] = [absolute(files), absolute(trees)];
  if (fileWords.length + treeWords.length > MOST_PATHS) return true;
  const [fileEnds, treeEnds, placeEnds] = await Promise.all([
    leads(fileWords),
    leads(treeWords),
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
