import { expect, test } from 'vitest';

import { withTrustedCertificate } from '../../main/pairing/pairing-record.ts';
import { aPairing } from './a-pairing.ts';

const CERTIFICATE = 'c'.repeat(64);

test.each<[string, object, string | null]>([
  ['is pinned where the person chose so', { pinWhenTrusted: true }, CERTIFICATE],
  ['is not pinned where they did not', {}, null],
  [
    'takes the place of no certificate that is pinned already',
    { pinWhenTrusted: true, tlsFingerprint: 'a'.repeat(64) },
    'a'.repeat(64),
  ],
])('the certificate of the first trusted connection %s', (_what, rest, pin) => {
  expect(withTrustedCertificate(aPairing(rest), CERTIFICATE).tlsFingerprint).toBe(pin);
});

test('one that was pinned is not replaced by the next one that is trusted', () => {
  const pinned = withTrustedCertificate(aPairing({ pinWhenTrusted: true }), CERTIFICATE);
  expect(withTrustedCertificate(pinned, 'e'.repeat(64))).toBe(pinned);
});
