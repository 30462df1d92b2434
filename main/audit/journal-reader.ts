import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';

import { type AuditEntry, parseEntry } from './audit-entry.ts';
import { listFullFiles, openToRead } from './journal-files.ts';
import { lastEntry, MAX_LINE_BYTES } from './last-entry.ts';

const LINE_END = 0x0a;

/** What stands in the record at one place. A bad place never hides the good ones after it. */
export type JournalLine =
  | { readonly kind: 'entry'; readonly entry: AuditEntry }
  | {
      readonly kind: 'bad';
      /** The name of the file that it stands in. */
      readonly file: string;
      /** Where it begins, in bytes from the start of the file. */
      readonly offset: number;
      /**
       * `unfinished`: the last line has no end; it is being written, or a crash cut it. `changed`: the file before this one
       * is not as it was when it was full. `missing`: this file is gone, and those before it.
       */
      readonly reason: 'unfinished' | 'not-an-entry' | 'too-long' | 'out-of-sequence' | 'changed' | 'missing';
    };

/**
 * All lines in order, of the full files and of the one that is written. A journal that is not there yet has none.
 * @param since leaves out full files that end before it.
 * @throws {AuditError} when a file cannot be read.
 */
export async function* readJournal(path: string, since?: Date): AsyncGenerator<JournalLine> {
  // First: were it opened last, what becomes full meanwhile would be missing.
  const written = await openToRead(path);
  try {
    const chain = new Chain();
    const own = await written?.stat();
    for (const full of await listFullFiles(path)) {
      const file = await openToRead(full.path);
      // Gone meanwhile, to save room.
      if (file === null) continue;
      const { dev, ino } = await file.stat();
      // Became full meanwhile: it is read last, through the name that it had.
      if (dev === own?.dev && ino === own.ino) await file.close();
      else if (since !== undefined && !chain.isBegun && (await isOlder(file, since))) {
        chain.skip();
        await file.close();
      } else yield* linesOf(file, full.name, chain);
    }
    if (written !== null) yield* linesOf(written, basename(path), chain);
    const missing = chain.missing();
    if (missing !== null) yield missing;
  } finally {
    await written?.close().catch(() => undefined);
  }
}

async function* linesOf(file: FileHandle, name: string, chain: Chain): AsyncGenerator<JournalLine> {
  const hash = createHash('sha256');
  let isFirst = true;
  for await (const { bytes, offset, finished } of splitLines(file, hash)) {
    const entry = finished && bytes !== null ? parseLine(bytes) : null;
    if (entry === null) {
      const reason = !finished ? 'unfinished' : bytes === null ? 'too-long' : 'not-an-entry';
      yield { kind: 'bad', file: name, offset, reason };
      continue;
    }
    const reason = chain.take(entry, isFirst);
    isFirst = false;
    if (reason !== null) yield { kind: 'bad', file: name, offset, reason };
    yield { kind: 'entry', entry };
  }
  chain.ended(name, hash.digest('hex'));
}

/** What each entry, and each file, has to follow on. */
class Chain {
  #expected: number | null = 1;
  #before: { readonly file: string; readonly sha256: string } | null = null;
  /** The number before the first entry, where the files before are said to be gone; null: nothing is to be accounted for. */
  #begins: { readonly seq: number; readonly file: string } | null = null;
  #droppedThrough = 0;

  get isBegun(): boolean {
    return this.#before !== null;
  }

  /** A file is left out: what follows on it cannot be checked. */
  skip(): void {
    this.#expected = null;
  }

  take(entry: AuditEntry, isFirstOfFile: boolean): 'out-of-sequence' | 'changed' | null {
    const expected = this.#expected;
    this.#expected = entry.seq + 1;
    if (entry.kind === 'dropped') this.#droppedThrough = Math.max(this.#droppedThrough, entry.throughSeq);
    const follows = entry.kind === 'continued' ? entry : null;
    if (isFirstOfFile && this.#before !== null) {
      const { file, sha256 } = this.#before;
      if (follows?.file !== file || follows.sha256 !== sha256) return 'changed';
    }
    if (expected === null || entry.seq === expected) return null;
    if (isFirstOfFile && this.#before === null && follows !== null) {
      this.#begins = { seq: entry.seq, file: follows.file };
      return null;
    }
    return 'out-of-sequence';
  }

  ended(file: string, sha256: string): void {
    this.#before = { file, sha256 };
  }

  /** Files at the beginning that are gone although the record does not say that they were dropped. */
  missing(): JournalLine | null {
    if (this.#begins === null || this.#droppedThrough >= this.#begins.seq - 1) return null;
    return { kind: 'bad', file: this.#begins.file, offset: 0, reason: 'missing' };
  }
}

/** When the last entry was made, as far as the end of the files says; null: it does not. @throws {AuditError} */
export async function lastTime(path: string): Promise<Date | null> {
  const full = (await listFullFiles(path)).at(-1);
  for (const place of [path, ...(full === undefined ? [] : [full.path])]) {
    const file = await openToRead(place);
    const last = file === null ? null : await lastEntry(file).finally(() => file.close());
    if (last !== null) return new Date(last.at);
  }
  return null;
}

async function isOlder(file: FileHandle, since: Date): Promise<boolean> {
  const last = await lastEntry(file);
  return last !== null && new Date(last.at) < since;
}

interface Line {
  /** Null when it is longer than any line of ours. */
  readonly bytes: Buffer | null;
  readonly offset: number;
  readonly finished: boolean;
}

async function* splitLines(file: FileHandle, hash: Hash): AsyncGenerator<Line> {
  const chunks: AsyncIterable<Buffer> = file.createReadStream();
  let parts: Buffer[] = [];
  let length = 0;
  let offset = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    for (let from = 0; from < chunk.length;) {
      const end = chunk.indexOf(LINE_END, from);
      const part = chunk.subarray(from, end === -1 ? chunk.length : end);
      from += part.length + 1;
      length += part.length;
      if (length < MAX_LINE_BYTES) parts.push(part);
      if (end === -1) continue;
      yield { bytes: length < MAX_LINE_BYTES ? Buffer.concat(parts) : null, offset, finished: true };
      offset += length + 1;
      parts = [];
      length = 0;
    }
  }
  if (length > 0) yield { bytes: null, offset, finished: false };
}

function parseLine(bytes: Buffer): AuditEntry | null {
  try {
    return parseEntry(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return null;
  }
}
