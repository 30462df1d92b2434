import { z } from 'zod';

import { displayText } from '../text/display-text.ts';
import { pairingDraft } from './gateways-view.ts';
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
  /** What the form starts from, and what is to be decided. */
  draft: pairingDraft,
});

export type PairingView = z.infer<typeof pairingView>;
export type PairingStep = z.infer<typeof step>;

/** The certificate of the first trusted connection is to be the only one from then on. */
const pinWhenTrusted = z.boolean().optional();

/** What a person types or pastes. Generous limits: they stop accidents, the core judges the rest. */
export const pairInput = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('setup-code'), setupCode: z.string().min(1).max(8192), pinWhenTrusted }),
  z.strictObject({
    by: z.literal('address'),
    address: z.string().min(1).max(2048),
    token: z.string().min(1).max(4096),
    /** SHA-256 of the gateway's certificate, as hex with or without colons; null without a pin. */
    fingerprint: z.string().max(256).nullable(),
    pinWhenTrusted,
  }),
]);

export type PairInput = z.infer<typeof pairInput>;
