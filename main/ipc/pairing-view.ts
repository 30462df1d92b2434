import { z } from 'zod';

import { displayText } from './display-text.ts';
import { language } from './values.ts';

/** Where pairing stands. `approve-device` and `approve-commands` wait for somebody at the gateway. */
const step = z.enum(['enter', 'connecting', 'approve-device', 'approve-commands', 'connected', 'failed']);

/** All that the pairing window shows. */
export const pairingView = z.strictObject({
  revision: z.int(),
  language,
  step,
  /** What is going on or what went wrong, and what to do now. */
  detail: displayText.nullable(),
  gateway: z.strictObject({ name: displayText, address: displayText, encrypted: z.boolean() }).nullable(),
  /** Compare it with what `openclaw devices list` shows there. */
  deviceId: z.string().nullable(),
  /** The names under which this Mac asks. */
  deviceName: displayText,
  /** What to run on the gateway now; `copyCommand` copies it. */
  command: displayText.nullable(),
});

export type PairingView = z.infer<typeof pairingView>;
export type PairingStep = z.infer<typeof step>;

/** What a person types or pastes. Generous limits: they stop accidents, the core judges the rest. */
export const pairInput = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('setup-code'), setupCode: z.string().min(1).max(8192) }),
  z.strictObject({
    by: z.literal('address'),
    address: z.string().min(1).max(2048),
    token: z.string().min(1).max(4096),
    /** SHA-256 of the gateway's certificate, as hex with or without colons; null without a pin. */
    fingerprint: z.string().max(256).nullable(),
  }),
]);

export type PairInput = z.infer<typeof pairInput>;
