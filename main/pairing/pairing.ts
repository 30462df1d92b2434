import { randomUUID } from 'node:crypto';

import { NODE_COMMANDS } from '../gateway/connect-request.ts';
import type { GatewayCredentials } from '../gateway/credentials.ts';
import type { GatewayAddress } from '../gateway/gateway-address.ts';
import { type SecretStore, SecretStoreError } from '../secrets/secret-store.ts';
import { newDeviceKeySeed } from './device-identity.ts';
import { HeldSecret } from './held-secret.ts';
import { PairingError } from './pairing-error.ts';
import { address, type AddressRules, type PairingOffer } from './pairing-offer.ts';
import type { PairingRecord } from './pairing-record.ts';
import { type PairingSecret, readPairingSecret, writePairingSecret } from './pairing-secret.ts';
import { StoredCredentials } from './stored-credentials.ts';

/** A pairing in use: what to keep of it, and what the connection needs. */
export interface Pairing {
  readonly record: PairingRecord;
  readonly addresses: readonly GatewayAddress[];
  readonly credentials: GatewayCredentials;
  readonly secret: HeldSecret;
}

export interface PairingOptions {
  readonly store: SecretStore;
  /** The gateway's first token is stored: from now on this Mac is paired, whatever happens to the process. */
  readonly onPaired: () => void;
}

/**
 * Prepares a pairing, before anything is said to the gateway: the secret store is tried, and the device key kept in it.
 * `previous` keeps this Mac's identity when it pairs anew with a gateway it knows.
 * @throws {PairingError} when the store cannot keep a secret: then nobody was contacted.
 */
export async function beginPairing(
  offer: PairingOffer,
  { store, onPaired, previous }: PairingOptions & { readonly previous?: PairingRecord },
): Promise<Pairing> {
  const gatewayId = previous?.gatewayId ?? randomUUID();
  const found = await storable(async () => {
    await store.verify();
    const known = previous === undefined ? null : await readPairingSecret(store, gatewayId);
    if (known !== null) return known;
    const fresh: PairingSecret = {
      version: 1,
      deviceKeySeed: newDeviceKeySeed(),
      deviceToken: null,
      operatorToken: null,
    };
    await writePairingSecret(store, gatewayId, fresh);
    return fresh;
  });
  const secret = new HeldSecret(store, gatewayId, found);
  const credentials = new StoredCredentials({ secret, shown: offer.token, onPaired });
  return {
    record: {
      version: 1,
      gatewayId,
      addresses: offer.addresses.map(({ url }) => url),
      // Paired anew without a word about the certificate: what was pinned stays pinned.
      tlsFingerprint: offer.tlsFingerprint ?? previous?.tlsFingerprint ?? null,
      gatewayName: previous?.gatewayName ?? null,
      deviceId: credentials.identity.deviceId,
      pairedAtMs: null,
      pinWhenTrusted: offer.pinWhenTrusted ?? false,
      commands: [...NODE_COMMANDS],
      listener: previous?.listener ?? null,
      // A new pairing begins without what the person trusted the one before with.
      dangerouslyTrustApprovals: false,
      showOtherHosts: false,
      doubted: false,
    },
    addresses: offer.addresses,
    credentials,
    secret,
  };
}

/**
 * Takes up a pairing that was made before.
 * @throws {PairingError} when its secret cannot be read, or does not belong to it.
 */
export async function resumePairing(
  record: PairingRecord,
  { store, onPaired, ...rules }: PairingOptions & AddressRules,
): Promise<Pairing> {
  const { gatewayId } = record;
  const found = await storable(() => readPairingSecret(store, gatewayId));
  if (found === null) {
    throw new PairingError(
      `the pairing secret is not in the ${store.name} any more: unpair, then pair again`,
    );
  }
  const shown =
    found.deviceToken === null ? null : ({ kind: 'deviceToken', value: found.deviceToken } as const);
  const secret = new HeldSecret(store, gatewayId, found);
  const credentials = new StoredCredentials({ secret, shown, onPaired });
  if (credentials.identity.deviceId !== record.deviceId) {
    throw new PairingError(
      `the pairing secret in the ${store.name} is another device's: unpair, then pair again`,
    );
  }
  return { record, addresses: record.addresses.map((url) => address(url, rules)), credentials, secret };
}

/**
 * Deletes key and token. True when there were any. Stop the connection first: a hello under way would store a token again.
 * @throws {SecretStoreError} when they may still be there.
 */
export function forgetPairingSecret(store: SecretStore, gatewayId: string): Promise<boolean> {
  return store.remove(gatewayId);
}

async function storable<T>(use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (!(error instanceof SecretStoreError)) throw error;
    throw new PairingError(`pairing needs a place for its key and token: ${error.message}`, { cause: error });
  }
}
