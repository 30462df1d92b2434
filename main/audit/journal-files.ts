import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';

import { codeOf } from '../state/own-file.ts';
import { AuditError } from './audit-error.ts';

/** A file of the record that is full. Nothing is written to it any more. */
export interface FullFile {
  readonly path: string;
  readonly name: string;
  /** The number of its last entry: what it is named by. */
  readonly lastSeq: number;
}

/** Where the file that is written now is put once it is full: `audit-000000012345.jsonl` beside `audit.jsonl`. */
export function fullFile(path: string, lastSeq: number): FullFile {
  const { dir, name: stem, ext } = parse(path);
  const name = `${stem}-${String(lastSeq).padStart(12, '0')}${ext}`;
  return { path: join(dir, name), name, lastSeq };
}

/** The full files of this record, oldest first. @throws {AuditError} when the folder cannot be listed. */
export async function listFullFiles(path: string): Promise<readonly FullFile[]> {
  const names = await readdir(dirname(path)).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw new AuditError(`The folder of the record ${path} cannot be listed (${codeOf(error)}).`);
  });
  return names
    .flatMap((name) => {
      const lastSeq = Number(/-(\d{12,15})\.[^.]*$/.exec(name)?.[1] ?? Number.NaN);
      const file = fullFile(path, lastSeq);
      return file.name === name ? [file] : [];
    })
    .sort((a, b) => a.lastSeq - b.lastSeq);
}

/** Null: there is none. Never through a link. @throws {AuditError} when it cannot be read. */
export function openToRead(path: string): Promise<FileHandle | null> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  return open(path, flags).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw new AuditError(`The record ${path} cannot be read (${codeOf(error)}).`);
  });
}

/** @throws {AuditError} when it is not there or cannot be read. */
export async function hashOf(path: string): Promise<string> {
  const file = await openToRead(path);
  if (file === null) throw new AuditError(`The record ${path} is gone.`);
  const hash = createHash('sha256');
  const chunks: AsyncIterable<Buffer> = file.createReadStream();
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}
