import type { BigIntStats } from 'node:fs';
import { lstat } from 'node:fs/promises';

import type { JsonDocument } from './json-document.ts';
import { type DocumentContent } from './json-document.ts';
import { StateError } from './state-error.ts';

export interface Guarded<T> {
  /** The last content that was good. Null: there never was one, and everything is to be denied. */
  readonly value: T | null;
  /** SHA-256 (hex) of the file as it is now, good or bad; null where it cannot be read or is gone. What an edit is based on. */
  readonly hash: string | null;
  /** Why the file of this moment does not count, in words; null when it does. The caller makes `value` stricter then. */
  readonly degraded: string | null;
}

export type EditResult<T> =
  | { readonly kind: 'applied'; readonly before: Guarded<T>; readonly hash: string }
  | { readonly kind: 'changed'; readonly hash: string | null };

/** Within this time of a change, a second one of the same size can leave the same time stamps: file systems count in ticks. */
const TICK_NS = 2_000_000_000n;

/**
 * A document that others may edit while we run and on which decisions hang: read afresh for each decision, which costs
 * one `lstat` while nothing changes. Once it was there, its absence is as bad as a broken file: taking the file away must
 * not bring looser defaults back.
 */
export class GuardedDocument<T> {
  readonly path: string;
  readonly #document: JsonDocument<T>;
  #current: Guarded<T> = { value: null, hash: null, degraded: 'never read' };
  /** The file that `#current` was read from; null where it has to be read again whatever `lstat` says. */
  #seen: BigIntStats | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(document: JsonDocument<T>) {
    this.path = document.path;
    this.#document = document;
  }

  /**
   * Takes the file that is there, good or bad, as the user's own; writes `initial` where there is none, unless that is null.
   * @throws {StateError} when there is none and it cannot be written.
   */
  static async open<T>(document: JsonDocument<T>, initial: T | null): Promise<GuardedDocument<T>> {
    const guarded = new GuardedDocument(document);
    if (initial !== null && (await document.read()).kind === 'missing') await document.write(initial);
    await guarded.current();
    return guarded;
  }

  /** Never rejects. */
  current(): Promise<Guarded<T>> {
    return this.#inTurn(() => this.#refresh());
  }

  /**
   * Replaces the content if the file is still the one with `baseHash` (null: as long as it is gone or cannot be read).
   * Edits made through this object never overwrite each other; a program that writes the file between our last look and
   * the replacement, microseconds apart, loses its edit.
   * @throws {StateError} when it could not be written: the file is as it was.
   */
  edit(baseHash: string | null, next: T): Promise<EditResult<T>> {
    return this.#inTurn(async () => {
      const before = await this.#refresh();
      if (before.hash !== baseHash) return { kind: 'changed', hash: before.hash };
      const hash = await this.#document.write(next);
      this.#seen = null;
      const after = await this.#refresh();
      if (after.hash !== hash) throw new StateError(`${this.path} was changed by another program meanwhile.`);
      return { kind: 'applied', before, hash };
    });
  }

  async #refresh(): Promise<Guarded<T>> {
    const now = await lstat(this.path, { bigint: true }).catch(() => null);
    if (now !== null && this.#seen !== null && isSame(now, this.#seen)) return this.#current;
    const readAt = BigInt(Date.now()) * 1_000_000n;
    const { content, stats } = await this.#document.readWithStats();
    this.#current = judge(content, this.#current.value, this.path);
    this.#seen = stats !== null && readAt - stats.ctimeNs > TICK_NS ? stats : null;
    return this.#current;
  }

  #inTurn<R>(work: () => Promise<R>): Promise<R> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

function judge<T>(content: DocumentContent<T>, lastGood: T | null, path: string): Guarded<T> {
  switch (content.kind) {
    case 'value':
      return { value: content.value, hash: content.hash, degraded: null };
    case 'bad':
      return { value: lastGood, hash: content.hash, degraded: content.reason };
    case 'missing':
      return { value: lastGood, hash: null, degraded: `${path} is gone.` };
  }
}

function isSame(a: BigIntStats, b: BigIntStats): boolean {
  return (
    a.dev === b.dev &&
    a.ino === b.ino &&
    a.size === b.size &&
    a.mode === b.mode &&
    a.nlink === b.nlink &&
    a.uid === b.uid &&
    a.mtimeNs === b.mtimeNs &&
    a.ctimeNs === b.ctimeNs
  );
}
