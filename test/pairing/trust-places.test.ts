import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { PairingRecord } from '../../main/pairing/pairing-record.ts';
import { type TrustPlace, withPlaceFor } from '../../main/pairing/trust-places.ts';
import { aPairing } from './a-pairing.ts';

const gateway = (address: string): PairingRecord => aPairing({ addresses: [address], pairedAtMs: null });
const nameOf = (places: readonly TrustPlace[], { gatewayId }: PairingRecord) =>
  places.find((place) => place.gatewayId === gatewayId)?.name;

test('the first gateway has the state folder itself, the next one a place of its own', () => {
  const [a, b] = [gateway('wss://a/'), gateway('wss://b/')];
  const places = withPlaceFor(withPlaceFor([], a, []), b, [a]);
  expect([nameOf(places, a), nameOf(places, b)]).toEqual(['', b.gatewayId]);
});

test('a gateway that is gone leaves its place to itself, not to the next one', () => {
  const [a, b] = [gateway('wss://a/'), gateway('wss://b/')];
  const gone = withPlaceFor([], a, []);
  expect(nameOf(withPlaceFor(gone, b, []), b)).toBe(b.gatewayId);
  const again = gateway('wss://a/');
  expect(nameOf(withPlaceFor(gone, again, []), again)).toBe('');
});

test('a gateway that is there keeps its place, whoever else is paired at its address', () => {
  const a = gateway('wss://a/');
  const double = gateway('wss://a/');
  expect(nameOf(withPlaceFor(withPlaceFor([], a, []), double, [a]), double)).toBe(double.gatewayId);
});

test('however gateways come and go, no two that are there share a place, and the list does not grow for ever', () => {
  const step = fc.record({ at: fc.integer({ min: 0, max: 90 }), leaves: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      let places: TrustPlace[] = [];
      let here: PairingRecord[] = [];
      for (const { at, leaves } of steps) {
        const record = gateway(`wss://gw-${at}/`);
        const known = here.find(({ addresses }) => addresses[0] === record.addresses[0]);
        if (leaves) here = here.filter((other) => other !== known);
        else if (known === undefined && here.length < 20) {
          places = withPlaceFor(places, record, here);
          here.push(record);
        }
        const names = here.map((one) => nameOf(places, one));
        expect(names).not.toContain(undefined);
        expect(new Set(names).size).toBe(here.length);
        expect(places.length).toBeLessThanOrEqual(64);
      }
    }),
    { numRuns: 50 },
  );
});
