import { randomUUID } from 'node:crypto';

import { explainFailure, explainMissing, explainTimeout } from './keychain-failure.ts';
import { type SecretStore, SecretStoreError } from './secret-store.ts';

const SERVICE = 'Latchkey';

/** The part of keytar that is used. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/**
 * The system's own store through keytar: the Keychain on macOS, the Secret Service on Linux. On macOS an item is readable without a question by
 * every program that shares the maker's executable, so only the packaged app may use it there: made by `node`, it would be open to every script.
 * Who starts us decides that; this class does not.
 */
export class Keychain implements SecretStore {
  readonly name = process.platform === 'darwin' ? 'Keychain' : 'Secret Service';
  readonly durable = true;
  readonly #load: () => Promise<Keytar>;
  readonly #timeoutMs: number;
  #keytar: Keytar | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** @param timeoutMs how long one call may take: long, since a person may have to find and answer a dialog. */
  constructor(load: () => Promise<Keytar> = loadKeytar, timeoutMs = 120_000) {
    this.#load = load;
    this.#timeoutMs = timeoutMs;
  }

  async verify(): Promise<void> {
    const account = `self-check ${randomUUID()}`;
    const value = randomUUID();
    await this.#call((keytar) => keytar.setPassword(SERVICE, account, value));
    const found = await this.#call((keytar) => keytar.getPassword(SERVICE, account));
    const removed = await this.#call((keytar) => keytar.deletePassword(SERVICE, account));
    if (found !== value || !removed) throw explainFailure(this.name, 'a value written to it is not there');
  }

  async read(account: string): Promise<string | null> {
    const value = await this.#call((keytar) => keytar.getPassword(SERVICE, account));
    // A locked Secret Service answers like an empty one. Only a store that takes and gives back a value has the right to say "nothing".
    if (value === null) await this.verify();
    return value;
  }

  async write(account: string, value: string): Promise<void> {
    await this.#call((keytar) => keytar.setPassword(SERVICE, account, value), value);
    const stored = await this.#call((keytar) => keytar.getPassword(SERVICE, account), value);
    if (stored !== value) throw explainFailure(this.name, 'a value written to it is not there');
  }

  async remove(account: string): Promise<boolean> {
    const removed = await this.#call((keytar) => keytar.deletePassword(SERVICE, account));
    if (!removed) await this.verify();
    return removed;
  }

  /**
   * One at a time: each call holds one of the four threads that also do this process's file work, for as long as a dialog is open. A call whose
   * time is up before its turn came is not made any more; one that was under way may still take effect.
   */
  async #call<T>(work: (keytar: Keytar) => Promise<T>, secret?: string): Promise<T> {
    const keytar = await this.#open();
    let expired = false;
    const turn = this.#last.then(() => (expired ? Promise.reject(new Error('expired')) : work(keytar)));
    this.#last = turn.catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        expired = true;
        reject(explainTimeout(this.name, Math.round(this.#timeoutMs / 1000)));
      }, this.#timeoutMs);
    });
    try {
      return await Promise.race([turn, timeout]);
    } catch (error) {
      throw error instanceof SecretStoreError ? error : explainFailure(this.name, error, secret);
    } finally {
      clearTimeout(timer);
    }
  }

  async #open(): Promise<Keytar> {
    if (this.#keytar !== null) return this.#keytar;
    try {
      this.#keytar = await this.#load();
      return this.#keytar;
    } catch (error) {
      throw explainMissing(this.name, error);
    }
  }
}

async function loadKeytar(): Promise<Keytar> {
  // A CommonJS addon: what it exports is the default of what `import` gives.
  const module = await import('keytar');
  return module.default;
}
