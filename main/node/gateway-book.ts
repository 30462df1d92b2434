import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import { type PairingRecord, pairingRecord } from '../pairing/pairing-record.ts';
import { JsonDocument } from '../state/json-document.ts';
import { StateError } from '../state/state-error.ts';
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

/** `gateways.json`: what is kept of each pairing, all but its secret. */
export class GatewayBook {
  readonly #document: JsonDocument<Book>;
  #book: Book;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(document: JsonDocument<Book>, book: Book) {
    this.#document = document;
    this.#book = book;
  }

  /** @throws {StateError} when the file cannot be read or written. A broken one is never taken for "not paired". */
  static async open(path: string): Promise<GatewayBook> {
    const document = new JsonDocument(path, bookSchema);
    const content = await document.read();
    switch (content.kind) {
      case 'value':
        return new GatewayBook(document, withFirstPlace(content.value));
      case 'missing': {
        const empty: Book = { version: 1, instanceId: randomUUID(), active: null, gateways: [], places: [] };
        await document.write(empty);
        return new GatewayBook(document, empty);
      }
      case 'bad':
        throw new StateError(`${content.reason} Repair or remove the file, and pair again.`);
    }
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

  /** Keeps the record. Who is served stays as it is. */
  keep(record: PairingRecord): Promise<void> {
    return this.#change((book) => withRecord(book, record));
  }

  /** Forgets the gateway; served is none then, if it was this one. */
  remove(record: PairingRecord): Promise<void> {
    return this.#change((book) => ({
      ...book,
      active: book.active === record.gatewayId ? null : book.active,
      gateways: without(book, record),
    }));
  }

  /** One after the other, so that none is lost. */
  #change(next: (book: Book) => Book): Promise<void> {
    const done = this.#turn.then(async () => {
      const book = next(this.#book);
      await this.#document.write(book);
      this.#book = book;
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

/** A book from before there were places: the state folder is that of the gateway that was served. */
function withFirstPlace(book: Book): Book {
  const first = book.gateways.find(({ gatewayId }) => gatewayId === book.active) ?? book.gateways[0];
  return book.places.length > 0 || first === undefined ? book : withRecord(book, first);
}

function withRecord(book: Book, record: PairingRecord): Book {
  const others = without(book, record);
  return { ...book, gateways: [record, ...others], places: withPlaceFor(book.places, record, others) };
}

function without({ gateways }: Book, { gatewayId }: PairingRecord): PairingRecord[] {
  return gateways.filter((other) => other.gatewayId !== gatewayId);
}
