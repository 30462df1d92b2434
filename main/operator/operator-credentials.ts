import type { ConnectAuth, DeviceIdentity, GatewayCredentials } from '../gateway/credentials.ts';
import type { HeldSecret } from '../pairing/held-secret.ts';

/** The same device in its second role, with that role's own token beside the first in the secret store. */
export class OperatorCredentials implements GatewayCredentials {
  readonly identity: DeviceIdentity;
  readonly #secret: HeldSecret;
  /** For the first connection only; never stored. */
  #first: ConnectAuth | null;

  constructor(identity: DeviceIdentity, secret: HeldSecret, first: ConnectAuth | null) {
    this.identity = identity;
    this.#secret = secret;
    this.#first = first;
  }

  current(): ConnectAuth | null {
    const { operatorToken } = this.#secret.value;
    return this.#first ?? (operatorToken === null ? null : { kind: 'deviceToken', value: operatorToken });
  }

  async keep(operatorToken: string): Promise<void> {
    await this.#secret.change({ operatorToken });
    this.#first = null;
  }

  async drop(): Promise<void> {
    this.#first = null;
    // A store that fails now leaves a token behind that opens nothing: shown again, it is dropped again.
    await this.#secret.change({ operatorToken: null }).catch(() => undefined);
  }
}
