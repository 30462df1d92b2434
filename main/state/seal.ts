import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';

import { z } from 'zod';

import { type SecretStore, SecretStoreError } from '../secrets/secret-store.ts';
import { readOwnFile, writeOwnFile } from './own-file.ts';
import { StateError } from './state-error.ts';

const FILE = 'sealed.json';
/** How often the Keychain is told again what it could not be told. */
const TELL_AGAIN_MS = 10_000;
const MAX_BYTES = 32 * 1024 * 1024;

/** The last content of a document that counted. */
const sealedText = z.strictObject({
  /** SHA-256 (hex) of the file with this content. */
  hash: z.string(),
  text: z.string(),
  /** The hash of a file from outside that waits: what it tightens was taken already, and is not taken again. */
  taken: z.string().nullable(),
});
export type SealedText = z.infer<typeof sealedText>;

const sealedState = z.strictObject({
  version: z.literal(1),
  /** Grows with every change. The Keychain knows the last one, so an older file is told from the current one. */
  counter: z.int().positive(),
  documents: z.record(z.string(), sealedText),
  marks: z.array(z.string()),
});
type SealedState = Pick<z.infer<typeof sealedState>, 'documents' | 'marks'>;

const sealFile = z.strictObject({
  /** Where the key was kept: one that was kept in memory is gone with its process, and that is no alarm. */
  keyIn: z.string(),
  mac: z.string().regex(/^[0-9a-f]{64}$/),
  body: z.string(),
});

const keyItem = z.strictObject({
  version: z.literal(1),
  key: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  counter: z.int().nonnegative(),
  /** A state that takes something back and was about to be written: if it is not there, it was put aside. 0: none. */
  begun: z.int().nonnegative().default(0),
  /** Those that stood: a broken seal takes none of them away. */
  marks: z.array(z.string()).default([]),
});
type KeyItem = z.infer<typeof keyItem>;

/** What counts where the seal is broken: the least that each document can allow. */
export interface Strictest {
  readonly documents: Readonly<Record<string, SealedText>>;
  readonly marks: readonly string[];
}

/**
 * `sealed.json`: what this program itself last wrote, with a checksum whose key is in the Keychain. Approved commands run
 * as this very user and can write every file here; what they cannot do is make the checksum.
 *
 * It tells a file of ours from one that was made, changed or put back by others. It does not keep anything secret, and
 * does not help against who can read the key. What takes something back is announced
 * in the Keychain before the file is written: from then on no older file is taken, whoever put it there, a crash
 * included. What gives something is written first, so that a crash leaves the older or the newer state of ours; a file
 * that is ahead of the Keychain is ours as well.
 */
export class Seal {
  readonly #path: string;
  readonly #account: string;
  readonly #secrets: SecretStore;
  readonly #strictest: Strictest;
  readonly #used: boolean;
  #item: KeyItem | null = null;
  #state: SealedState = { documents: {}, marks: [] };
  #counter = 0;
  #problem: string | null = 'Latchkey has not looked yet.';
  #broken: string | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #telling: NodeJS.Timeout | undefined;

  private constructor(folder: string, secrets: SecretStore, strictest: Strictest, used: boolean) {
    this.#path = join(folder, FILE);
    // By the folder's place: whoever removes all of it does not get a first start.
    this.#account = `seal ${sha256(folder).slice(0, 32)}`;
    this.#secrets = secrets;
    this.#strictest = strictest;
    this.#used = used;
  }

  /**
   * Never rejects: what is wrong is in `problem` and `broken`.
   * @param used whether something else in the folder shows that this is no first start.
   */
  static async open(folder: string, secrets: SecretStore, strictest: Strictest, used = false): Promise<Seal> {
    const seal = new Seal(folder, secrets, strictest, used);
    await seal.retry();
    return seal;
  }

  /** Why nothing here can be trusted now, in words, such as a locked Keychain; null when it can. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Why the strictest state was put in the place of what was there, in words; null when it was not. */
  get broken(): string | null {
    return this.#broken;
  }

  document(name: string): SealedText | null {
    return (Object.hasOwn(this.#state.documents, name) ? this.#state.documents[name] : undefined) ?? null;
  }

  hasMark(name: string): boolean {
    return this.#state.marks.includes(name);
  }

  /** Looks again where the Keychain could not be used. Resolves to whether all is well now. Never rejects. */
  retry(): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.#problem === null) return true;
      try {
        await this.#unseal();
        this.#problem = null;
      } catch (error) {
        if (!(error instanceof SecretStoreError || error instanceof StateError)) throw error;
        this.#problem = `What you decided cannot be checked, so nothing runs. ${error.message}`;
      }
      return this.#problem === null;
    });
  }

  /**
   * Keeps this as what counts.
   * @param how `tightens`: it holds in memory and in the file even while the Keychain cannot be told.
   * @throws {StateError} when it was not kept: what counted still does.
   */
  put(name: string, content: SealedText, how: 'tightens' | 'loosens'): Promise<void> {
    return this.#change(
      ({ documents, marks }) => ({ documents: { ...documents, [name]: content }, marks }),
      how,
    );
  }

  /** @throws {StateError} when it was not kept. */
  addMark(name: string): Promise<void> {
    return this.#change(({ documents, marks }) => ({ documents, marks: [...marks, name] }), 'tightens');
  }

  /** @throws {StateError} when the mark still stands. */
  removeMark(name: string): Promise<void> {
    return this.#change(
      ({ documents, marks }) => ({ documents, marks: marks.filter((mark) => mark !== name) }),
      'loosens',
    );
  }

  #change(next: (state: SealedState) => SealedState, how: 'tightens' | 'loosens'): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#problem !== null) throw new StateError(this.#problem);
      const before = this.#state;
      await (how === 'tightens' ? this.#tighten(before, next(before)) : this.#loosen(before, next(before)));
    });
  }

  async #tighten(before: SealedState, wanted: SealedState): Promise<void> {
    // A mark counts by the Keychain alone. Of documents the file has to be the one that is announced here.
    const begun = wanted.documents === before.documents ? 0 : this.#counter + 1;
    const marks = [...new Set([...before.marks, ...wanted.marks])];
    await this.#tellKeychain({ begun, marks }).catch(() => undefined);
    try {
      await this.#write(wanted);
    } finally {
      // Also where it was not written: then nobody put it aside.
      await this.#tellKeychain().catch(() => this.#tellAgain());
    }
  }

  async #loosen(before: SealedState, wanted: SealedState): Promise<void> {
    await this.#write(wanted);
    try {
      await this.#tellKeychain();
    } catch (error) {
      await this.#write(before);
      const why = error instanceof Error ? error.message : String(error);
      throw new StateError(`Nothing was changed, because it could not be sealed. ${why}`);
    }
  }

  /** Until the Keychain knows the newest counter, an older file could be put in the place of this one. */
  #tellAgain(): void {
    this.#telling ??= setInterval(() => void this.settled(), TELL_AGAIN_MS).unref();
  }

  /** Tells the Keychain what it does not know yet. Resolves to whether it knows all. Never rejects. */
  settled(): Promise<boolean> {
    return this.#inTurn(async () => {
      const isKnown = () =>
        this.#item === null || (this.#item.counter === this.#counter && this.#item.begun === 0);
      if (!isKnown()) await this.#tellKeychain().catch(() => undefined);
      const known = isKnown();
      if (known) {
        clearInterval(this.#telling);
        this.#telling = undefined;
      }
      return known;
    });
  }

  async #unseal(): Promise<void> {
    const said = await this.#secrets.read(this.#account);
    const item = said === null ? null : parsed(keyItem, said);
    const bytes = await readOwnFile(this.#path, MAX_BYTES).catch(() => undefined);
    const file = bytes == null ? null : parsed(sealFile, bytes.bytes.toString('utf8'));
    if (this.#isFirstStart(said, item, bytes === null, file)) {
      await this.#begin(item, 0, { documents: {}, marks: [] });
      return;
    }
    const state = item !== null && file !== null ? verified(item, file) : null;
    const least = item === null ? 0 : Math.max(item.counter, item.begun);
    if (item !== null && state !== null && state.counter >= least) {
      this.#item = item;
      this.#counter = state.counter;
      this.#state = { documents: state.documents, marks: [...new Set([...state.marks, ...item.marks])] };
      if (state.counter > item.counter) await this.#tellKeychain();
      return;
    }
    this.#broken = whyBroken(item, bytes === null, state, this.#secrets.name);
    // One write: nobody ever finds a half of it.
    await this.#begin(item, least, {
      documents: { ...this.#strictest.documents },
      marks: [...this.#strictest.marks, ...(item?.marks ?? [])],
    });
  }

  /** The one moment when files are taken as they are: no key was ever made, or it ended with another process. */
  #isFirstStart(
    said: string | null,
    item: KeyItem | null,
    noFile: boolean,
    file: z.infer<typeof sealFile> | null,
  ): boolean {
    // Another program can delete an item that it cannot read: a Mac that is paired was started before.
    if (said === null) return !this.#secrets.durable || (!this.#used && (noFile || file?.keyIn === 'memory'));
    // The key was made, and the program ended before the first seal.
    return noFile && item?.counter === 0;
  }

  async #begin(item: KeyItem | null, counter: number, state: SealedState): Promise<void> {
    this.#item = item ?? {
      version: 1,
      key: randomBytes(32).toString('base64url'),
      counter,
      begun: 0,
      marks: [],
    };
    this.#counter = counter;
    if (item === null) await this.#tellKeychain();
    await this.#write(state);
    await this.#tellKeychain();
  }

  async #write(state: SealedState): Promise<void> {
    if (this.#item === null) throw new StateError('There is no key to seal with.');
    const counter = this.#counter + 1;
    const body = JSON.stringify({ version: 1, counter, ...state, marks: [...new Set(state.marks)] });
    const file = { keyIn: this.#secrets.name, mac: macOf(this.#item, body).toString('hex'), body };
    const text = `${JSON.stringify(file)}\n`;
    // What could not be read at the next start would be taken for a seal that somebody broke.
    if (Buffer.byteLength(text) > MAX_BYTES)
      throw new StateError(`It was not kept: the seal would be larger than ${MAX_BYTES} bytes.`);
    await writeOwnFile(this.#path, text);
    this.#counter = counter;
    this.#state = state;
  }

  /** @throws {SecretStoreError} */
  async #tellKeychain(ahead: Partial<Pick<KeyItem, 'begun' | 'marks'>> = {}): Promise<void> {
    if (this.#item === null) return;
    const item = { ...this.#item, counter: this.#counter, begun: 0, marks: this.#state.marks, ...ahead };
    await this.#secrets.write(this.#account, JSON.stringify(item));
    this.#item = item;
  }

  #inTurn<R>(work: () => Promise<R>): Promise<R> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

function verified(item: KeyItem, { mac, body }: z.infer<typeof sealFile>) {
  if (!timingSafeEqual(macOf(item, body), Buffer.from(mac, 'hex'))) return null;
  return parsed(sealedState, body);
}

const macOf = ({ key }: KeyItem, body: string): Buffer =>
  createHmac('sha256', Buffer.from(key, 'base64url')).update(body).digest();

function whyBroken(
  item: KeyItem | null,
  noFile: boolean,
  state: { readonly counter: number } | null,
  store: string,
): string {
  const what =
    item === null
      ? `The key in the ${store} that your policy was sealed with is gone or damaged`
      : noFile
        ? 'The seal of your policy is gone'
        : state !== null
          ? state.counter >= item.counter
            ? 'A change that made your policy stricter was cut short or taken back'
            : 'An older seal was put in the place of the current one'
          : 'The seal of your policy was changed by another program';
  return `${what}. This Mac is contained and allows nothing until you have looked at the policy.`;
}

function parsed<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
