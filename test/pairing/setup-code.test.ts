import fc from 'fast-check';
import { expect, test } from 'vitest';

import { PairingError } from '../../main/pairing/pairing-error.ts';
import { parseSetupCode } from '../../main/pairing/setup-code.ts';

const NOW = 1_795_000_000_000;
const RULES = { allowPlaintext: false };
const PIN = 'ab'.repeat(32);

const encode = (payload: unknown) => Buffer.from(JSON.stringify(payload)).toString('base64url');
const parse = (text: string) => parseSetupCode(text, NOW, RULES);
const whole = { url: 'wss://gw.example', bootstrapToken: 'bt-1' };

test('a code holds address, token, expiry and pin', () => {
  const code = {
    ...whole,
    urls: ['wss://gw.example', 'ws://127.0.0.1:18789'],
    expiresAtMs: NOW + 1,
    tlsFingerprint: PIN,
  };
  expect(parse(encode(code))).toMatchObject({
    addresses: [{ url: 'wss://gw.example/' }, { url: 'ws://127.0.0.1:18789/' }],
    token: { kind: 'bootstrapToken', value: 'bt-1' },
    tlsFingerprint: PIN,
  });
});

test.each([
  ['raw', (code: string) => code],
  ['with blanks around it', (code: string) => `\n  ${code}\t`],
  ['as a link', (code: string) => `oc-pair://${code}`],
  ['as a link in capitals, with a slash at the end', (code: string) => `OC-PAIR://${code}/`],
  [
    'padded',
    (code: string) =>
      Buffer.from(code, 'base64url').toString('base64').replaceAll('+', '-').replaceAll('/', '_'),
  ],
  ['from a later version', () => encode({ ...whole, mood: 'good' })],
])('a code is read %s', (_how, dress) => {
  expect(parse(dress(encode(whole))).addresses[0]?.host).toBe('gw.example');
});

test.each([
  ['nothing', '', 'not a setup code'],
  ['prose', 'please pair', 'not a setup code'],
  ['base64 of no JSON', Buffer.from('{').toString('base64url'), 'not a setup code'],
  ['JSON of another shape', encode([1]), 'not a setup code'],
  ['null', encode(null), 'not a setup code'],
  ['no token', encode({ url: whole.url }), 'not a setup code'],
  ['a token of blanks', encode({ ...whole, bootstrapToken: '  ' }), 'not a setup code'],
  ['a token without end', encode({ ...whole, bootstrapToken: 'x'.repeat(5000) }), 'not a setup code'],
  ['no address', encode({ bootstrapToken: 'bt-1' }), 'not a setup code'],
  ['a hundred addresses', encode({ ...whole, urls: Array(100).fill(whole.url) }), 'not a setup code'],
  ['an expiry that is none', encode({ ...whole, expiresAtMs: 'tomorrow' }), 'not a setup code'],
  ['a link of another kind', `openclaw://${encode(whole)}`, 'not a setup code'],
  ['a join link', 'https://gateway.example/j/abc', 'not a setup code'],
  ['a code without end', encode({ ...whole, filler: 'x'.repeat(9000) }), 'not a setup code'],
  ['yesterday', encode({ ...whole, expiresAtMs: NOW }), 'expired'],
  ['an address of the web', encode({ ...whole, url: 'https://gw.example' }), 'not a gateway address'],
  [
    'plain text to elsewhere',
    encode({ ...whole, url: 'ws://gw.example' }),
    'dangerouslyAllowPlaintextGateway',
  ],
  [
    'plain text to elsewhere as a fallback',
    encode({ ...whole, urls: ['ws://gw.example'] }),
    'dangerouslyAllowPlaintextGateway',
  ],
  ['a pin that is none', encode({ ...whole, tlsFingerprint: 'ab:cd' }), 'fingerprint'],
  ['an empty pin', encode({ ...whole, tlsFingerprint: '' }), 'fingerprint'],
])('%s is refused, in words', (_what, text, words) => {
  expect(() => parse(text)).toThrow(PairingError);
  expect(() => parse(text)).toThrow(words);
});

test('an expired code says how to get a new one', () => {
  expect(() => parse(encode({ ...whole, expiresAtMs: 1 }))).toThrow('openclaw qr --setup-code-only');
});

test('whatever is pasted, it is an offer or a refusal that repeats none of it', () => {
  const secret = 'SECRETSECRETSECRET';
  const payloads = fc.record(
    {
      url: fc.oneof(fc.webUrl(), fc.anything()),
      bootstrapToken: fc.constant(secret),
      urls: fc.anything(),
      expiresAtMs: fc.anything(),
      tlsFingerprint: fc.anything(),
    },
    { requiredKeys: ['bootstrapToken'] },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string().map((text) => secret + text),
        payloads.map((payload) => encode(payload)),
      ),
      (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(PairingError);
          expect(String(error)).not.toContain(secret);
        }
      },
    ),
  );
});
