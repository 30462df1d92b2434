import { diffArrays } from 'diff';

/** One line of a file next to an earlier version of it. Numbers count from 1. */
export interface LineChange {
  readonly kind: 'same' | 'added' | 'removed';
  /** Without its line end. */
  readonly text: string;
  /** Its number in the file as it is now; for a removed one, as it was. */
  readonly number: number;
  /** The last line, with nothing to end it. */
  readonly unended: boolean;
}

export interface Changes {
  readonly added: number;
  readonly removed: number;
  /** Stretches with changes, in order, each with some unchanged lines around them. */
  readonly hunks: readonly (readonly LineChange[])[];
}

const CONTEXT = 3;
/** A person waits for this. Files that differ in more than this are another file, and are read whole. */
const BUDGET = { timeout: 50, maxEditLength: 2000 } as const;

/** What changed from one text to another, by lines; null when finding out takes too long. */
export function lineChanges(before: string, after: string): Changes | null {
  const pieces = diffArrays(linesOf(before), linesOf(after), BUDGET);
  if (pieces === undefined) return null;
  const rows: LineChange[] = [];
  const next = { before: 1, after: 1 };
  for (const { added, removed, value } of pieces) {
    for (const line of value) {
      const kind = added ? 'added' : removed ? 'removed' : 'same';
      const unended = !line.endsWith('\n');
      rows.push({
        kind,
        text: unended ? line : line.slice(0, -1),
        number: kind === 'removed' ? next.before : next.after,
        unended,
      });
      if (kind !== 'added') next.before += 1;
      if (kind !== 'removed') next.after += 1;
    }
  }
  return {
    added: rows.filter(({ kind }) => kind === 'added').length,
    removed: rows.filter(({ kind }) => kind === 'removed').length,
    hunks: hunksOf(rows),
  };
}

/** Lines with their ends, so that a lost line end is a change too. */
const linesOf = (text: string): string[] => (text === '' ? [] : text.split(/(?<=\n)/));

function hunksOf(rows: readonly LineChange[]): LineChange[][] {
  const near = rows.map(() => false);
  for (const [at, { kind }] of rows.entries()) {
    if (kind === 'same') continue;
    near.fill(true, Math.max(0, at - CONTEXT), at + CONTEXT + 1);
  }
  const hunks: LineChange[][] = [];
  for (const [at, row] of rows.entries()) {
    if (near[at] !== true) continue;
    if (near[at - 1] !== true) hunks.push([]);
    hunks.at(-1)?.push(row);
  }
  return hunks;
}
