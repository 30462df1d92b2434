import { z } from 'zod';

import type { PairingRecord } from '../pairing/pairing-record.ts';
import { JsonDocument } from '../state/json-document.ts';
import type { Seal } from '../state/seal.ts';
import { StateError } from '../state/state-error.ts';

const farewell = z.strictObject({
  gatewayId: z.uuid(),
  deviceId: z.string().regex(/^[0-9a-f]{64}$/),
  gatewayName: z.string().max(200).nullable(),
  addresses: z.array(z.string().min(1).max(2048)).min(1).max(16),
  unpairedAtMs: z.int().nonnegative(),
  /** Whether key and token are known to be gone. Tried again at every start until they are. */
  secretDeleted: z.boolean(),
});

/** What is remembered of a pairing that was ended: enough to finish, to look again, and to tell the gateway. */
export type Farewell = z.infer<typeof farewell>;

const schema = z.strictObject({ version: z.literal(1), gateways: z.array(farewell).max(64) });
type Listed = z.infer<typeof schema>;

/** As many as a gateway book holds; the oldest finished ones go first. */
const KEPT = 64;

const NAME = 'unpaired.json';

type Sealing = Pick<Seal, 'problem' | 'document' | 'put'>;

/**
 * `unpaired.json`: the gateways that this Mac left, latest first. It is sealed as well, and what either of the two says
 * counts: who takes the file away, or writes into it that a secret is gone, leaves as much to be finished as there was.
 */
export class Farewells {
  readonly #document: JsonDocument<Listed>;
  readonly #seal: Sealing;
  /** As the file had it. */
  #listed: readonly Farewell[];
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(document: JsonDocument<Listed>, seal: Sealing, listed: readonly Farewell[]) {
    this.#document = document;
    this.#seal = seal;
    this.#listed = listed;
  }

  /** @throws {StateError} when nobody knows what the file says: what is to be finished must not be forgotten. */
  static async open(path: string, seal: Sealing): Promise<Farewells> {
    const document = new JsonDocument(path, schema);
    const content = await document.read();
    const listed = content.kind === 'value' ? content.value.gateways : [];
    const farewells = new Farewells(document, seal, listed);
    if (content.kind === 'bad' && farewells.#sealed === null)
      throw new StateError(`${content.reason} Repair or remove the file.`);
    return farewells;
  }

  get all(): readonly Farewell[] {
    const sealed = this.#sealed;
    if (sealed === null) return this.#listed;
    const known = new Set(sealed.map(({ gatewayId }) => gatewayId));
    const others = this.#listed.filter(({ gatewayId }) => !known.has(gatewayId));
    return [...others.map((one) => ({ ...one, secretDeleted: false })), ...sealed];
  }

  /** @throws {StateError} when it could not be kept. */
  keep({ gatewayId, deviceId, gatewayName, addresses }: PairingRecord, unpairedAtMs: number): Promise<void> {
    const fresh = { gatewayId, deviceId, gatewayName, addresses, unpairedAtMs, secretDeleted: false };
    return this.#change((all) => {
      const others = all.filter((other) => other.gatewayId !== gatewayId);
      const unfinished = others.filter(({ secretDeleted }) => !secretDeleted);
      const finished = others.filter(({ secretDeleted }) => secretDeleted);
      return [fresh, ...[...unfinished, ...finished].slice(0, KEPT - 1)];
    });
  }

  /** @throws {StateError} */
  markSecretDeleted(gatewayId: string): Promise<void> {
    return this.#change((all) =>
      all.map((one) => (one.gatewayId === gatewayId ? { ...one, secretDeleted: true } : one)),
    );
  }

  /** What was sealed; null where nothing was, or it cannot be known now. */
  get #sealed(): readonly Farewell[] | null {
    const sealed = this.#seal.problem === null ? this.#seal.document(NAME) : null;
    return sealed === null ? null : (this.#document.parseText(sealed.text)?.gateways ?? null);
  }

  #change(next: (all: readonly Farewell[]) => readonly Farewell[]): Promise<void> {
    const done = this.#turn.then(async () => {
      const listed: Listed = { version: 1, gateways: [...next(this.all)].slice(0, KEPT) };
      const hash = await this.#document.write(listed);
      this.#listed = listed.gateways;
      // With a locked Keychain the file alone says it.
      const text = JSON.stringify(listed);
      await this.#seal.put(NAME, { hash, text, taken: null }, 'tightens').catch(() => undefined);
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
