import { z } from 'zod';

import { FIRST_COMMANDS } from '../gateway/connect-request.ts';
import { MAX_ADDRESS_LENGTH } from '../gateway/gateway-address.ts';

/** What is kept of a pairing in a plain file. The identity is the gateway's local id: an address may change. */
export const pairingRecord = z.strictObject({
  version: z.literal(1),
  /** Made here, at random; also the account of the pairing secret. */
  gatewayId: z.uuid(),
  /** Checked again whenever they are used. The one that worked last comes first. */
  addresses: z.array(z.string().min(1).max(MAX_ADDRESS_LENGTH)).min(1).max(16),
  /** SHA-256 (hex, lower case) of the only certificate to accept. */
  tlsFingerprint: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** What the person calls this gateway; null: its address. */
  gatewayName: z.string().min(1).max(200).nullable(),
  /** As the gateway shows it in `openclaw devices list`. */
  deviceId: z.string().regex(/^[0-9a-f]{64}$/),
  /** Milliseconds since 1970 when the gateway issued the first device token; null while it has not. */
  pairedAtMs: z.int().nonnegative().nullable(),
  /** The person wants the certificate of the first trusted connection to be the only one from then on. */
  pinWhenTrusted: z.boolean().default(false),
  /** What the person agreed to offer to this gateway. A newer Latchkey that can do more asks before it says so. */
  commands: z
    .array(z.string().max(128))
    .max(64)
    .default([...FIRST_COMMANDS]),
  /** Who may listen at a loopback address besides this user and root: a user's id, or whoever cannot be found out. */
  listener: z.int().nonnegative().or(z.literal('unknown')).nullable().default(null),
  /** An approval that an operator gave on any of this gateway's surfaces counts as one given here: whoever has it can say yes. */
  dangerouslyTrustApprovals: z.boolean().default(false),
  /** With the operator connection: what this gateway wants approved for other computers is asked about here too. */
  showOtherHosts: z.boolean().default(false),
  /** Nobody vouches any more for where it is. Nothing is shown there before the person pairs anew. */
  doubted: z.boolean().default(false),
});

export type PairingRecord = z.infer<typeof pairingRecord>;

/** What the person trusts one gateway with. It is never said over the wire, and no other gateway has it. */
export type GatewayTrust = Pick<PairingRecord, 'dangerouslyTrustApprovals' | 'showOtherHosts'>;

const NO_TRUST: GatewayTrust = { dangerouslyTrustApprovals: false, showOtherHosts: false };

/** As it counts where nothing vouches for the file that it was read from. */
export const withoutTrust = (record: PairingRecord): PairingRecord => ({ ...record, ...NO_TRUST });

/** As it counts after its seal was broken: enough to name it, to end it, and to know it again. */
export const doubted = (record: PairingRecord): PairingRecord => ({
  ...withoutTrust(record),
  tlsFingerprint: null,
  gatewayName: null,
  listener: null,
  doubted: true,
});

/** Remembers which address worked: it is tried first from now on. */
export function withWorkingAddress(record: PairingRecord, address: string): PairingRecord {
  if (record.addresses[0] === address || !record.addresses.includes(address)) return record;
  return { ...record, addresses: [address, ...record.addresses.filter((other) => other !== address)] };
}

/** Pins the certificate of a connection that the system's authorities vouched for, where the person asked for that. */
export function withTrustedCertificate(record: PairingRecord, certificate: string): PairingRecord {
  if (!record.pinWhenTrusted || record.tlsFingerprint !== null) return record;
  return { ...record, tlsFingerprint: certificate, pinWhenTrusted: false };
}
