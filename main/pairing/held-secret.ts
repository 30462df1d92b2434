import type { SecretStore } from '../secrets/secret-store.ts';
import { type PairingSecret, writePairingSecret } from './pairing-secret.ts';

/** The secret of a pairing in use. Both of its connections change it through here, so that none undoes the other's change. */
export class HeldSecret {
  readonly #store: SecretStore;
  readonly #gatewayId: string;
  #value: PairingSecret;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: SecretStore, gatewayId: string, value: PairingSecret) {
    this.#store = store;
    this.#gatewayId = gatewayId;
    this.#value = value;
  }

  get value(): PairingSecret {
    return this.#value;
  }

  /** Resolves once it is stored. @throws {SecretStoreError} when it could not be: then it is as it was. */
  change(fields: Partial<Pick<PairingSecret, 'deviceToken' | 'operatorToken'>>): Promise<void> {
    const done = this.#turn.then(async () => {
      const next = { ...this.#value, ...fields };
      await writePairingSecret(this.#store, this.#gatewayId, next);
      this.#value = next;
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
