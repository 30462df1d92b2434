import { createHash, createPublicKey, verify } from 'node:crypto';

import { validateConnectParams } from '@openclaw/gateway-protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { connectParams, NODE_COMMANDS } from '../../main/gateway/connect-request.ts';
import { deviceIdentity, newDeviceKeySeed } from '../../main/pairing/device-identity.ts';

const fromHex = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');

test('a seed stands for the key pair and the signatures of RFC 8032', () => {
  const identity = deviceIdentity(
    fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'),
  );
  const publicKey = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
  expect(identity.publicKey).toBe(fromHex(publicKey));
  expect(identity.deviceId).toBe(createHash('sha256').update(Buffer.from(publicKey, 'hex')).digest('hex'));
  expect(identity.sign('')).toBe(
    fromHex(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ),
  );
});

test('two seeds are two devices, one seed is one', () => {
  const [one, two] = [newDeviceKeySeed(), newDeviceKeySeed()];
  expect(one).not.toBe(two);
  expect(deviceIdentity(one).deviceId).toBe(deviceIdentity(one).deviceId);
});

test('every connect that we send is allowed by the official schema, and signed over exactly what it says', () => {
  const identity = deviceIdentity(newDeviceKeySeed());
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: identity.publicKey }, format: 'jwk' });
  const named = fc.string({ minLength: 1 });
  fc.assert(
    fc.property(
      named,
      named,
      fc.constantFrom('token', 'deviceToken', 'bootstrapToken'),
      fc.nat(),
      (name, value, kind, ts) => {
        const client = { displayName: name, version: '0.1.0', instanceId: 'i', pathEnv: name, commands: [] };
        const params = connectParams(identity, { kind, value }, client, { nonce: 'n-1', ts });
        expect(validateConnectParams(JSON.parse(JSON.stringify(params)))).toBe(true);
        const { deviceId } = identity;
        const text = `v3|${deviceId}|openclaw-macos|node|node||${ts}|${value}|n-1|macos|mac`;
        const signature = Buffer.from(params.device.signature, 'base64url');
        expect(verify(null, Buffer.from(text, 'utf8'), key, signature)).toBe(true);
      },
    ),
  );
});

test('what we declare never changes', () => {
  const identity = deviceIdentity(newDeviceKeySeed());
  const client = { displayName: 'x', version: '0', instanceId: 'i', pathEnv: '', commands: NODE_COMMANDS };
  expect(connectParams(identity, { kind: 'token', value: 't' }, client, { nonce: 'n', ts: 1 })).toMatchObject(
    {
      minProtocol: 4,
      maxProtocol: 4,
      client: { id: 'openclaw-macos', mode: 'node', platform: 'macos', deviceFamily: 'Mac' },
      role: 'node',
      scopes: [],
      caps: ['system'],
      commands: [
        'system.run',
        'system.run.prepare',
        'system.which',
        'system.notify',
        'system.execApprovals.get',
        'system.execApprovals.set',
      ],
      auth: { token: 't' },
    },
  );
});
