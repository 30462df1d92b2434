import type { FileHandle } from 'node:fs/promises';

import { parseEntry } from './audit-entry.ts';
import { AuditError } from './audit-error.ts';
import { MAX_LINE_BYTES, readJournal } from './journal-reader.ts';

const CHUNK = 64 * 1024;
const MAX_TORN_BYTES = 64 * 1024 * 1024;

export interface JournalEnd {
  /** Bytes up to and with the last line end. */
  readonly size: number;
  /** The number of the last entry; 0 without one. */
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
  return { size, lastSeq: (await seqOfLastLine(file, size)) ?? (await highestSeq(path)), torn };
}

/** Null: the last line is none of ours. */
async function seqOfLastLine(file: FileHandle, size: number): Promise<number | null> {
  if (size === 0) return 0;
  const from = await afterLastLineEnd(file, size - 1);
  if (size - from > MAX_LINE_BYTES) return null;
  try {
    return parseEntry(JSON.parse((await readAt(file, from, size - from)).toString())).seq;
  } catch {
    return null;
  }
}

/** After a bad last line: whatever stands before it, nothing may be numbered twice. */
async function highestSeq(path: string): Promise<number> {
  let highest = 0;
  for await (const line of readJournal(path)) {
    if (line.kind === 'entry') highest = Math.max(highest, line.entry.seq);
  }
  return highest;
}

/** The place after the last line end before `end`; 0 without one. */
async function afterLastLineEnd(file: FileHandle, end: number): Promise<number> {
  for (let to = end; to > 0;) {
    const from = Math.max(0, to - CHUNK);
    const at = (await readAt(file, from, to - from)).lastIndexOf('\n');
    if (at !== -1) return from + at + 1;
    to = from;
  }
  return 0;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new AuditError('The record became shorter while it was being opened.');
  return buffer;
}
