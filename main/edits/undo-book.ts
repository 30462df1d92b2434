import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import type { Seal } from '../state/seal.ts';
import { policyChange } from './policy-changes.ts';

const NAME = 'undo';
const KEPT_MS = 30 * 24 * 60 * 60_000;
/** A gateway can only tighten so often before nothing is left to tighten; the person loosens in between. */
const MOST = 200;

const tightening = z.strictObject({
  id: z.uuid(),
  atMs: z.number(),
  /** The policy file that it was made in: each gateway has its own. */
  path: z.string(),
  from: z.strictObject({ id: z.string(), name: z.string() }),
  changes: z.array(policyChange),
});
export type Tightening = z.infer<typeof tightening>;

/** What gateways tightened, so that the person can take it back for 30 days. Kept in the seal alone: nobody else edits it. */
export class UndoBook {
  readonly #seal: Seal;
  readonly #now: () => number;

  /** @param now the wall clock, in milliseconds. */
  constructor(seal: Seal, now: () => number) {
    this.#seal = seal;
    this.#now = now;
  }

  /** Newest first. */
  get all(): readonly Tightening[] {
    const kept = this.#seal.document(NAME);
    if (kept === null) return [];
    const parsed = z.array(tightening).safeParse(JSON.parse(kept.text)).data ?? [];
    return parsed.filter(({ atMs }) => atMs > this.#now() - KEPT_MS);
  }

  /** @throws {StateError} */
  async add(edit: Omit<Tightening, 'id' | 'atMs'>): Promise<Tightening> {
    const entry = { id: randomUUID(), atMs: this.#now(), ...edit };
    await this.#write([entry, ...this.all].slice(0, MOST));
    return entry;
  }

  /** @throws {StateError} */
  async remove(id: string): Promise<void> {
    await this.#write(this.all.filter((entry) => entry.id !== id));
  }

  /** It loosens nothing by itself: only what is offered to the person. */
  async #write(entries: readonly Tightening[]): Promise<void> {
    await this.#seal.put(NAME, { hash: '', text: JSON.stringify(entries), taken: null }, 'tightens');
  }
}
