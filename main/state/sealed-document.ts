import { type EditResult, type Guarded, GuardedDocument } from './guarded-document.ts';
import type { JsonDocument } from './json-document.ts';
import type { Seal, SealedText } from './seal.ts';
import { StateError } from './state-error.ts';

/** A file that is not what was sealed, waiting for the person. */
export type Outside<T> =
  /** It says something else, and some of that loosens. */
  | { readonly kind: 'edit'; readonly value: T; readonly hash: string }
  /** It is gone or cannot be understood. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly hash: string | null };

/** As `Guarded`: `value` is what counts and `hash` names it. */
export interface Sealed<T> extends Guarded<T> {
  readonly outside: Outside<T> | null;
}

/** What of an edit tightens. `rest`: whether something is left that does not. */
export interface Tightened<T> {
  readonly part: T;
  readonly rest: boolean;
}

/** What a file is that is there before anything was sealed: the person's own, or one from outside. */
export type FirstFiles = 'trusted' | 'asked';

export interface SealedOptions<T> {
  readonly document: JsonDocument<T>;
  readonly seal: Seal;
  /** Its name in the seal. */
  readonly name: string;
  /** Written where there is no file and nothing was ever sealed. */
  readonly initial: T;
  readonly firstFile: FirstFiles;
  readonly tightened: (before: T, after: T) => Tightened<T>;
  /** A change from outside counts from now on, since it tightens. */
  readonly adopted: (before: Guarded<T>, after: T, hash: string) => void;
}

/**
 * A file that other programs of this user can write, where only what tightens counts of what they write. What counts
 * besides is the content that was sealed last: by an edit through this object, by the person, or at the first start.
 * An edit that a crash cut short is like one from outside: what it tightens holds, what it loosens is asked again.
 */
export class SealedDocument<T> {
  readonly path: string;
  readonly #options: SealedOptions<T>;
  readonly #file: GuardedDocument<T>;
  /** The sealed content, parsed once. */
  #kept: { readonly text: SealedText; readonly value: T } | null = null;
  /** The last comparison that found nothing to adopt: the same question would be asked at every look. */
  #waiting: { readonly key: string; readonly sealed: Sealed<T> } | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(options: SealedOptions<T>, file: GuardedDocument<T>) {
    this.path = options.document.path;
    this.#options = options;
    this.#file = file;
  }

  /** @throws {StateError} when there is no file at the first start and none can be written. */
  static async open<T>(options: SealedOptions<T>): Promise<SealedDocument<T>> {
    const { document, seal, name, initial } = options;
    const firstStart = seal.problem === null && seal.document(name) === null;
    const file = await GuardedDocument.open(document, firstStart ? initial : null);
    const sealed = new SealedDocument(options, file);
    await sealed.current();
    return sealed;
  }

  /** Never rejects. */
  current(): Promise<Sealed<T>> {
    return this.#inTurn(async () => (await this.#refresh()).sealed);
  }

  /**
   * Makes `next` count if what counts still is what `baseHash` names. A file that waits for the person is left alone.
   * @throws {StateError} when it could not be written or sealed: what counted still does.
   */
  edit(baseHash: string | null, next: T): Promise<EditResult<T>> {
    return this.#inTurn(async () => {
      const { sealed: before, fileHash } = await this.#refresh();
      if (before.hash !== baseHash) return { kind: 'changed', hash: before.hash };
      if (before.outside?.kind !== 'edit') return this.#replace(before, fileHash, next);
      const { hash } = this.#options.document.encode(next);
      await this.#keep(before, next, hash, before.outside.hash);
      return { kind: 'applied', before, hash };
    });
  }

  /**
   * Ends what waits: `next` counts from now on and is what the file says.
   * @param shown what the person was shown. If it is not that any more, nothing is done.
   * @throws {StateError} when it could not be written or sealed.
   */
  settle(shown: Sealed<T>, next: T): Promise<EditResult<T>> {
    return this.#inTurn(async () => {
      const { sealed: before, fileHash } = await this.#refresh();
      const same = before.hash === shown.hash && before.outside?.hash === shown.outside?.hash;
      if (!same || before.outside === null) return { kind: 'changed', hash: before.hash };
      return this.#replace(before, fileHash, next);
    });
  }

  async #refresh(): Promise<{ sealed: Sealed<T>; fileHash: string | null }> {
    const file = await this.#file.current();
    const sealed = await this.#judge(file);
    return { sealed, fileHash: file.hash };
  }

  async #judge(file: Guarded<T>): Promise<Sealed<T>> {
    const { seal } = this.#options;
    if (seal.problem !== null) {
      return { value: null, hash: file.hash, degraded: seal.problem, outside: null };
    }
    const text = seal.document(this.#options.name);
    if (text === null) return this.#first(file);
    const value = this.#read(text);
    if (value === null) {
      const degraded = `${this.path} was sealed by another version of Latchkey.`;
      return { value: null, hash: file.hash, degraded, outside: null };
    }
    if (file.degraded !== null || file.value === null || file.hash === null) {
      const reason = file.degraded ?? 'not understood';
      return {
        value,
        hash: file.hash,
        degraded: reason,
        outside: { kind: 'unreadable', reason, hash: file.hash },
      };
    }
    if (file.hash === text.hash) return { value, hash: text.hash, degraded: null, outside: null };
    const before = { value, hash: text.hash, degraded: null };
    return this.#compare(before, { value: file.value, hash: file.hash, taken: text.taken === file.hash });
  }

  /** Nothing was ever sealed under this name, so nothing ever ran by it. */
  async #first(file: Guarded<T>): Promise<Sealed<T>> {
    const { document, firstFile, initial } = this.#options;
    if (firstFile === 'asked') {
      try {
        await this.#put(initial, document.encode(initial).hash, 'loosens');
        return await this.#judge(file);
      } catch (error) {
        return { value: null, hash: file.hash, degraded: messageOf(error), outside: null };
      }
    }
    if (file.degraded !== null || file.value === null || file.hash === null)
      return { ...file, value: null, outside: null };
    try {
      await this.#put(file.value, file.hash, 'loosens');
      return { ...file, outside: null };
    } catch (error) {
      return { value: null, hash: file.hash, degraded: messageOf(error), outside: null };
    }
  }

  async #compare(
    before: Guarded<T> & { value: T },
    wanted: { readonly value: T; readonly hash: string; readonly taken: boolean },
  ): Promise<Sealed<T>> {
    const key = `${before.hash ?? ''} ${wanted.hash}`;
    if (this.#waiting?.key === key) return this.#waiting.sealed;
    const { part, rest } = wanted.taken
      ? { part: before.value, rest: true }
      : this.#options.tightened(before.value, wanted.value);
    const outside = rest ? ({ kind: 'edit', value: wanted.value, hash: wanted.hash } as const) : null;
    if (rest && part === before.value) {
      const sealed = { ...before, outside };
      this.#waiting = { key, sealed };
      return sealed;
    }
    const value = rest ? part : wanted.value;
    const hash = rest ? this.#options.document.encode(part).hash : wanted.hash;
    // What tightens counts even where it cannot be sealed now: it is found again at every look.
    const isSealed = await this.#put(value, hash, 'tightens', rest ? wanted.hash : null).then(
      () => true,
      () => false,
    );
    if (isSealed) this.#options.adopted(before, value, hash);
    return { value, hash, degraded: null, outside };
  }

  async #replace(before: Sealed<T>, fileHash: string | null, next: T): Promise<EditResult<T>> {
    if (this.#options.seal.problem !== null) throw new StateError(this.#options.seal.problem);
    const written = await this.#file.edit(fileHash, next);
    if (written.kind === 'changed') return { kind: 'changed', hash: before.hash };
    try {
      await this.#keep(before, next, written.hash);
    } catch (error) {
      if (before.value !== null) await this.#file.edit(written.hash, before.value).catch(() => undefined);
      throw error;
    }
    return { kind: 'applied', before, hash: written.hash };
  }

  #keep(before: Sealed<T>, next: T, hash: string, taken: string | null = null): Promise<void> {
    const tightens = before.value !== null && !this.#options.tightened(before.value, next).rest;
    return this.#put(next, hash, tightens ? 'tightens' : 'loosens', taken);
  }

  #put(value: T, hash: string, how: 'tightens' | 'loosens', taken: string | null = null): Promise<void> {
    return this.#options.seal.put(this.#options.name, { hash, text: JSON.stringify(value), taken }, how);
  }

  #read(text: SealedText): T | null {
    if (this.#kept?.text !== text) {
      const value = this.#options.document.parseText(text.text);
      this.#kept = value === null ? null : { text, value };
    }
    return this.#kept?.value ?? null;
  }

  #inTurn<R>(work: () => Promise<R>): Promise<R> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
