import { z } from 'zod';

/** How a pause behaves. */
export const stopChoices = z.strictObject({
  runsOnPause: z.enum(['keep', 'end']),
  pauseWhileLocked: z.boolean(),
  /** Null: none. Another one than those offered can stand in settings.json, and stays until it is changed. */
  pauseShortcut: z.string().max(64).nullable(),
});

export const stopView = stopChoices.extend({
  /** Those that are offered, with the one that is set. */
  shortcuts: z.array(z.string()),
  /** False: the system did not give it to us, another program has it. */
  shortcutWorks: z.boolean(),
  contained: z.boolean(),
});

export type StopChoices = z.infer<typeof stopChoices>;
export type StopView = z.infer<typeof stopView>;

/** One thing that was looked for after unpairing, and whether it is still there. */
export const finding = z.strictObject({
  what: z.string(),
  state: z.enum(['gone', 'left', 'unknown']),
  detail: z.string().nullable(),
});
export type FindingView = z.infer<typeof finding>;

/** How an unpairing ended. */
export const unpairedView = z.strictObject({
  deviceId: z.string(),
  removeCommand: z.string(),
  proof: z.array(finding),
});
