import type { Program } from '../../facts/look-up.ts';
import type { ReadText } from '../../shell/reading.ts';
import { OUTSIDE } from '../site.ts';
import type { Unit } from '../unit.ts';
import { command } from './command.ts';
import { type Surroundings, Work } from './work.ts';

export interface TakenApart {
  readonly units: readonly Unit[];
  /** Absolute paths, as named, of the files that are run, in the order of the command. */
  readonly operands: readonly string[];
  readonly programs: readonly Program[];
  readonly usesShell: boolean;
  /** What the outermost shell text says; null where there is none or it was not read. */
  readonly reading: ReadText | null;
}

/** Looks through wrappers and shells down to the commands that run, and finds the file that each runtime is given. */
export async function takeApart(argv: readonly string[], surroundings: Surroundings): Promise<TakenApart> {
  const work = new Work(surroundings, command);
  const units = await work.command(argv, argv, OUTSIDE);
  return {
    units,
    operands: [...new Set(work.operands)],
    programs: work.programs,
    usesShell: work.usesShell,
    reading: work.reading,
  };
}
