import { randomBytes } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { StateError } from './state-error.ts';

/** The bytes of one of our files with what tells this state of it from another one. */
export interface FileContent {
  readonly bytes: Buffer;
  readonly stats: BigIntStats;
}

/**
 * Reads one of our files. Null: there is none.
 * @throws {StateError} when it is not a regular file of this user that nobody else can write, or is larger than `maxBytes`.
 */
export async function readOwnFile(path: string, maxBytes: number): Promise<FileContent | null> {
  // Never through a link, and never waiting for whoever holds the other end of a pipe.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch((error: unknown) => {
    const code = codeOf(error);
    if (code === 'ENOENT') return null;
    if (code === 'ELOOP') throw new StateError(`${path} is a link. Put the file itself there.`);
    throw new StateError(`${path} cannot be read (${code}).`);
  });
  if (file === null) return null;
  try {
    const stats = await file.stat({ bigint: true });
    refuseForeign(path, stats);
    if (stats.size > maxBytes) throw new StateError(`${path} is larger than ${maxBytes} bytes.`);
    if ((stats.mode & 0o077n) !== 0n) await file.chmod(0o600);
    const bytes = await file.readFile();
    if (bytes.length > maxBytes) throw new StateError(`${path} is larger than ${maxBytes} bytes.`);
    return { bytes, stats: await file.stat({ bigint: true }) };
  } finally {
    await file.close();
  }
}

/** @throws {StateError} on what is not a regular file, is not this user's, or can be written by others, also under another name. */
export function refuseForeign(path: string, stats: BigIntStats): void {
  if (!stats.isFile()) throw new StateError(`${path} is not a regular file.`);
  if (stats.uid !== BigInt(process.getuid?.() ?? -1))
    throw new StateError(`${path} belongs to another user.`);
  if ((stats.mode & 0o022n) !== 0n) {
    throw new StateError(`Other users can write to ${path}. Look through it, then run: chmod 600 '${path}'`);
  }
  if (stats.nlink > 1n) throw new StateError(`${path} has a second name (a hard link). Make a copy of it.`);
}

/**
 * Replaces a file as a whole, mode 0600: after a crash or a full disk there is the old content or the new one, and once this resolved, the
 * new one. Links are replaced, not followed.
 */
export async function writeOwnFile(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      // Repeats short writes, so a disk that fills up midway is an error and not a file cut short.
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new StateError(`${path} cannot be written (${codeOf(error)}). It is as it was before.`);
  }
  await syncFolder(dirname(path));
}

/** Makes the names in a folder last: a file's own sync says nothing about its name. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The system's code of a failed call, `unknown` without one. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
