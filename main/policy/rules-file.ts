import { z } from 'zod';

const effect = z.enum(['deny', 'prompt']);

/** A command as an example: what runs and its arguments. */
const example = z.strictObject({
  /** Real path of the program. */
  executable: z.string(),
  args: z.array(z.string()).default([]),
  cwd: z.string().default('/'),
});

/** What the gateway's shape has no place for, by the id of the entry it belongs to. */
const entryNotes = z.looseObject({
  /** SHA-256 (hex) by real path: what the file was when it was allowed. */
  hashes: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)).default({}),
  /** Real paths where a rule by name found what only root can write: from then on another file has changed. */
  places: z.array(z.string()).optional(),
  matches: z.array(example).default([]),
  mismatches: z.array(example).default([]),
  /** Who made it, and when (ISO 8601). */
  by: z.string().optional(),
  at: z.string().optional(),
});

/** `rules.json`: never sent to the gateway, never replaced by it. */
export const rulesFile = z.looseObject({
  version: z.literal(1).default(1),
  /** By base name, at any path, behind any wrapper. Without an agent: for all. */
  never: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        effect: effect.default('deny'),
        agent: z.string().optional(),
      }),
    )
    .default([]),
  entries: z.record(z.string(), entryNotes).default({}),
  /** Commands of skills that the person ticked: they count where the policy says `autoAllowSkills`. */
  skills: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(64),
        /** Where the name led then, without links. */
        path: z.string().startsWith('/'),
        /** What the file was, where others than root can write it. */
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .nullable(),
      }),
    )
    .max(200)
    .optional(),
});

export type RulesFile = z.output<typeof rulesFile>;
export type EntryNotes = z.output<typeof entryNotes>;
export type RuleExample = z.output<typeof example>;

export const NO_NOTES: EntryNotes = { hashes: {}, matches: [], mismatches: [] };
export const NO_RULES: RulesFile = { version: 1, never: [], entries: {} };
