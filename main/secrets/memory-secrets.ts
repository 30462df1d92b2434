import type { SecretStore } from './secret-store.ts';

/** Secrets that end with this process. */
export class MemorySecrets implements SecretStore {
  readonly name = 'memory';
  readonly durable = false;
  readonly #items = new Map<string, string>();

  verify(): Promise<void> {
    return Promise.resolve();
  }

  read(account: string): Promise<string | null> {
    return Promise.resolve(this.#items.get(account) ?? null);
  }

  write(account: string, value: string): Promise<void> {
    this.#items.set(account, value);
    return Promise.resolve();
  }

  remove(account: string): Promise<boolean> {
    return Promise.resolve(this.#items.delete(account));
  }
}
