import { z } from 'zod';

import type { Choice } from '../prompt/prompt.ts';

/** Longer lines are refused whole: nothing that may be said here is near it. */
const MAX_LINE_BYTES = 64 * 1024;

const choices = ['allow-once', 'allow-always', 'deny'] as const satisfies readonly Choice[];

/** A line from whoever controls the process. Exactly one of these, and nothing else in it. */
const inputLine = z.union([
  z.strictObject({
    decide: z.strictObject({ id: z.string(), digest: z.string(), decision: z.enum(choices) }),
  }),
  z.strictObject({ pause: z.literal(true) }),
  z.strictObject({ resume: z.literal(true) }),
  z.strictObject({ unpair: z.literal(true) }),
]);

export type InputLine = z.infer<typeof inputLine>;

/** Undefined for anything that is not exactly a line of ours. */
export function parseInputLine(line: string): InputLine | undefined {
  if (Buffer.byteLength(line) > MAX_LINE_BYTES) return undefined;
  try {
    return inputLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
