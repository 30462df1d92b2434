import { expect, test } from 'vitest';

import { isSameGateway } from '../../main/pairing/same-gateway.ts';

const PIN = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const home = 'wss://home.example/';
const away = 'wss://away.example/';
const plain = 'ws://127.0.0.1:18789/';

test.each<[string, string[], string | null, string[], string | null, boolean]>([
  ['its own address', [home, away], null, [home], null, true],
  ['its own address, in another order', [home, away], null, [away, home], null, true],
  ['a strange address', [home], null, [away], null, false],
  ['its own address and a strange one', [home], null, [home, away], null, false],
  ['a strange address that only its certificate can serve', [home], PIN, [away], PIN, true],
  ['a strange address with another certificate', [home], PIN, [away], OTHER, false],
  ['a strange address without a certificate', [home], PIN, [home, plain], PIN, false],
  ['its own address, with a certificate that the person gave', [home], PIN, [home], OTHER, true],
])('an offer of %s', (_what, addresses, tlsFingerprint, offered, pin, same) => {
  expect(isSameGateway({ addresses, tlsFingerprint }, { addresses: offered, tlsFingerprint: pin })).toBe(
    same,
  );
});
