import { z } from 'zod';

import { touchIdLevel } from './touch-id-level.ts';

/** Where Homebrew and the system keep programs. An app started from Finder has a PATH that knows none of Homebrew's. */
export const MAC_PATH = '/opt/homebrew/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin';

const MINUTE = 60_000;

/** A PATH in which every folder is absolute: an empty or relative one means "wherever the command runs". */
const searchPath = z
  .string()
  .max(8192)
  .refine(
    (path) => path.split(':').every((folder) => folder.startsWith('/')),
    'every folder must be absolute',
  )
  .refine((path) => !path.includes('\0'), 'must not hold NUL');

/** At least two modifiers: one alone would take a key that other programs live by. */
const shortcut = z
  .string()
  .regex(/^(?:(?:Command|Control|Alt|Shift)\+){2,4}(?:[A-Z0-9]|F[1-9]|F1[0-9]|Escape)$/, 'is not a shortcut');

/** `settings.json`. Every field has a default, so an empty object is a whole document; unknown fields are a newer version's and stay. */
export const settingsSchema = z.looseObject({
  version: z.literal(1).default(1),
  /** How this Mac is called on the gateway. Null: the computer's own name. */
  displayName: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .regex(/^\P{Cc}*$/u, 'must not hold control characters')
    .nullable()
    .default(null),
  promptTimeoutMs: z
    .int()
    .min(10_000)
    .max(30 * MINUTE)
    .default(5 * MINUTE),
  /** The PATH of every run. Null: `MAC_PATH` in the app, the process's own in headless. */
  path: searchPath.nullable().default(null),
  /** Hands SSH_AUTH_SOCK to commands, and with it the use of every key the agent holds. */
  passSshAgent: z.boolean().default(false),
  endRunsOnDisconnect: z.enum(['after-60s', 'at-once']).default('after-60s'),
  /** What becomes of commands that run when the person pauses. */
  runsOnPause: z.enum(['keep', 'end']).default('keep'),
  pauseWhileLocked: z.boolean().default(false),
  /** Pauses from anywhere, in Electron's words; null: none. It never resumes. */
  pauseShortcut: shortcut.nullable().default('Control+Alt+Command+P'),
  /** When an Allow needs Touch ID, where this Mac has it. */
  touchId: touchIdLevel.default('high'),
  /** Lets `ws://` go to other machines than this one: token and commands can be read and changed on the way. */
  dangerouslyAllowPlaintextGateway: z.boolean().default(false),
});

export type Settings = z.output<typeof settingsSchema>;
