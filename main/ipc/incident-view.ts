import { z } from 'zod';

import { displayText } from '../text/display-text.ts';
import { language, wallClockMs } from './values.ts';

export const period = z.enum(['hour', 'day', 'week', 'all']);

const run = z.strictObject({
  atMs: wallClockMs,
  agent: displayText.nullable(),
  command: displayText,
  cwd: displayText.nullable(),
  /** Who said yes: `person`, `rule`, `grant`, `policy`, or another word of the record. */
  by: z.string(),
  /** Null: no end is in the record. */
  exitCode: z.int().nullable(),
});

/** All that the incident window shows. */
export const incidentView = z.strictObject({
  revision: z.int(),
  language,
  contained: z.boolean(),
  /** False: contained in memory alone, a restart would connect again. */
  kept: z.boolean(),
  period,
  /** What the period covers, by the record's own clock; null: the record is empty. */
  span: z.strictObject({ fromMs: wallClockMs, toMs: wallClockMs }).nullable(),
  /** Latest first, as many as a person would read; `ran` counts all. */
  runs: z.array(run).max(200),
  ran: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  secrets: z
    .array(
      z.strictObject({
        kind: z.enum(['environment', 'file', 'login']),
        name: displayText,
        runs: z.int().positive(),
      }),
    )
    .max(200),
  /** For the gateway's computer; `copyCommand` copies one by its place. */
  commands: z.array(z.string()),
  /** Entries that went to save room; null: none. */
  dropped: z.strictObject({ entries: z.int().positive(), untilMs: wallClockMs.nullable() }).nullable(),
  /** Places in the record that could not be read. */
  badPlaces: z.int().nonnegative(),
});

export type IncidentView = z.infer<typeof incidentView>;
