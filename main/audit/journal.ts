import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { codeOf, refuseForeign, syncFolder, writeOwnFile } from '../state/own-file.ts';
import { type AuditEntry, type AuditFacts, auditFacts } from './audit-entry.ts';
import { AuditError } from './audit-error.ts';
import { findEnd } from './journal-end.ts';
import { hashOf, listFullFiles } from './journal-files.ts';
import { beforeOf, beginNext, filesToDrop, JOURNAL_LIMITS, type JournalLimits } from './journal-rotation.ts';
import { MAX_LINE_BYTES } from './last-entry.ts';

/** An entry without its number, which it gets when it is written. */
type Facts = { readonly at: string } & ReturnType<typeof auditFacts.parse>;

interface Waiting {
  readonly facts: Facts;
  readonly resolve: (entry: AuditEntry) => void;
  readonly reject: (error: AuditError) => void;
}

/**
 * The append-only record: one JSON object a line, in the order appended. This is the only writer. A file that is full is put
 * aside and the next one begins with its hash; the oldest go in the end, and the record says which.
 */
export class Journal {
  readonly path: string;
  readonly #now: () => Date;
  readonly #limits: JournalLimits;
  #file: FileHandle;
  #seq: number;
  /** Bytes that are known to be whole lines on the disk. */
  #size: number;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | null = null;
  #tidying: Promise<void> = Promise.resolve();
  /** Set once the end of the file is not known any more, or the journal was closed: no entry is taken after that. */
  #broken: AuditError | null = null;

  private constructor(
    path: string,
    file: FileHandle,
    now: () => Date,
    limits: JournalLimits,
    { seq, size }: { readonly seq: number; readonly size: number },
  ) {
    this.path = path;
    this.#file = file;
    this.#now = now;
    this.#limits = limits;
    this.#seq = seq;
    this.#size = size;
  }

  /**
   * Opens or makes the file. Bytes after the last whole line, which a crash can leave, are moved to a file of their own beside it, and an entry
   * `recovered` says so.
   * @throws {AuditError} when the file cannot be used. @throws {StateError} when it is not this user's own.
   */
  static async open(
    path: string,
    now: () => Date = () => new Date(),
    limits: JournalLimits = JOURNAL_LIMITS,
  ): Promise<Journal> {
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
      // A file that was not begun yet follows on the last full one.
      const before = size === 0 ? (await listFullFiles(path)).at(-1) : undefined;
      const seq = before?.lastSeq ?? lastSeq;
      const journal = new Journal(path, file, now, limits, { seq, size });
      const recovered = torn.length > 0 ? await journal.#setAside(torn) : null;
      if (before !== undefined) await journal.append({ kind: 'continued', ...(await beforeOf(before)) });
      if (recovered !== null) await journal.append(recovered);
      journal.#tidying = journal.#tidy();
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
      const given = { at: this.#now().toISOString(), ...masked.data };
      if (lineOf(Number.MAX_SAFE_INTEGER, given).length > MAX_LINE_BYTES) {
        reject(new AuditError(`The record takes no entry of more than ${MAX_LINE_BYTES} bytes.`));
        return;
      }
      this.#waiting.push({ facts: given, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  /** Resolves once everything appended so far is written or refused. Takes nothing more. */
  async close(): Promise<void> {
    await this.#tidying;
    while (this.#flushing !== null) await this.#flushing;
    if (this.#broken?.message === CLOSED) return;
    this.#broken = new AuditError(CLOSED);
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    // Let everything that is appended in this turn into the first batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      await this.#continueIfFull();
      const batch = this.#waiting;
      this.#waiting = [];
      const entries = batch.map(({ facts }, index) => ({ seq: this.#seq + 1 + index, ...facts }));
      const failure = await this.#writeBatch(
        Buffer.concat(entries.map(({ seq, ...facts }) => lineOf(seq, facts))),
      );
      if (failure === null) {
        this.#seq += entries.length;
        for (const [index, entry] of entries.entries()) batch[index]?.resolve(entry);
      } else {
        // What came in meanwhile may follow on entries that do not exist now.
        const refused = [...batch, ...this.#waiting];
        this.#waiting = [];
        for (const { reject } of refused) reject(failure);
      }
    }
    this.#flushing = null;
  }

  /** Where the next file cannot be begun, the full one goes on being written: no entry is lost to saving room. */
  async #continueIfFull(): Promise<void> {
    if (this.#size < this.#limits.fileBytes || this.#broken !== null) return;
    try {
      await this.#refuseChanged();
      const at = this.#now().toISOString();
      const next = await beginNext(this.path, this.#seq, (before) =>
        lineOf(this.#seq + 1, { at, kind: 'continued', ...before }),
      );
      if (next === null) return;
      await this.#file.close();
      this.#file = next.file;
      this.#size = next.size;
      this.#seq += 1;
      this.#tidying = this.#tidying.then(() => this.#tidy());
    } catch (error) {
      this.#broken = error instanceof AuditError ? error : this.#failure(error);
    }
  }

  /** Lets the oldest files go. What could not be said is not dropped. Never rejects. */
  async #tidy(): Promise<void> {
    try {
      for (const { path, name, lastSeq, lastAt } of await filesToDrop(this.path, this.#limits, this.#now())) {
        const sha256 = await hashOf(path);
        const through = { throughSeq: lastSeq, throughAt: lastAt };
        await this.append({ kind: 'dropped', file: name, sha256, ...through });
        await rm(path);
      }
    } catch {
      // Tried again with the next file, and at the next start.
    }
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

  async #setAside(torn: Buffer): Promise<AuditFacts> {
    const sha256 = createHash('sha256').update(torn).digest('hex');
    // Named by content too: another crash after the same entry does not replace it.
    const keptIn = `${this.path}.torn-after-${this.#seq}-${sha256.slice(0, 8)}`;
    await writeOwnFile(keptIn, torn);
    await this.#file.truncate(this.#size);
    await this.#file.datasync();
    return { kind: 'recovered', keptIn, bytes: torn.length, sha256 };
  }
}

const lineOf = (seq: number, facts: Facts): Buffer => Buffer.from(`${JSON.stringify({ seq, ...facts })}\n`);

const CLOSED = 'The record is closed.';
