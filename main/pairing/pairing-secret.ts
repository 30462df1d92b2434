import { z } from 'zod';

import type { SecretStore } from '../secrets/secret-store.ts';
import { PairingError } from './pairing-error.ts';

/** All that is secret of a pairing: one item in the store, its account the gateway's local id. */
const pairingSecret = z.strictObject({
  version: z.literal(1),
  /** Ed25519 seed, base64url. */
  deviceKeySeed: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  /** Null before the gateway issued one, and after it stopped accepting it. */
  deviceToken: z.string().min(1).max(4096).nullable(),
  /** The token of the second connection, as an operator; null while that is off. */
  operatorToken: z.string().min(1).max(4096).nullable().default(null),
});

export type PairingSecret = z.infer<typeof pairingSecret>;

/**
 * Null when there is none.
 * @throws {SecretStoreError} when the store cannot be used. @throws {PairingError} when the item is damaged.
 */
export async function readPairingSecret(
  store: SecretStore,
  gatewayId: string,
): Promise<PairingSecret | null> {
  const item = await store.read(gatewayId);
  if (item === null) return null;
  const secret = parse(item);
  if (secret === undefined) {
    throw new PairingError(`the pairing secret in the ${store.name} is damaged: unpair, then pair again`);
  }
  return secret;
}

/** @throws {SecretStoreError} */
export async function writePairingSecret(
  store: SecretStore,
  gatewayId: string,
  secret: PairingSecret,
): Promise<void> {
  await store.write(gatewayId, JSON.stringify(secret));
}

function parse(item: string): PairingSecret | undefined {
  try {
    return pairingSecret.safeParse(JSON.parse(item)).data;
  } catch {
    return undefined;
  }
}
