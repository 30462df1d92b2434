import { PairingError } from './pairing-error.ts';

const PLAIN = /^[0-9a-f]{64}$/;
const WITH_COLONS = /^[0-9a-f]{2}(:[0-9a-f]{2}){31}$/;

/**
 * The SHA-256 fingerprint of a certificate as 64 lower-case hex digits, from what people copy: with or without colons,
 * with or without `sha256:` in front.
 * @throws {PairingError}
 */
export function parseFingerprint(text: string): string {
  const value = text
    .trim()
    .toLowerCase()
    .replace(/^sha256:/, '');
  if (PLAIN.test(value)) return value;
  if (WITH_COLONS.test(value)) return value.replaceAll(':', '');
  throw new PairingError(
    'a certificate fingerprint is the SHA-256 of the certificate: 64 hex digits, with or without colons',
  );
}
