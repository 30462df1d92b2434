/** Where secrets are kept. Values never pass through files, logs, arguments or error texts. */
export interface SecretStore {
  /** What a person would call it, for messages: "Keychain", "Secret Service", "memory". */
  readonly name: string;
  /** @throws {SecretStoreError} when the store cannot be used at all. An absent item is null, not an error. */
  read(account: string): Promise<string | null>;
  write(account: string, value: string): Promise<void>;
  /** Resolves to whether there was something to remove. */
  remove(account: string): Promise<boolean>;
}

/** The store cannot be used. The message says why and what to do, and holds no secret. */
export class SecretStoreError extends Error {
  override readonly name = 'SecretStoreError';
}
