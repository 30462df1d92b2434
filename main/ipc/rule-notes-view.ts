import { z } from 'zod';

import { displayText } from '../text/display-text.ts';
import { sha256, wallClockMs } from './values.ts';

const effect = z.enum(['deny', 'prompt']);
const agent = z.string().min(1).max(256).nullable();
const programName = z.string().min(1).max(256);

/** What is kept of rules that the gateway's shape has no place for. */
export const ruleNotesView = z.strictObject({
  /** Names what is shown. An edit carries it, and counts only while it still is that. */
  hash: z.string(),
  editable: z.boolean(),
  /** Programs that never run, or never unasked. An agent of null stands for all of them. */
  never: z.array(
    z.strictObject({
      name: z.string(),
      shown: displayText,
      agent: z.string().nullable(),
      agentShown: displayText.nullable(),
      effect,
    }),
  ),
  /** Rules that match nothing, with why, by the rule's id. */
  off: z.array(z.strictObject({ ruleId: z.string(), why: z.enum(['bad-arg-pattern', 'examples-fail']) })),
  /** Files that are not what their rule was made for: it does not count for them. A hash of null: unreadable now. */
  changed: z.array(z.strictObject({ ruleId: z.string(), path: displayText, sha256: sha256.nullable() })),
  /** Who wanted a rule that the person made or let in, and when. */
  made: z.array(
    z.strictObject({
      ruleId: z.string(),
      by: z.enum(['person', 'gateway', 'file']),
      atMs: wallClockMs,
    }),
  ),
});

export type RuleNotesView = z.infer<typeof ruleNotesView>;

/** The files of a rule are what is allowed now, exactly as they were shown. */
export const ruleRenewal = z.strictObject({
  baseHash: z.string(),
  ruleId: z.string().min(1),
  sha256s: z.array(sha256).min(1),
});
/** An effect of null takes the name off the list. */
export const neverEdit = z.strictObject({
  baseHash: z.string(),
  name: programName,
  agent,
  effect: effect.nullable(),
});
