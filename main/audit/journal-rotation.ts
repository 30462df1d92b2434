import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

import { codeOf, syncFolder } from '../state/own-file.ts';
import { type FullFile, fullFile, hashOf, listFullFiles, openToRead } from './journal-files.ts';
import { lastEntry } from './last-entry.ts';

/** How large the record may become, and how much of it is kept. */
export interface JournalLimits {
  /** A file that is at least as large is full. */
  readonly fileBytes: number;
  /** So many full files are always kept. */
  readonly keptFiles: number;
  /** And those that end within this time, up to `mostFiles`. */
  readonly keptMs: number;
  readonly mostFiles: number;
}

const MB = 1024 * 1024;
const DAY_MS = 24 * 60 * 60_000;

/** Always 256 MB, and 30 days up to 1 GB: who floods the record with requests cannot wash away what they did. */
export const JOURNAL_LIMITS: JournalLimits = {
  fileBytes: 8 * MB,
  keptFiles: 32,
  keptMs: 30 * DAY_MS,
  mostFiles: 128,
};

/** What the first entry of a file says of the one before it. */
export interface Before {
  readonly file: string;
  readonly sha256: string;
}

export const beforeOf = async ({ path, name }: FullFile): Promise<Before> => ({
  file: name,
  sha256: await hashOf(path),
});

/**
 * Puts the full file aside and begins the next one with `firstLine`, both on the disk once this resolved. Null: that was not
 * possible, and all is as it was. Cut short anywhere, the next start finds every entry, and begins the file where there is none.
 * @throws when what was done could not be undone: then nobody knows which file is to be written.
 */
export async function beginNext(
  path: string,
  lastSeq: number,
  firstLine: (before: Before) => Buffer,
): Promise<{ readonly file: FileHandle; readonly size: number } | null> {
  const full = fullFile(path, lastSeq);
  let line: Buffer;
  try {
    // Never over another file.
    if ((await lstat(full.path).catch(codeOf)) !== 'ENOENT') return null;
    line = firstLine({ file: full.name, sha256: await hashOf(path) });
    await rename(path, full.path);
  } catch {
    return null;
  }
  try {
    return { file: await begin(path, line), size: line.length };
  } catch {
    await rename(full.path, path);
    return null;
  }
}

async function begin(path: string, line: Buffer): Promise<FileHandle> {
  const flags =
    constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const file = await open(path, flags, 0o600);
  try {
    await file.appendFile(line);
    await file.datasync();
    await syncFolder(dirname(path));
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The full files that may go, oldest first. One whose end cannot be read counts as new. */
export async function filesToDrop(
  path: string,
  { keptFiles, keptMs, mostFiles }: JournalLimits,
  now: Date,
): Promise<readonly (FullFile & { readonly lastAt: string | null })[]> {
  const all = await listFullFiles(path);
  const going: (FullFile & { lastAt: string | null })[] = [];
  for (const [index, full] of all.entries()) {
    const left = all.length - index;
    if (left <= keptFiles) break;
    const lastAt = await endOf(full.path);
    const isNew = lastAt === null || now.getTime() - Date.parse(lastAt) < keptMs;
    if (isNew && left <= mostFiles) break;
    going.push({ ...full, lastAt });
  }
  return going;
}

/** When the last entry of a file was made; null: that cannot be read. */
async function endOf(path: string): Promise<string | null> {
  const file = await openToRead(path);
  if (file === null) return null;
  try {
    return (await lastEntry(file))?.at ?? null;
  } finally {
    await file.close();
  }
}
