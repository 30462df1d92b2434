import type { ConnectAuth, DeviceIdentity, GatewayCredentials } from '../gateway/credentials.ts';
import { deviceIdentity } from './device-identity.ts';
import type { HeldSecret } from './held-secret.ts';

export interface StoredCredentialsOptions {
  readonly secret: HeldSecret;
  /** What to show until the gateway issues a token of its own. A token for the first pairing is never stored. */
  readonly shown: ConnectAuth | null;
  readonly onPaired: () => void;
}

/** The credentials of one pairing, its lasting token always in the secret store before it is in use. */
export class StoredCredentials implements GatewayCredentials {
  readonly identity: DeviceIdentity;
  readonly #options: StoredCredentialsOptions;
  #shown: ConnectAuth | null;

  constructor(options: StoredCredentialsOptions) {
    this.#options = options;
    this.identity = deviceIdentity(options.secret.value.deviceKeySeed);
    this.#shown = options.shown;
  }

  current(): ConnectAuth | null {
    return this.#shown;
  }

  async keep(deviceToken: string): Promise<void> {
    await this.#options.secret.change({ deviceToken });
    const isFirst = this.#shown?.kind !== 'deviceToken';
    this.#shown = { kind: 'deviceToken', value: deviceToken };
    if (isFirst) this.#options.onPaired();
  }

  async drop(): Promise<void> {
    const dropped = this.#shown;
    this.#shown = null;
    if (dropped?.kind !== 'deviceToken') return;
    // The key stays: paired again, this Mac is the same device.
    // A store that fails now leaves a token behind that opens nothing; the next start shows it and drops it again.
    await this.#options.secret.change({ deviceToken: null }).catch(() => undefined);
  }
}
