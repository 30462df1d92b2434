import { MemorySecrets } from '../../main/secrets/memory-secrets.ts';
import { type SecretStore, SecretStoreError } from '../../main/secrets/secret-store.ts';

/** A Keychain for tests: it outlives a start, can be locked, and can be put back to an earlier content. */
export class DurableSecrets implements SecretStore {
  readonly name = 'Keychain';
  readonly durable = true;
  locked = false;
  /** Called before and after each write. */
  onStep: () => void = () => undefined;
  #items = new Map<string, string>();

  get content(): ReadonlyMap<string, string> {
    return new Map(this.#items);
  }

  set content(items: ReadonlyMap<string, string>) {
    this.#items = new Map(items);
  }

  async verify(): Promise<void> {
    return this.#check();
  }

  async read(account: string): Promise<string | null> {
    await this.#check();
    return this.#items.get(account) ?? null;
  }

  async write(account: string, value: string): Promise<void> {
    await this.#check();
    this.onStep();
    this.#items.set(account, value);
    this.onStep();
  }

  async remove(account: string): Promise<boolean> {
    await this.#check();
    return this.#items.delete(account);
  }

  #check(): Promise<void> {
    if (!this.locked) return Promise.resolve();
    return Promise.reject(new SecretStoreError('The Keychain cannot be used: it is locked. Unlock it.'));
  }
}

/** Secrets that end with their process, as in a new process. */
export const newProcess = (): MemorySecrets => new MemorySecrets();
