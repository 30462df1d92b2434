import fc from 'fast-check';
import { expect, test } from 'vitest';

import { AddressError, parseGatewayAddress } from '../../main/gateway/gateway-address.ts';

const parse = (text: string, allowPlaintext = false) => parseGatewayAddress(text, { allowPlaintext });

test.each([
  ['wss://gateway.example', { host: 'gateway.example', port: 443, encrypted: true, loopback: false }],
  ['wss://gateway.example:8443/path', { host: 'gateway.example', port: 8443, encrypted: true }],
  ['  wss://[2001:db8::1]:9  ', { host: '2001:db8::1', port: 9 }],
  ['ws://127.0.0.1:18789', { host: '127.0.0.1', port: 18789, encrypted: false, loopback: true }],
  ['ws://127.8.9.1', { loopback: true, port: 80 }],
  ['ws://127.1:5', { host: '127.0.0.1', loopback: true }],
  ['ws://0x7f000001:5', { host: '127.0.0.1', loopback: true }],
  ['ws://[::1]:5', { host: '::1', loopback: true }],
  ['WS://LOCALHOST:5', { host: 'localhost', loopback: true }],
])('%s is an address', (text, expected) => {
  expect(parse(text)).toMatchObject(expected);
});

test.each([
  'ws://gateway.example',
  'ws://192.168.1.5:18789',
  'ws://10.0.0.1',
  'ws://0.0.0.0',
  'ws://[::]',
  'ws://[::ffff:127.0.0.1]',
  'ws://128.0.0.1',
  'ws://localhost.example',
  'ws://localhost.',
  'ws://foo.localhost',
  'ws://127.0.0.1.example',
  'ws://127.0.0.1@evil.example',
])('%s would carry a token in plain text to who knows where', (text) => {
  expect(() => parse(text)).toThrow(AddressError);
});

test('plain text to another machine is possible for who asks for danger', () => {
  expect(parse('ws://192.168.1.5:18789', true)).toMatchObject({ host: '192.168.1.5', loopback: false });
});

test.each([
  '',
  'gateway.example',
  'https://gateway.example',
  'http://127.0.0.1',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'wss://',
  'wss://user:secret@gateway.example',
  'wss://gateway.example/?token=secret',
  'wss://gateway.example/#token',
  `wss://gateway.example/${'x'.repeat(3000)}`,
])('%s is no address', (text) => {
  expect(() => parse(text)).toThrow(AddressError);
});

test('whatever is given, it is an address or an error with words that do not repeat it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((rest) => `ws://SECRET${rest}`),
      ),
      (text) => {
        try {
          expect(parse(text).encrypted || parse(text).loopback).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(AddressError);
          expect(String(error)).not.toContain('SECRET');
        }
      },
    ),
  );
});
