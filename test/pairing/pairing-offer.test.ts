import { expect, test } from 'vitest';

import { parseFingerprint } from '../../main/pairing/fingerprint.ts';
import { PairingError } from '../../main/pairing/pairing-error.ts';
import { offerFromAddress } from '../../main/pairing/pairing-offer.ts';

const RULES = { allowPlaintext: false };
const PIN = '0123456789abcdef'.repeat(4);
const COLONS = PIN.match(/../g)?.join(':') ?? '';

test('address, token and pin make an offer', () => {
  expect(offerFromAddress({ address: 'wss://gw', token: ' t ', fingerprint: COLONS }, RULES)).toMatchObject({
    addresses: [{ url: 'wss://gw/' }],
    token: { kind: 'token', value: 't' },
    tlsFingerprint: PIN,
  });
});

test.each([
  ['no token', { address: 'wss://gw', token: ' ', fingerprint: null }, 'gateway.auth.token'],
  ['a token without end', { address: 'wss://gw', token: 'x'.repeat(5000), fingerprint: null }, 'too long'],
  ['a bad address', { address: 'gw:18789', token: 't', fingerprint: null }, 'wss://host:port'],
  [
    'plain text to elsewhere',
    { address: 'ws://gw', token: 't', fingerprint: null },
    'dangerouslyAllowPlaintextGateway',
  ],
  ['a bad pin', { address: 'wss://gw', token: 't', fingerprint: 'nope' }, '64 hex digits'],
])('%s is refused, in words', (_what, input, words) => {
  expect(() => offerFromAddress(input, RULES)).toThrow(PairingError);
  expect(() => offerFromAddress(input, RULES)).toThrow(words);
});

test.each([
  PIN,
  PIN.toUpperCase(),
  COLONS,
  COLONS.toUpperCase(),
  `sha256:${PIN}`,
  `SHA256:${COLONS}`,
  ` ${PIN}\n`,
])('the fingerprint %j is read', (text) => expect(parseFingerprint(text)).toBe(PIN));

test.each([
  '',
  PIN.slice(1),
  `${PIN}0`,
  PIN.replace('0', 'g'),
  COLONS.slice(3),
  `:${PIN}`,
  `sha1:${PIN}`,
  COLONS.replace(':', ''),
])('the fingerprint %j is refused', (text) => expect(() => parseFingerprint(text)).toThrow(PairingError));
