import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

import { z } from 'zod';

import { type SecretStore, SecretStoreError } from '../../main/secrets/secret-store.ts';

/** Secrets that outlive a process that is killed, for tests alone. A file `locked` beside them locks them. */
export class FileSecrets implements SecretStore {
  readonly name = 'test store';
  readonly durable = true;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** The pairings whose secret is kept: named by an id, unlike what else is kept here. */
  get pairings(): string[] {
    return Object.keys(this.#items()).filter((account) => z.uuid().safeParse(account).success);
  }

  verify(): Promise<void> {
    return this.#unlocked(() => undefined);
  }
  read(account: string): Promise<string | null> {
    return this.#unlocked(() => this.#items()[account] ?? null);
  }
  write(account: string, value: string): Promise<void> {
    return this.#unlocked(() => this.#keep({ ...this.#items(), [account]: value }));
  }
  remove(account: string): Promise<boolean> {
    return this.#unlocked(() => {
      const { [account]: removed, ...rest } = this.#items();
      this.#keep(rest);
      return removed !== undefined;
    });
  }

  #items(): Record<string, string> {
    if (!existsSync(this.#path)) return {};
    return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(this.#path, 'utf8')));
  }

  #keep(items: Record<string, string>): void {
    // In one piece, as a Keychain does it: a process may be killed in the middle of this.
    writeFileSync(`${this.#path}.new`, JSON.stringify(items), { mode: 0o600 });
    renameSync(`${this.#path}.new`, this.#path);
  }

  async #unlocked<T>(work: () => T): Promise<T> {
    if (existsSync(`${this.#path}.locked`)) throw new SecretStoreError('The test store is locked.');
    return Promise.resolve(work());
  }
}
