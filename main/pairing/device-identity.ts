import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';

import type { DeviceIdentity } from '../gateway/credentials.ts';

const SEED_BYTES = 32;
/** What PKCS #8 puts before the 32 bytes of an Ed25519 seed (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A new Ed25519 seed, base64url. It is the secret half of the identity. */
export function newDeviceKeySeed(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-SEED_BYTES).toString('base64url');
}

/** The identity that a seed stands for: the same seed is the same device. */
export function deviceIdentity(seed: string): DeviceIdentity {
  const der = Buffer.concat([PKCS8_PREFIX, Buffer.from(seed, 'base64url')]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = rawPublicKey(privateKey);
  return {
    deviceId: createHash('sha256').update(publicKey).digest('hex'),
    publicKey: publicKey.toString('base64url'),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64url'),
  };
}

function rawPublicKey(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
}
