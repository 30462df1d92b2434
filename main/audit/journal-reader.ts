import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

import { codeOf } from '../state/own-file.ts';
import { type AuditEntry, parseEntry } from './audit-entry.ts';
import { AuditError } from './audit-error.ts';

/** No line is longer, its end included; so a reader needs no more memory than this. */
export const MAX_LINE_BYTES = 1024 * 1024;

const LINE_END = 0x0a;

/** What stands in the record at one place. A bad place never hides the good ones after it. */
export type JournalLine =
  | { readonly kind: 'entry'; readonly entry: AuditEntry }
  | {
      readonly kind: 'bad';
      /** Where it begins, in bytes from the start of the file. */
      readonly offset: number;
      /** `unfinished`: the last line has no end; it is being written, or a crash cut it. */
      readonly reason: 'unfinished' | 'not-an-entry' | 'too-long' | 'out-of-sequence';
    };

/**
 * All lines in order. A journal that is not there yet has none.
 * @throws {AuditError} when the file cannot be read.
 */
export async function* readJournal(path: string): AsyncGenerator<JournalLine> {
  let expected = 1;
  for await (const { bytes, offset, finished } of splitLines(path)) {
    const entry = finished && bytes !== null ? parseLine(bytes) : null;
    if (entry === null) {
      const reason = !finished ? 'unfinished' : bytes === null ? 'too-long' : 'not-an-entry';
      yield { kind: 'bad', offset, reason };
      continue;
    }
    if (entry.seq !== expected) yield { kind: 'bad', offset, reason: 'out-of-sequence' };
    expected = entry.seq + 1;
    yield { kind: 'entry', entry };
  }
}

interface Line {
  /** Null when it is longer than any line of ours. */
  readonly bytes: Buffer | null;
  readonly offset: number;
  readonly finished: boolean;
}

async function* splitLines(path: string): AsyncGenerator<Line> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw new AuditError(`The record ${path} cannot be read (${codeOf(error)}).`);
  });
  if (file === null) return;
  const chunks: AsyncIterable<Buffer> = file.createReadStream();
  let parts: Buffer[] = [];
  let length = 0;
  let offset = 0;
  for await (const chunk of chunks) {
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
