import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { openStateFolder } from '../state/state-folder.ts';
import type { PairingRecord } from './pairing-record.ts';
import { isSameGateway } from './same-gateway.ts';

/** A place for what one gateway is trusted with: its policy, its rules, its skill commands. */
export const trustPlace = z.strictObject({
  /** The place's name. Empty: the state folder itself, which is the first gateway's. */
  name: z.uuid().or(z.literal('')),
  /** Local id of the gateway that it serves, or served last. */
  gatewayId: z.uuid(),
  /** By these the gateway is known again after it was unpaired. */
  addresses: z.array(z.string()).max(16),
  tlsFingerprint: z.string().nullable(),
});

export type TrustPlace = z.infer<typeof trustPlace>;

/** Places of gateways that are gone for good are forgotten oldest first; what is in their folders stays on the disk. */
const MOST_PLACES = 64;

/**
 * The places with one for this gateway at the end: its own, the one that it had before it was unpaired, or a new and empty
 * one. Never one that another gateway has, or had.
 * @param others the gateways that are kept besides this one.
 */
export function withPlaceFor(
  places: readonly TrustPlace[],
  { gatewayId, addresses, tlsFingerprint }: PairingRecord,
  others: readonly PairingRecord[],
): TrustPlace[] {
  const taken = new Set(others.map((other) => other.gatewayId));
  const found =
    places.find((place) => place.gatewayId === gatewayId) ??
    places.find(
      (place) => !taken.has(place.gatewayId) && isSameGateway(place, { addresses, tlsFingerprint }),
    );
  const name = found?.name ?? (places.some((place) => place.name === '') ? gatewayId : '');
  const rest = places.filter((place) => place !== found);
  const kept = rest.filter((place) => place.name === '' || taken.has(place.gatewayId));
  const former = rest.filter((place) => !kept.includes(place));
  const room = Math.max(0, MOST_PLACES - 1 - kept.length);
  return [
    ...rest.filter((place) => kept.includes(place) || former.slice(-room).includes(place)),
    { name, gatewayId, addresses, tlsFingerprint },
  ];
}

/** Names of the places that are on the disk, whoever made them. Never rejects. */
export async function placesOnDisk(stateFolder: string): Promise<readonly string[]> {
  const names = await readdir(join(stateFolder, 'gateways')).catch(() => []);
  return names.filter((name) => z.uuid().safeParse(name).success);
}

/** The folder of a place, made where it is not there yet. @throws {StateError} when it cannot be used safely. */
export async function trustFolder(stateFolder: string, name: string): Promise<string> {
  return name === '' ? stateFolder : openStateFolder(join(stateFolder, 'gateways', name));
}
