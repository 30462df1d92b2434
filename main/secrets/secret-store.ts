/** Where secrets are kept. Values never pass through files, logs, arguments or error texts. */
export interface SecretStore {
  /** What a person would call it, for messages: "Keychain", "Secret Service", "memory". */
  readonly name: string;
  /** Whether what is written is still there after this process ended. */
  readonly durable: boolean;
  /**
   * Writes, reads and removes a value of no worth, so that a pairing can be refused before it begins.
   * @throws {SecretStoreError} when the store cannot be used at all.
   */
  verify(): Promise<void>;
  /** @throws {SecretStoreError} when the store cannot be used at all. An absent item is null, not an error. */
  read(account: string): Promise<string | null>;
  /** @throws {SecretStoreError} when it was not, or not provably, stored. */
  write(account: string, value: string): Promise<void>;
  /**
   * Resolves to whether there was something to remove.
   * @throws {SecretStoreError} when it may still be there.
   */
  remove(account: string): Promise<boolean>;
}

/** The store cannot be used. The message says why and what to do, and holds no secret. */
export class SecretStoreError extends Error {
  override readonly name = 'SecretStoreError';
}
