import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import { policyDocument } from '../policy/policy-document.ts';
import type { Seal } from '../state/seal.ts';
import { policyChange } from './policy-changes.ts';
import { undone } from './undo.ts';

const NAME = 'undo';
const KEPT_MS = 30 * 24 * 60 * 60_000;
/** A gateway can only tighten so often before nothing is left to tighten; the person loosens in between. */
const MOST = 200;
/** All of them together, in characters: they share the seal with the policy, and a gateway decides how large they are. */
const MOST_CHARACTERS = 2 * 1024 * 1024;

const tightening = z.strictObject({
  id: z.uuid(),
  atMs: z.number(),
  /** The policy file that it was made in: each gateway has its own. */
  path: z.string(),
  from: z.strictObject({ id: z.string(), name: z.string() }),
  changes: z.array(policyChange),
  /** The policy before it: undoing it gives no more than this without a question. */
  before: policyDocument.optional(),
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

  /** Null where it is too large to be kept. @throws {StateError} */
  async add(edit: Omit<Tightening, 'id' | 'atMs'>): Promise<Tightening | null> {
    const entry = { id: randomUUID(), atMs: this.#now(), ...edit };
    await this.#write([entry, ...this.all].slice(0, MOST));
    return this.all.some(({ id }) => id === entry.id) ? entry : null;
  }

  /** It was undone: for those that came after it, it never was there. @throws {StateError} */
  async remove(edit: Tightening): Promise<void> {
    const entries = this.all;
    const place = entries.findIndex(({ id }) => id === edit.id);
    const later = entries.slice(0, Math.max(place, 0)).map((entry) => {
      const before = entry.path === edit.path && entry.before && undone(entry.before, edit.changes);
      return before ? { ...entry, before } : entry;
    });
    await this.#write([...later, ...entries.slice(place + 1)]);
  }

  /** Only what is offered to the person: a crash may take it back. */
  async #write(entries: readonly Tightening[]): Promise<void> {
    let room = MOST_CHARACTERS;
    const kept = entries.filter((entry) => {
      const size = JSON.stringify(entry).length;
      if (size > room) return false;
      room -= size;
      return true;
    });
    await this.#seal.put(NAME, { hash: '', text: JSON.stringify(kept), taken: null }, 'loosens');
  }
}
