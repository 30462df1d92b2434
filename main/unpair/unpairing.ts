import { EventEmitter } from 'node:events';

import type { Journal } from '../audit/journal.ts';
import type { GatewayBook } from '../pairing/gateway-book.ts';
import { forgetPairingSecret } from '../pairing/pairing.ts';
import type { PairingRecord } from '../pairing/pairing-record.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Marks } from '../state/marks.ts';
import type { Farewell, Farewells } from './farewell.ts';
import type { Holding } from './holding.ts';
import type { Finding } from './proof.ts';

/** How an unpairing ended, for the person who asked for it. */
export interface Unpaired {
  readonly deviceId: string;
  /** What to run on the gateway, so that it forgets this Mac too: a node may not remove itself, and no scope is asked for that could. */
  readonly removeCommand: string;
  readonly proof: readonly Finding[];
}

/** What of a pairing goes on, and how it ends. Of one that is only remembered that is less than of the one that is served. */
export interface Activity {
  /** Another gateway is served, and goes on being served. */
  readonly isIdle: boolean;
  /** Nothing starts and nothing is asked any more from the first moment on. */
  shut(): void;
  /** A later pairing may run things again. */
  open(): void;
  /** Resolves when all that runs, and all that an earlier start left running, is gone or out of reach. */
  endRuns(): Promise<void>;
  /** Resolves when no socket is left. */
  disconnect(): Promise<void>;
  /** The gateway is not the one any more that is served. */
  letGo(): Promise<void>;
}

interface Parts {
  readonly activityOf: (record: PairingRecord) => Activity;
  readonly marks: Marks;
  readonly journal: Pick<Journal, 'append'>;
  readonly book: GatewayBook;
  readonly secrets: SecretStore;
  readonly farewells: Farewells;
  readonly holdings: readonly Holding[];
  readonly prove: (farewell: Pick<Farewell, 'gatewayId' | 'addresses'>) => Promise<readonly Finding[]>;
}

/** In this order, and each is in the record once it is done. What was cut short is done again, from the start, by the next one. */
type Step =
  | 'begun'
  | 'not-marked'
  | 'not-noted'
  | 'runs-ended'
  | 'disconnected'
  | 'not-dropped'
  | 'dropped'
  | 'secret-kept'
  | 'secret-deleted'
  | 'forgotten';

export const STILL_LEAVING =
  'This Mac unpaired from this gateway, and could neither delete the secret nor note that yet. Unlock the Keychain, make room on the disk, then restart Latchkey.';

const removeCommandFor = (deviceId: string): string => `openclaw devices remove ${deviceId}`;

/**
 * Ends a pairing for good. Needs nobody's consent and no network; no step waits for the gateway. From the mark on it is
 * finished by every later start, whatever happens to this one.
 */
export class Unpairing extends EventEmitter<{ changed: [] }> {
  readonly #parts: Parts;
  readonly #underWay = new Map<string | null, Promise<Unpaired>>();
  #turn: Promise<unknown> = Promise.resolve();
  #trouble: string | null = null;
  #latest: Unpaired | null = null;

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
  }

  /** What is left to do, for a person; null when nothing was unpaired since the start. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** How the last unpairing since the start ended; null when there was none, or this Mac paired again since. */
  get latest(): Unpaired | null {
    return this.#latest;
  }

  /** The gateways that this Mac left and whose own record may still be there, latest first. */
  get farewells(): readonly Farewell[] {
    return this.#parts.farewells.all;
  }

  /** A new pairing is begun: what was said of the last one is not news any more. */
  turnPage(): void {
    this.#trouble = null;
    this.#latest = null;
  }

  /**
   * Unpairs this gateway, whether it is served or only remembered. Without one, or asked again: looks again at the one that
   * was left last, and finishes what could not be. Rejects only when this Mac never was paired.
   */
  unpair(record: PairingRecord | null): Promise<Unpaired> {
    const which = record?.gatewayId ?? null;
    const underWay = this.#underWay.get(which);
    if (underWay !== undefined) return underWay;
    const unpaired = this.#turn.then(() => this.#unpair(record)).finally(() => this.#underWay.delete(which));
    this.#turn = unpaired.catch(() => undefined);
    this.#underWay.set(which, unpaired);
    // The gate does not wait for its turn.
    if (record !== null) this.#parts.activityOf(record).shut();
    return unpaired;
  }

  /** Finishes what an earlier start began. Never rejects: what cannot be done now is tried at the next start. */
  async finish(): Promise<void> {
    for (const record of this.#parts.book.all) {
      if (await this.#isLeft(record)) await this.unpair(record);
    }
    await this.#finishSecrets();
  }

  /** Either says so: a mark that was taken away counts as set while something else knows of it. */
  async #isLeft({ gatewayId }: PairingRecord): Promise<boolean> {
    const noted = this.farewells.some((farewell) => farewell.gatewayId === gatewayId);
    return noted || (await this.#parts.marks.isSet({ unpaired: gatewayId }));
  }

  async #finishSecrets(): Promise<void> {
    for (const farewell of this.farewells) {
      if (!farewell.secretDeleted) this.#say(await this.#deleteSecret(farewell));
    }
  }

  /** Looks again for all that could be left of a gateway that was unpaired. Never rejects. */
  prove(farewell: Pick<Farewell, 'gatewayId' | 'addresses'>): Promise<readonly Finding[]> {
    return this.#parts.prove(farewell);
  }

  async #unpair(record: PairingRecord | null): Promise<Unpaired> {
    if (record === null) return this.#again();
    const { marks, book, farewells } = this.#parts;
    const { gatewayId } = record;
    const note = (step: Step) => this.#note(record, step);
    const activity = this.#parts.activityOf(record);
    const ended = activity.endRuns();
    // A mark that cannot be set is no reason to stay paired: the secret goes all the same.
    await marks.set({ unpaired: gatewayId }, new Date()).catch(() => note('not-marked'));
    await note('begun');
    const noted = await farewells.keep(record, Date.now()).then(
      () => true,
      () => note('not-noted').then(() => false),
    );
    await ended;
    await note('runs-ended');
    await activity.disconnect();
    await note('disconnected');
    await this.#drop(record);
    const outcome = await this.#deleteSecret(record);
    if (!activity.isIdle || !outcome.deleted) this.#say(outcome);
    // Without a note of it the record is what says that there is something to finish.
    if (outcome.deleted || noted) {
      await book.forget(gatewayId).then(
        () => note('forgotten'),
        () => undefined,
      );
      await activity.letGo();
    }
    activity.open();
    return this.#told(record, activity.isIdle);
  }

  async #again(): Promise<Unpaired> {
    const [latest] = this.farewells;
    if (latest === undefined) throw new Error('This Mac is not paired with a gateway.');
    await this.#finishSecrets();
    return this.#told(latest, false);
  }

  /** @param isIdle another gateway is served: that this one was left is no news about the connection. */
  async #told(
    left: Pick<Farewell, 'gatewayId' | 'deviceId' | 'addresses'>,
    isIdle: boolean,
  ): Promise<Unpaired> {
    const { deviceId } = left;
    // What was ended shows at once; looking for what is left may take a while.
    this.emit('changed');
    const proof = await this.prove(left);
    const unpaired = { deviceId, removeCommand: removeCommandFor(deviceId), proof };
    if (!isIdle) this.#latest = unpaired;
    this.emit('changed');
    return unpaired;
  }

  #say({ text }: { readonly text: string }): void {
    this.#trouble = text;
  }

  async #drop(record: PairingRecord): Promise<void> {
    const { holdings } = this.#parts;
    const dropped = await Promise.allSettled(holdings.map((holding) => holding.drop(record.gatewayId)));
    const all = dropped.every(({ status }) => status === 'fulfilled');
    await this.#note(record, all ? 'dropped' : 'not-dropped');
  }

  /** Resolves to whether it is known to be gone, and what is left to do. */
  async #deleteSecret(
    left: Pick<Farewell, 'gatewayId' | 'deviceId'>,
  ): Promise<{ readonly deleted: boolean; readonly text: string }> {
    const { secrets, farewells } = this.#parts;
    try {
      await forgetPairingSecret(secrets, left.gatewayId);
    } catch (error) {
      const why = error instanceof Error ? error.message : 'an unknown error';
      await this.#note(left, 'secret-kept');
      const text = `Unpaired, but the secret could not be deleted yet: ${why} It is tried again at the next start.`;
      return { deleted: false, text };
    }
    await this.#note(left, 'secret-deleted');
    // Not kept: the next start deletes it once more, which does no harm.
    await farewells.markSecretDeleted(left.gatewayId).catch(() => undefined);
    const text = `Unpaired. The gateway keeps its own record of this Mac until you run there: \`${removeCommandFor(left.deviceId)}\``;
    return { deleted: true, text };
  }

  /** The record is told as well as it can be: a disk without room must not keep a pairing alive. */
  async #note({ gatewayId, deviceId }: Pick<Farewell, 'gatewayId' | 'deviceId'>, step: Step): Promise<void> {
    await this.#parts.journal.append({ kind: 'unpair', gatewayId, deviceId, step }).catch(() => undefined);
  }
}
