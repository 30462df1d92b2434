import type { ShellCommand } from '../shell/reading.ts';
import { onlyReads } from './harmless.ts';
import { changesOf } from './shell-changes.ts';
import type { Unit } from './unit.ts';

/** A command of a shell text with what it came to. */
export interface JudgedCommand {
  readonly command: ShellCommand;
  readonly units: readonly Unit[];
}

const RUNS_A_FILE: ReadonlySet<Unit['kind']> = new Set(['interpreter', 'script', 'shell']);

/**
 * The units of a text, where a file is refused that another command could replace before it is read: what was shown and
 * bound would not be what runs. Files that are bound themselves may come before: what they do is what was approved.
 */
export function withoutReplaced(judged: readonly JudgedCommand[]): readonly Unit[] {
  const writers = judged.map(couldWrite);
  return judged.flatMap(({ units }, index) => {
    const replaced = writers.some(
      (writes, other) => writes && other !== index && (other < index || together(judged, index, other)),
    );
    return replaced ? units.map(refusedIfFile) : units;
  });
}

function refusedIfFile(unit: Unit): Unit {
  if (unit.refusal !== null || !RUNS_A_FILE.has(unit.kind)) return unit;
  return { ...unit, refusal: { code: 'after-other-program', detail: unit.argv[0] ?? '' } };
}

function couldWrite({ command, units }: JudgedCommand): boolean {
  if (changesOf(command).includes('writes')) return true;
  return units.some(
    ({ kind, program, argv, refusal }) =>
      refusal === null &&
      (kind === 'program' ? !onlyReads(program, argv) : !RUNS_A_FILE.has(kind) && kind !== 'builtin'),
  );
}

/** Whether a later command runs at the same time: in one pipeline, or in a substitution of one. */
function together(judged: readonly JudgedCommand[], index: number, later: number): boolean {
  return judged
    .slice(index + 1, later + 1)
    .every(({ command }) => command.operator === '|' || !command.outermost);
}
