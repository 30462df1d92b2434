import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import { type PairingRecord, pairingRecord } from '../pairing/pairing-record.ts';
import { JsonDocument } from '../state/json-document.ts';
import { StateError } from '../state/state-error.ts';

const bookSchema = z.strictObject({
  version: z.literal(1),
  /** The same for as long as this state folder lives: how gateways recognise an installation. */
  instanceId: z.uuid(),
  /** The one gateway that is served, by its local id. */
  active: z.uuid().nullable(),
  gateways: z.array(pairingRecord).max(64),
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
        return new GatewayBook(document, content.value);
      case 'missing': {
        const empty: Book = { version: 1, instanceId: randomUUID(), active: null, gateways: [] };
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

  /** Keeps the record and makes its gateway the one that is served. */
  activate(record: PairingRecord): Promise<void> {
    return this.#change((book) => ({
      ...book,
      active: record.gatewayId,
      gateways: [record, ...without(book, record)],
    }));
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

function without({ gateways }: Book, { gatewayId }: PairingRecord): PairingRecord[] {
  return gateways.filter((other) => other.gatewayId !== gatewayId);
}
