import { z } from 'zod';

import { displayText } from '../text/display-text.ts';

const runs = z.strictObject({
  /** Null: the computer's own name. */
  displayName: z.string().max(1024).nullable(),
  promptTimeoutMs: z.int(),
  /** Null: the usual one. */
  path: z.string().max(16_384).nullable(),
  passSshAgent: z.boolean(),
  endRunsOnDisconnect: z.enum(['after-60s', 'at-once']),
  dangerouslyAllowPlaintextGateway: z.boolean(),
});

/** What the window wants changed. Whether a value may be is for main to say. */
export const runChoices = runs.partial();

/** How commands run and how this Mac connects. */
export const runsView = runs.extend({
  usualPath: z.string(),
  /** Folders of the PATH into which other users can put programs. */
  looseFolders: z.array(displayText),
});

export type RunChoices = z.infer<typeof runChoices>;
export type RunsView = z.infer<typeof runsView>;
