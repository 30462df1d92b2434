import { expect, test } from 'vitest';

import { pairingRecord, withTrustedCertificate } from '../../main/pairing/pairing-record.ts';

const CERTIFICATE = 'c'.repeat(64);
const record = (rest: object) =>
  pairingRecord.parse({
    version: 1,
    gatewayId: '0b7de2c1-55aa-4f0e-8d3e-91f64cf2a7d5',
    addresses: ['wss://home.example/'],
    tlsFingerprint: null,
    gatewayName: null,
    deviceId: 'd'.repeat(64),
    pairedAtMs: 1,
    ...rest,
  });

test.each<[string, object, string | null]>([
  ['is pinned where the person chose so', { pinWhenTrusted: true }, CERTIFICATE],
  ['is not pinned where they did not', {}, null],
  [
    'takes the place of no certificate that is pinned already',
    { pinWhenTrusted: true, tlsFingerprint: 'a'.repeat(64) },
    'a'.repeat(64),
  ],
])('the certificate of the first trusted connection %s', (_what, rest, pin) => {
  expect(withTrustedCertificate(record(rest), CERTIFICATE).tlsFingerprint).toBe(pin);
});

test('one that was pinned is not replaced by the next one that is trusted', () => {
  const pinned = withTrustedCertificate(record({ pinWhenTrusted: true }), CERTIFICATE);
  expect(withTrustedCertificate(pinned, 'e'.repeat(64))).toBe(pinned);
});
