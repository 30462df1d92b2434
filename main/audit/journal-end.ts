import type { FileHandle } from 'node:fs/promises';

import { AuditError } from './audit-error.ts';
import { readJournal } from './journal-reader.ts';
import { afterLastLineEnd, lastEntry, readAt } from './last-entry.ts';

const MAX_TORN_BYTES = 64 * 1024 * 1024;

export interface JournalEnd {
  /** Bytes up to and with the last line end. */
  readonly size: number;
  /** The number of the last entry; 0 where the file has no line. */
  readonly lastSeq: number;
  /** What follows the last line end: part of a write that did not come to its end. */
  readonly torn: Buffer;
}

/** Finds where to go on writing. @throws {AuditError} when the file has no end that a crash could have left. */
export async function findEnd(path: string, file: FileHandle): Promise<JournalEnd> {
  const { size: all } = await file.stat();
  const size = await afterLastLineEnd(file, all);
  if (all - size > MAX_TORN_BYTES) {
    throw new AuditError(`The record ${path} ends in ${all - size} bytes that are none. Move it away.`);
  }
  const torn = await readAt(file, size, all - size);
  const lastSeq = size === 0 ? 0 : ((await lastEntry(file))?.seq ?? (await highestSeq(path)));
  return { size, lastSeq, torn };
}

/** After a bad last line: whatever stands before it, nothing may be numbered twice. */
async function highestSeq(path: string): Promise<number> {
  let highest = 0;
  for await (const line of readJournal(path)) {
    if (line.kind === 'entry') highest = Math.max(highest, line.entry.seq);
  }
  return highest;
}
