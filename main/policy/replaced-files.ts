import { isAbsolute } from 'node:path/posix';

import type { FileFacts } from '../facts/file-facts.ts';
import type { ShellCommand } from '../shell/reading.ts';
import { type Effect, effectOf } from './effects.ts';
import { eitherWay, pathsInWord, towards } from './named-paths.ts';
import { wordAt } from './program-names.ts';
import { changesOf } from './shell-changes.ts';
import type { Unit } from './unit.ts';
import { directoriesOf, whereItLeads } from './where-it-leads.ts';

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
  const programs = [
    ...kept.path.split(':').filter(isAbsolute),
    ...units.flatMap(({ program }) => (program?.by === 'name' ? [program.file.realPath] : [])),
  ];
  const harm = await Promise.all(effects.map((each) => harmOf(each, from, programs, kept)));
  return judged.flatMap((one, index) => {
    const isBefore = (other: number): boolean =>
      other !== index && (other < index || together(judged, index, other));
    const writers = effects.filter((_, other) => isBefore(other)).flat();
    const harms = harm.filter((_, other) => isBefore(other));
    // One could make the link through which the other writes.
    const several = writers.filter(makesSomething).length > 1;
    const file = several || harms.some((each) => each.file);
    const program = harms.some((each) => each.program);
    return one.units.map((unit) => refusedIf(unit, file, program));
  });
}

const makesSomething = ({ effect }: Done): boolean =>
  effect.kind === 'anything' || (effect.kind === 'named' && !effect.removes);

function refusedIf(unit: Unit, file: boolean, program: boolean): Unit {
  const replaced = (file && RUNS_A_FILE.has(unit.kind)) || (program && unit.program?.by === 'name');
  if (unit.refusal !== null || !replaced) return unit;
  return { ...unit, refusal: { code: 'after-other-program', detail: wordAt(unit.argv, 0) } };
}

/** What a command leaves changed, and the words that could say where. */
interface Done {
  readonly effect: Effect;
  readonly words: readonly string[];
}

function effectsOf({ command, units }: JudgedCommand): readonly Done[] {
  const targets = command.redirects.flatMap(({ target }) => target?.literal ?? []);
  const redirected: readonly Done[] = changesOf(command).includes('writes')
    ? [{ effect: { kind: 'anything' }, words: targets }]
    : [];
  return [...redirected, ...units.map((unit) => ({ effect: effectOfUnit(unit), words: unit.argv.slice(1) }))];
}

function effectOfUnit({ kind, program, argv, refusal }: Unit): Effect {
  if (refusal !== null || kind === 'builtin' || IS_BOUND_TEXT.has(kind)) return { kind: 'none' };
  return kind === 'program' || kind === 'own-program' ? effectOf(program, argv) : { kind: 'anything' };
}

/** Whether a later command runs at the same time: in one pipeline, or in a substitution of one. */
function together(judged: readonly JudgedCommand[], index: number, later: number): boolean {
  return judged
    .slice(index + 1, later + 1)
    .every(({ command }) => command.operator === '|' || !command.outermost);
}

interface Harm {
  /** Files that the request runs could be other ones. */
  readonly file: boolean;
  /** PATH could find other programs. */
  readonly program: boolean;
}

/** @param programs The folders of PATH, and the files that it finds in them for this request. */
async function harmOf(
  done: readonly Done[],
  from: readonly string[],
  programs: readonly string[],
  kept: Kept,
): Promise<Harm> {
  const harms = await Promise.all(
    done.map(async ({ effect, words }): Promise<Harm> => {
      if (effect.kind === 'none') return { file: false, program: false };
      // Where nobody can say what is written, what is named may be.
      const named = effect.kind === 'named' ? effect : { files: words, trees: [] };
      const [file, program] = await Promise.all([
        effect.kind === 'anything' || reaches(named, kept.operands, from, kept),
        reaches(named, programs, from, kept),
      ]);
      return { file: file || program, program };
    }),
  );
  return { file: harms.some(({ file }) => file), program: harms.some(({ program }) => program) };
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
