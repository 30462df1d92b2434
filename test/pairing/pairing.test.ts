import { expect, test } from 'vitest';

import { beginPairing, forgetPairingSecret, resumePairing } from '../../main/pairing/pairing.ts';
import { PairingError } from '../../main/pairing/pairing-error.ts';
import { offerFromAddress } from '../../main/pairing/pairing-offer.ts';
import { pairingRecord } from '../../main/pairing/pairing-record.ts';
import { MemorySecrets } from '../../main/secrets/memory-secrets.ts';
import { SecretStoreError } from '../../main/secrets/secret-store.ts';

const RULES = { allowPlaintext: false };
const offer = offerFromAddress(
  { address: 'wss://gw.example', token: 'shared-token', fingerprint: null },
  RULES,
);
const onPaired = () => undefined;

const locked = () =>
  Promise.reject(new SecretStoreError('The Keychain is locked. Unlock it, then try again.'));

test.each(['verify', 'write'] as const)(
  'a store that cannot %s refuses the pairing with its reason and remedy',
  async (what) => {
    const store = new MemorySecrets();
    store[what] = locked;
    const pairing = beginPairing(offer, { store, onPaired });
    await expect(pairing).rejects.toThrow(PairingError);
    await expect(pairing).rejects.toThrow('The Keychain is locked. Unlock it, then try again.');
  },
);

test('nothing of the first token is stored, neither before nor after the gateway issued another', async () => {
  const store = new MemorySecrets();
  const { record, credentials } = await beginPairing(offer, { store, onPaired });
  expect(await store.read(record.gatewayId)).not.toContain('shared-token');
  expect(JSON.stringify(record)).not.toContain('shared-token');
  await credentials.keep('device-token');
  expect(await store.read(record.gatewayId)).not.toContain('shared-token');
  expect(credentials.current()).toEqual({ kind: 'deviceToken', value: 'device-token' });
});

test('it is told once that this Mac is paired, and only after the token is stored', async () => {
  const store = new MemorySecrets();
  const heard: (string | null)[] = [];
  let gatewayId = '';
  const pairing = await beginPairing(offer, {
    store,
    onPaired: () => void store.read(gatewayId).then((item) => heard.push(item)),
  });
  gatewayId = pairing.record.gatewayId;
  await pairing.credentials.keep('first');
  await pairing.credentials.keep('second');
  expect(heard).toHaveLength(1);
  expect(heard[0]).toContain('first');
});

test('a token that cannot be stored is not used', async () => {
  const store = new MemorySecrets();
  const { credentials } = await beginPairing(offer, { store, onPaired });
  store.write = () => Promise.reject(new SecretStoreError('full'));
  await expect(credentials.keep('device-token')).rejects.toThrow(SecretStoreError);
  expect(credentials.current()).toEqual({ kind: 'token', value: 'shared-token' });
});

test('a pairing is taken up again with its identity and its token, wherever the gateway is now', async () => {
  const store = new MemorySecrets();
  const { record, credentials } = await beginPairing(offer, { store, onPaired });
  await credentials.keep('device-token');
  const moved = {
    ...pairingRecord.parse(JSON.parse(JSON.stringify(record))),
    addresses: ['wss://moved.example'],
  };
  const again = await resumePairing(moved, { store, onPaired, ...RULES });
  expect(again.credentials.identity.deviceId).toBe(record.deviceId);
  expect(again.credentials.current()).toEqual({ kind: 'deviceToken', value: 'device-token' });
  expect(again.addresses[0]?.host).toBe('moved.example');
});

test('pairing anew with a known gateway keeps the identity, and shows only what was given for it', async () => {
  const store = new MemorySecrets();
  const first = await beginPairing(offer, { store, onPaired });
  await first.credentials.keep('device-token');
  const second = await beginPairing(offer, { store, onPaired, previous: first.record });
  expect(second.record).toMatchObject({ gatewayId: first.record.gatewayId, deviceId: first.record.deviceId });
  expect(second.credentials.current()).toEqual({ kind: 'token', value: 'shared-token' });
  await second.credentials.drop();
  expect(second.credentials.current()).toBeNull();
  expect(await store.read(first.record.gatewayId)).toContain('device-token');
});

test('two gateways know two devices', async () => {
  const store = new MemorySecrets();
  const [one, two] = [
    await beginPairing(offer, { store, onPaired }),
    await beginPairing(offer, { store, onPaired }),
  ];
  expect(one.record.deviceId).not.toBe(two.record.deviceId);
  expect(one.record.gatewayId).not.toBe(two.record.gatewayId);
});

test('a token that is not accepted any more is deleted, the identity is kept', async () => {
  const store = new MemorySecrets();
  const { record, credentials } = await beginPairing(offer, { store, onPaired });
  await credentials.keep('device-token');
  await credentials.drop();
  expect(credentials.current()).toBeNull();
  expect(await store.read(record.gatewayId)).not.toContain('device-token');
  const again = await resumePairing(record, { store, onPaired, ...RULES });
  expect(again.credentials.identity.deviceId).toBe(record.deviceId);
  expect(again.credentials.current()).toBeNull();
});

test('a token that is not accepted any more is not shown again, even when it cannot be deleted', async () => {
  const store = new MemorySecrets();
  const { credentials } = await beginPairing(offer, { store, onPaired });
  await credentials.keep('device-token');
  store.write = () => Promise.reject(new SecretStoreError('locked'));
  await credentials.drop();
  expect(credentials.current()).toBeNull();
});

test.each([
  ['is gone', null, 'not in the memory any more'],
  ['is no JSON', 'x', 'damaged'],
  ['has another shape', '{"version":1}', 'damaged'],
  [
    'has a field too many',
    JSON.stringify({ version: 1, deviceKeySeed: 'A'.repeat(43), deviceToken: null, more: 1 }),
    'damaged',
  ],
  [
    "is another device's",
    JSON.stringify({ version: 1, deviceKeySeed: 'A'.repeat(43), deviceToken: null }),
    "another device's",
  ],
])('a secret that %s is refused in words', async (_what, item, words) => {
  const store = new MemorySecrets();
  const { record } = await beginPairing(offer, { store, onPaired });
  if (item === null) await forgetPairingSecret(store, record.gatewayId);
  else await store.write(record.gatewayId, item);
  const resumed = resumePairing(record, { store, onPaired, ...RULES });
  await expect(resumed).rejects.toThrow(PairingError);
  await expect(resumed).rejects.toThrow(words);
});

test('a record that was edited to lead elsewhere in plain text is refused', async () => {
  const store = new MemorySecrets();
  const { record } = await beginPairing(offer, { store, onPaired });
  const edited = { ...record, addresses: ['ws://evil.example'] };
  await expect(resumePairing(edited, { store, onPaired, ...RULES })).rejects.toThrow(PairingError);
});

test('forgetting says whether there was something, and leaves nothing', async () => {
  const store = new MemorySecrets();
  const { record } = await beginPairing(offer, { store, onPaired });
  expect(await forgetPairingSecret(store, record.gatewayId)).toBe(true);
  expect(await store.read(record.gatewayId)).toBeNull();
  expect(await forgetPairingSecret(store, record.gatewayId)).toBe(false);
});
