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

const RUNS_A_FILE: ReadonlySet<Unit['kind']> = new Set(['interpreter', 'script', 'shell']);

/**
 * The units of a text, where a file is refused that another command could replace before it is read: what was shown and
 * bound would not be what runs. The same for a program that PATH finds, where another command names a folder of PATH.
 * Files that are bound themselves may come before: what they do is what was approved.
 */
export async function withoutReplaced(
  judged: readonly JudgedCommand[],
  kept: Kept,
): Promise<readonly Unit[]> {
  const effects = judged.map(effectsOf);
  if (effects.every((each) => each.every(({ kind }) => kind === 'none')))
    return judged.flatMap(({ units }) => units);
  const from = directoriesOf(
    judged.flatMap(({ units }) => units),
    kept.cwd,
    kept.home,
  );
  const harm = await Promise.all(effects.map((each) => harmOf(each, from, kept)));
  return judged.flatMap(({ units }, index) => {
    const isBefore = (other: number): boolean =>
      other !== index && (other < index || together(judged, index, other));
    const writers = effects.filter((_, other) => isBefore(other)).flat();
    const harms = harm.filter((_, other) => isBefore(other));
    // One could make the link through which the other writes.
    const several = writers.filter(makesSomething).length > 1;
    const file = several || harms.some((each) => each.file);
    const program = harms.some((each) => each.program);
    return units.map((unit) => refusedIf(unit, file, program));
  });
}

const makesSomething = (effect: Effect): boolean =>
  effect.kind === 'anything' || (effect.kind === 'named' && !effect.removes);

function refusedIf(unit: Unit, file: boolean, program: boolean): Unit {
  const replaced = (file && RUNS_A_FILE.has(unit.kind)) || (program && unit.program?.by === 'name');
  if (unit.refusal !== null || !replaced) return unit;
  return { ...unit, refusal: { code: 'after-other-program', detail: wordAt(unit.argv, 0) } };
}

function effectsOf({ command, units }: JudgedCommand): readonly Effect[] {
  const redirected: readonly Effect[] = changesOf(command).includes('writes') ? [{ kind: 'anything' }] : [];
  return [...redirected, ...units.map(effectOfUnit)];
}

function effectOfUnit({ kind, program, argv, refusal }: Unit): Effect {
  if (refusal !== null || kind === 'builtin' || RUNS_A_FILE.has(kind)) return { kind: 'none' };
  return kind === 'program' ? effectOf(program, argv) : { kind: 'anything' };
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

async function harmOf(effects: readonly Effect[], from: readonly string[], kept: Kept): Promise<Harm> {
  const harms = await Promise.all(
    effects.map(async (effect): Promise<Harm> => {
      if (effect.kind !== 'named') return { file: effect.kind === 'anything', program: false };
      const folders = kept.path.split(':').filter(isAbsolute);
      const [files, programs] = await Promise.all([
        reaches(effect, kept.operands, from, kept),
        reaches(effect, folders, from, kept),
      ]);
      return { file: files || programs, program: programs };
    }),
  );
  return { file: harms.some(({ file }) => file), program: harms.some(({ program }) => program) };
}

/** Whether what a command names is one of these places, is in one, or, for a whole tree, has one in it. */
async function reaches(
  { files, trees }: Extract<Effect, { kind: 'named' }>,
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
