import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

import type { ReadBounds, ReadResult } from './file-facts.ts';
import { inReadSlot } from './slots.ts';
import { isOfTheSystem } from './system-folders.ts';
import { problemOf } from './trace-path.ts';

const CHUNK = 256 * 1024;

/** Neither waits for a writer at a FIFO nor takes a terminal. What it opens is looked at before a byte is read. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/**
 * Reads a regular file once, from the descriptor that was looked at, and hashes what it read.
 * @param readMs How long it may take, from when its turn came.
 */
export async function readBounded(
  path: string,
  bounds: ReadBounds,
  readMs: number,
  clock = overdueIn,
): Promise<ReadResult> {
  try {
    return await inReadSlot(readMs, () => readInTurn(path, bounds, clock(readMs)));
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}

/** Whether so much time is over, from now on. */
function overdueIn(ms: number): () => boolean {
  const deadline = performance.now() + ms;
  return () => performance.now() > deadline;
}

async function readInTurn(path: string, bounds: ReadBounds, overdue: () => boolean): Promise<ReadResult> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, OPEN_FLAGS);
    const stat = await handle.stat();
    if (!stat.isFile()) return { ok: false, problem: 'not-regular' };
    if (stat.size > bounds.limit) return { ok: false, problem: 'too-large' };
    const hash = createHash('sha256');
    const head: Uint8Array[] = [];
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK, stat.size + 1));
    let sizeBytes = 0;
    for (;;) {
      if (overdue()) return { ok: false, problem: 'too-slow' };
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) break;
      const bytes = buffer.subarray(0, bytesRead);
      hash.update(bytes);
      if (sizeBytes < bounds.keep) head.push(Buffer.from(bytes.subarray(0, bounds.keep - sizeBytes)));
      sizeBytes += bytesRead;
      // A file that grows while it is read would never end.
      if (sizeBytes > bounds.limit) return { ok: false, problem: 'too-large' };
    }
    return { ok: true, sha256: hash.digest('hex'), head: Buffer.concat(head), sizeBytes };
  } finally {
    await handle?.close().catch(() => undefined);
  }
}

/** The first bytes of a regular file; null when there are none to be had in that time. */
export async function peekFile(path: string, bytes: number, readMs: number): Promise<Uint8Array | null> {
  if (isOfTheSystem(path)) return peekAtOnce(path, bytes);
  try {
    return await inReadSlot(readMs, () => peekInTurn(path, bytes));
  } catch {
    return null;
  }
}

async function peekInTurn(path: string, bytes: number): Promise<Uint8Array | null> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, OPEN_FLAGS);
    if (!(await handle.stat()).isFile()) return null;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle?.close().catch(() => undefined);
  }
}

function peekAtOnce(path: string, bytes: number): Uint8Array | null {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, OPEN_FLAGS);
    if (!fstatSync(descriptor).isFile()) return null;
    const buffer = Buffer.alloc(bytes);
    return buffer.subarray(0, readSync(descriptor, buffer, 0, bytes, 0));
  } catch {
    return null;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
