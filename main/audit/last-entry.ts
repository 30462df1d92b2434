import type { FileHandle } from 'node:fs/promises';

import { type AuditEntry, parseEntry } from './audit-entry.ts';
import { AuditError } from './audit-error.ts';

/** No line is longer, its end included; so a reader needs no more memory than this. */
export const MAX_LINE_BYTES = 1024 * 1024;
const CHUNK = 64 * 1024;

/** The entry on the last whole line; null: there is none, or it is none of ours. */
export async function lastEntry(file: FileHandle): Promise<AuditEntry | null> {
  const size = await afterLastLineEnd(file, (await file.stat()).size);
  if (size === 0) return null;
  const from = await afterLastLineEnd(file, size - 1);
  if (size - from > MAX_LINE_BYTES) return null;
  try {
    return parseEntry(JSON.parse((await readAt(file, from, size - from)).toString()));
  } catch {
    return null;
  }
}

/** The place after the last line end before `end`; 0 without one. */
export async function afterLastLineEnd(file: FileHandle, end: number): Promise<number> {
  for (let to = end; to > 0;) {
    const from = Math.max(0, to - CHUNK);
    const at = (await readAt(file, from, to - from)).lastIndexOf('\n');
    if (at !== -1) return from + at + 1;
    to = from;
  }
  return 0;
}

/** @throws {AuditError} when there is less. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new AuditError('The record became shorter while it was being opened.');
  return buffer;
}
