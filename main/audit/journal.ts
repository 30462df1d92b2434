import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { dirname } from 'node:path';

import { codeOf, refuseForeign, syncFolder, writeOwnFile } from '../state/own-file.ts';
import { type AuditEntry, type AuditFacts, auditFacts } from './audit-entry.ts';
import { AuditError } from './audit-error.ts';
import { findEnd } from './journal-end.ts';
import { MAX_LINE_BYTES } from './journal-reader.ts';

interface Waiting {
  readonly line: Buffer;
  readonly entry: AuditEntry;
  readonly resolve: (entry: AuditEntry) => void;
  readonly reject: (error: AuditError) => void;
}

/**
 * The append-only record: one JSON object a line, in the order appended. This is the only writer of the file, so this is where entries are to be
 * chained. It grows without end: nothing is rotated or removed.
 */
export class Journal {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #now: () => Date;
  #seq: number;
  /** Bytes that are known to be whole lines on the disk. */
  #size: number;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | null = null;
  /** Set once the end of the file is not known any more, or the journal was closed: no entry is taken after that. */
  #broken: AuditError | null = null;

  private constructor(path: string, file: FileHandle, now: () => Date, seq: number, size: number) {
    this.path = path;
    this.#file = file;
    this.#now = now;
    this.#seq = seq;
    this.#size = size;
  }

  /**
   * Opens or makes the file. Bytes after the last whole line, which a crash can leave, are moved to a file of their own beside it, and an entry
   * `recovered` says so.
   * @throws {AuditError} when the file cannot be used. @throws {StateError} when it is not this user's own.
   */
  static async open(path: string, now: () => Date = () => new Date()): Promise<Journal> {
    const flags =
      constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const file = await open(path, flags, 0o600).catch((error: unknown) => {
      throw new AuditError(`The record ${path} cannot be opened (${codeOf(error)}).`);
    });
    try {
      refuseForeign(path, await file.stat({ bigint: true }));
      await file.chmod(0o600);
      await syncFolder(dirname(path));
      const { size, lastSeq, torn } = await findEnd(path, file);
      const journal = new Journal(path, file, now, lastSeq, size);
      if (torn.length > 0) await journal.#setAside(torn);
      return journal;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /**
   * Masks secrets and appends. Resolves once the entry would survive a crash; entries that wait at the same time share one sync.
   * @throws {AuditError} when it is not, or not provably, written: what it was to precede must not happen.
   */
  append(facts: AuditFacts): Promise<AuditEntry> {
    return new Promise((resolve, reject) => {
      if (this.#broken !== null) {
        reject(this.#broken);
        return;
      }
      const masked = auditFacts.safeParse(facts);
      if (!masked.success) {
        reject(new AuditError(`The record does not take this entry: ${masked.error.message}`));
        return;
      }
      const entry = { seq: this.#seq + 1, at: this.#now().toISOString(), ...masked.data };
      const line = Buffer.from(`${JSON.stringify(entry)}\n`);
      if (line.length > MAX_LINE_BYTES) {
        reject(new AuditError(`The record takes no entry of more than ${MAX_LINE_BYTES} bytes.`));
        return;
      }
      this.#seq += 1;
      this.#waiting.push({ line, entry, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  /** Resolves once everything appended so far is written or refused. Takes nothing more. */
  async close(): Promise<void> {
    while (this.#flushing !== null) await this.#flushing;
    if (this.#broken?.message === CLOSED) return;
    this.#broken = new AuditError(CLOSED);
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    // Let everything that is appended in this turn into the first batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      const failure = await this.#writeBatch(Buffer.concat(batch.map(({ line }) => line)));
      if (failure === null) {
        for (const { entry, resolve } of batch) resolve(entry);
        continue;
      }
      // What came in meanwhile has numbers that follow on entries which do not exist.
      const refused = [...batch, ...this.#waiting];
      this.#waiting = [];
      this.#seq -= refused.length;
      for (const { reject } of refused) reject(failure);
    }
    this.#flushing = null;
  }

  /** Resolves to why the bytes are not in the file; they are not there in part either. */
  async #writeBatch(bytes: Buffer): Promise<AuditError | null> {
    if (this.#broken !== null) return this.#broken;
    try {
      await this.#refuseChanged();
      // Repeats short writes, so a disk that fills up midway is an error.
      await this.#file.appendFile(bytes);
    } catch (error) {
      if (error instanceof AuditError) return (this.#broken = error);
      return this.#takeBack(this.#failure(error));
    }
    try {
      await this.#file.datasync();
    } catch (error) {
      // The system has forgotten what it could not write: nobody knows any more what is on the disk.
      return (this.#broken = this.#failure(error));
    }
    this.#size += bytes.length;
    return null;
  }

  /** A full disk may have room again later, if the file ends in a whole line. */
  async #takeBack(failure: AuditError): Promise<AuditError> {
    try {
      await this.#file.truncate(this.#size);
      await this.#file.datasync();
    } catch {
      this.#broken = failure;
    }
    return failure;
  }

  #failure(error: unknown): AuditError {
    return new AuditError(
      `The record ${this.path} cannot be written (${codeOf(error)}), and without it nothing runs. ` +
        'Make room on the disk, or restart Latchkey.',
    );
  }

  /** A file that was moved, removed, cut or added to by somebody else is no record any more, and writing on would hide it. */
  async #refuseChanged(): Promise<void> {
    const [ours, named] = await Promise.all([this.#file.stat(), lstat(this.path).catch(() => null)]);
    if (ours.dev !== named?.dev || ours.ino !== named.ino) {
      throw new AuditError(
        `The record ${this.path} was moved or removed. Restart Latchkey once it is clear why.`,
      );
    }
    if (ours.size !== this.#size) {
      throw new AuditError(
        `The record ${this.path} was changed from outside. Restart Latchkey once it is clear why.`,
      );
    }
  }

  async #setAside(torn: Buffer): Promise<void> {
    const sha256 = createHash('sha256').update(torn).digest('hex');
    // Named by content too: another crash after the same entry does not replace it.
    const keptIn = `${this.path}.torn-after-${this.#seq}-${sha256.slice(0, 8)}`;
    await writeOwnFile(keptIn, torn);
    await this.#file.truncate(this.#size);
    await this.#file.datasync();
    await this.append({ kind: 'recovered', keptIn, bytes: torn.length, sha256 });
  }
}

const CLOSED = 'The record is closed.';
