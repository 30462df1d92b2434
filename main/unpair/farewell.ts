import { z } from 'zod';

import type { PairingRecord } from '../pairing/pairing-record.ts';
import { JsonDocument } from '../state/json-document.ts';
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

/** As many as a gateway book holds; the oldest finished ones go first. */
const KEPT = 64;

/** `unpaired.json`: the gateways that this Mac left, latest first. */
export class Farewells {
  readonly #document: JsonDocument<z.infer<typeof schema>>;
  #gateways: readonly Farewell[];
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(document: JsonDocument<z.infer<typeof schema>>, gateways: readonly Farewell[]) {
    this.#document = document;
    this.#gateways = gateways;
  }

  /** @throws {StateError} when the file is there and not understood: what is to be finished must not be forgotten. */
  static async open(path: string): Promise<Farewells> {
    const document = new JsonDocument(path, schema);
    const content = await document.read();
    if (content.kind === 'bad') throw new StateError(`${content.reason} Repair or remove the file.`);
    return new Farewells(document, content.kind === 'value' ? content.value.gateways : []);
  }

  get all(): readonly Farewell[] {
    return this.#gateways;
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

  /** The person did what was left to do at the gateway. What is not finished here stays. @throws {StateError} */
  dismiss(gatewayId: string): Promise<void> {
    return this.#change((all) => all.filter((one) => one.gatewayId !== gatewayId || !one.secretDeleted));
  }

  #change(next: (all: readonly Farewell[]) => readonly Farewell[]): Promise<void> {
    const done = this.#turn.then(async () => {
      const gateways = [...next(this.#gateways)];
      await this.#document.write({ version: 1, gateways });
      this.#gateways = gateways;
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
