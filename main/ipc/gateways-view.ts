import { z } from 'zod';

import { displayText } from '../text/display-text.ts';
import { sha256 } from './values.ts';

/** What only the person decides about the gateway that is served. */
export const gatewayChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('certificate'), pinned: sha256, shown: sha256 }),
  z.strictObject({ kind: z.literal('listener'), id: sha256, address: displayText, uid: z.int().nullable() }),
  z.strictObject({ kind: z.literal('commands'), added: z.array(displayText) }),
]);
export type GatewayChoiceView = z.infer<typeof gatewayChoice>;

/** A gateway that is remembered. */
const knownGateway = z.strictObject({
  id: z.uuid(),
  name: displayText,
  address: displayText,
  active: z.boolean(),
  pinned: z.boolean(),
});
export type KnownGatewayView = z.infer<typeof knownGateway>;

export const gatewaysView = z.strictObject({
  known: z.array(knownGateway),
  choice: gatewayChoice.nullable(),
});

/** Where a setup code or a link leads, read but not acted on. */
export const pairingPeek = z.strictObject({
  /** Every address that it could lead to. */
  addresses: z.array(displayText).min(1),
  encrypted: z.boolean(),
  pinned: z.boolean(),
});

/** What was heard on the network: hints, and shown as such. */
const nearbyView = z.strictObject({
  looking: z.boolean(),
  failed: z.boolean(),
  found: z.array(
    z.strictObject({
      name: displayText,
      /** Made of a checked host name and port: it fills the form as it is. */
      address: z.string().regex(/^wss:\/\/[A-Za-z0-9.-]{1,253}:\d{1,5}$/),
    }),
  ),
});
export type PairingPeek = z.infer<typeof pairingPeek>;
export type NearbyView = z.infer<typeof nearbyView>;

/** What the pairing window shows beside where pairing stands. */
export const pairingDraft = z.strictObject({
  /** A link that was opened elsewhere. */
  link: pairingPeek.extend({ id: z.uuid() }).nullable(),
  /** Why a link could not be used. */
  problem: displayText.nullable(),
  nearby: nearbyView,
  choice: gatewayChoice.nullable(),
});
export type PairingDraftView = z.infer<typeof pairingDraft>;

/** Where the gateway that is served is now, says the person. */
export const gatewayMove = z.strictObject({
  gatewayId: z.uuid(),
  address: z.string().min(1).max(2048),
  fingerprint: z.string().max(256).nullable(),
});
export const fingerprintText = z.string().min(1).max(256);
