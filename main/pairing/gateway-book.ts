import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import { JsonDocument } from '../state/json-document.ts';
import type { Seal } from '../state/seal.ts';
import { StateError } from '../state/state-error.ts';
import { doubted, type PairingRecord, pairingRecord, withoutTrust } from './pairing-record.ts';
import { trustPlace, withPlaceFor } from './trust-places.ts';

const bookSchema = z.strictObject({
  version: z.literal(1),
  /** The same for as long as this state folder lives: how gateways recognise an installation. */
  instanceId: z.uuid(),
  /** The one gateway that is served, by its local id. */
  active: z.uuid().nullable(),
  gateways: z.array(pairingRecord).max(64),
  /** Whose trust is kept where. */
  places: z.array(trustPlace).max(64).default([]),
});

type Book = z.infer<typeof bookSchema>;

type Sealing = Pick<Seal, 'problem' | 'broken' | 'document' | 'put'>;

const NAME = 'gateways.json';

/**
 * `gateways.json`: what is kept of each pairing, all but its secret. It is sealed: it says where key and token are shown,
 * by which certificate, and whose trust serves whom, and approved commands, which run as this very user, can write the
 * file. What others write there counts for nothing. The file of the first start is the person's own.
 */
export class GatewayBook {
  readonly #document: JsonDocument<Book>;
  readonly #seal: Sealing;
  #book: Book;
  /** Why it is not known whether this is what was sealed, in words; null when it is known. */
  #problem: string | null;
  #note: string | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(document: JsonDocument<Book>, seal: Sealing, book: Book) {
    this.#document = document;
    this.#seal = seal;
    this.#book = book;
    this.#problem = seal.problem;
  }

  /** @throws {StateError} when the file cannot be read or written. A broken one is never taken for "not paired". */
  static async open(path: string, seal: Sealing): Promise<GatewayBook> {
    const document = new JsonDocument(path, bookSchema);
    const book = new GatewayBook(document, seal, await readBook(document, seal));
    await book.#putRight();
    return book;
  }

  /**
   * What a file shows, whoever wrote it: whether this Mac was paired, and which places it names. Never rejects; one that
   * cannot be read shows that it was.
   */
  static async lookInto(
    path: string,
  ): Promise<{ readonly paired: boolean; readonly places: readonly string[] }> {
    const content = await new JsonDocument(path, bookSchema).read();
    if (content.kind !== 'value') return { paired: content.kind === 'bad', places: [] };
    const { gateways, places } = content.value;
    return { paired: gateways.length > 0, places: places.map(({ name }) => name) };
  }

  /** What was found at the start, in words for the record; null: the file is as it was left. */
  get note(): string | null {
    return this.#note;
  }

  /** Why no gateway may be connected to by what is kept here, in words; null when one may. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Takes what was sealed, now that the Keychain that vouches for it can be used. @throws {StateError} */
  async trustAgain(): Promise<void> {
    if (this.#problem === null || this.#seal.problem !== null) return;
    const book = await readBook(this.#document, this.#seal);
    this.#problem = null;
    this.#book = book;
    await this.#putRight();
  }

  /** Has file and seal say what counts. @throws {StateError} where it was never sealed and cannot be now. */
  async #putRight(): Promise<void> {
    if (this.#problem !== null) return;
    const file = await this.#document.read();
    const { hash } = this.#document.encode(this.#book);
    const sealed = this.#seal.document(NAME)?.hash === hash;
    if (sealed && file.kind === 'value' && file.hash === hash) return;
    if (!sealed) return this.#change((book) => book);
    this.#note = `${this.#document.path} was changed outside Latchkey. That counts for nothing; it was put back.`;
    await this.#change((book) => book).catch(() => undefined);
  }

  get instanceId(): string {
    return this.#book.instanceId;
  }

  get active(): PairingRecord | null {
    return this.#book.gateways.find(({ gatewayId }) => gatewayId === this.#book.active) ?? null;
  }

  get all(): readonly PairingRecord[] {
    return this.#book.gateways;
  }

  /** The name of the place where this gateway's trust is kept; without a gateway, that of the first one's. */
  placeOf(record: PairingRecord | null): string {
    return this.#book.places.find(({ gatewayId }) => gatewayId === record?.gatewayId)?.name ?? '';
  }

  /** Keeps the record and makes its gateway the one that is served. */
  activate(record: PairingRecord): Promise<void> {
    return this.#change((book) => ({ ...withRecord(book, record), active: record.gatewayId }));
  }

  /** Nobody is served from now on, or whom this names. */
  serve(gatewayId: string | null): Promise<void> {
    return this.#change((book) => ({ ...book, active: gatewayId }));
  }

  /**
   * Changes what is kept of one gateway, if it is still there. Who is served stays as it is.
   * @param how `loosens`: only what can be sealed counts. @throws {StateError} when it was not kept.
   */
  change(
    gatewayId: string,
    changes: Partial<PairingRecord>,
    how: 'tightens' | 'loosens' = 'tightens',
  ): Promise<void> {
    return this.#change((book) => {
      const record = book.gateways.find((known) => known.gatewayId === gatewayId);
      return record === undefined ? book : withRecord(book, { ...record, ...changes });
    }, how);
  }

  /** Forgets the gateway; served is none then, if it was this one. */
  forget(gatewayId: string): Promise<void> {
    return this.#change((book) => ({
      ...book,
      active: book.active === gatewayId ? null : book.active,
      gateways: without(book, gatewayId),
    }));
  }

  /** Resolves when all that was to be kept is, or could not be. Never rejects. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  /** One after the other, so that none is lost. */
  #change(next: (book: Book) => Book, how: 'tightens' | 'loosens' = 'tightens'): Promise<void> {
    const done = this.#turn.then(async () => {
      const book = next(this.#book);
      await this.#keepSealed(book, how);
      try {
        await this.#document.write(book);
      } catch (error) {
        await this.#keepSealed(this.#book, 'tightens').catch(() => undefined);
        throw error;
      }
      this.#book = book;
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /**
   * Before the file: a crash in between leaves one that is put right at the next start. As what tightens where it is not
   * trust, so that a locked Keychain does not keep a pairing alive.
   */
  async #keepSealed(book: Book, how: 'tightens' | 'loosens'): Promise<void> {
    const { bytes, hash } = this.#document.encode(book);
    if (this.#problem !== null && how === 'loosens') throw new StateError(this.#problem);
    if (this.#problem !== null || this.#seal.document(NAME)?.hash === hash) return;
    await this.#seal.put(NAME, { hash, text: bytes.toString('utf8'), taken: null }, how);
  }
}

/** What counts now: the sealed one, or at the first start the file's. @throws {StateError} */
async function readBook(document: JsonDocument<Book>, seal: Sealing): Promise<Book> {
  const sealed = seal.problem === null ? seal.document(NAME) : null;
  if (sealed !== null) {
    const book = document.parseText(sealed.text);
    if (book === null) throw new StateError(`${document.path} was sealed by another version of Latchkey.`);
    return book;
  }
  const content = await document.read();
  switch (content.kind) {
    case 'value': {
      const book = withFirstPlace(content.value);
      if (seal.broken === null) return { ...book, gateways: book.gateways.map(withoutTrust) };
      // Nobody knows who wrote it: what it says can be looked at and ended, and the person pairs anew.
      return { ...book, active: null, gateways: book.gateways.map(doubted) };
    }
    case 'missing':
      return { version: 1, instanceId: randomUUID(), active: null, gateways: [], places: [] };
    case 'bad':
      throw new StateError(`${content.reason} Repair or remove the file, and pair again.`);
  }
}

/** A book from before there were places: the state folder is that of the gateway that was served. */
function withFirstPlace(book: Book): Book {
  const first = book.gateways.find(({ gatewayId }) => gatewayId === book.active) ?? book.gateways[0];
  return book.places.length > 0 || first === undefined ? book : withRecord(book, first);
}

function withRecord(book: Book, record: PairingRecord): Book {
  const others = without(book, record.gatewayId);
  return { ...book, gateways: [record, ...others], places: withPlaceFor(book.places, record, others) };
}

function without({ gateways }: Book, gatewayId: string): PairingRecord[] {
  return gateways.filter((other) => other.gatewayId !== gatewayId);
}
