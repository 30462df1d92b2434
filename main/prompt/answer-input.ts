import { z } from 'zod';

/** As long as a person types, and as an agent reads. */
const MOST_REASON = 200;

/** What can come with a no, from a window or a line. An empty reason is none. */
export const deniedAnswer = {
  reason: z
    .string()
    .max(MOST_REASON)
    .trim()
    .transform((words) => (words === '' ? undefined : words))
    .optional(),
  quiet: z.enum(['session', 'agent']).optional(),
} as const;
