import { z } from 'zod';

import { displayText } from '../text/display-text.ts';
import { sha256, wallClockMs } from './values.ts';

/** One line of a file next to the version that was allowed last. */
const changedLine = z.strictObject({
  kind: z.enum(['same', 'added', 'removed']),
  /** Its number in the file as it is now; of a removed one, as it was. */
  number: z.int().positive(),
  text: displayText,
  /** The last line, with nothing to end it. */
  unended: z.boolean(),
});

/** How the file stands to what this person allowed last under the same path, for the same gateway. */
const since = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('never') }),
  z.strictObject({ kind: z.literal('same'), allowedAtMs: wallClockMs }),
  z.strictObject({
    kind: z.literal('changed'),
    allowedAtMs: wallClockMs,
    added: z.int().nonnegative(),
    removed: z.int().nonnegative(),
    /** Stretches with changes, each with some unchanged lines around them. */
    hunks: z.array(z.array(changedLine)),
  }),
  /** Another content, and what changed cannot be said: not kept, no text, or too different. */
  z.strictObject({ kind: z.literal('other'), allowedAtMs: wallClockMs }),
]);

/** A file that the command runs, with the bytes that are bound, never bytes that were read for showing. */
export const operandView = z.strictObject({
  path: displayText,
  name: displayText,
  sizeBytes: z.int().nonnegative().nullable(),
  modifiedAtMs: wallClockMs.nullable(),
  sha256,
  since,
  content: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('lines'), lines: z.array(displayText) }),
    z.strictObject({ kind: z.literal('none'), why: z.enum(['binary', 'too-large', 'not-kept']) }),
  ]),
});

export type OperandView = z.infer<typeof operandView>;
export type SinceView = z.infer<typeof since>;
export type ChangedLineView = z.infer<typeof changedLine>;
