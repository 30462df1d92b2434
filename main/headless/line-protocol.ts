import { z } from 'zod';

import { PERIODS } from '../incident/incident-facts.ts';
import { deniedAnswer } from '../prompt/answer-input.ts';
import { CHOICES } from '../prompt/prompt.ts';

/** Longer lines are refused whole: nothing that may be said here is near it. */
const MAX_LINE_BYTES = 64 * 1024;

const question = z.strictObject({ id: z.string(), digest: z.string() });

/** A line from whoever controls the process. Exactly one of these, and nothing else in it. */
const inputLine = z.union([
  z.strictObject({
    decide: z.discriminatedUnion('decision', [
      question.extend({ decision: z.enum(CHOICES).exclude(['deny']) }),
      question.extend({ decision: z.literal('deny'), ...deniedAnswer }),
    ]),
  }),
  z.strictObject({ revoke: z.string() }),
  z.strictObject({ endQuiet: z.string() }),
  z.strictObject({ edit: z.strictObject({ id: z.string(), approve: z.array(z.string()).max(1000) }) }),
  z.strictObject({ pause: z.literal(true), runs: z.enum(['keep', 'end']).optional() }),
  z.strictObject({ resume: z.literal(true) }),
  z.strictObject({ unpair: z.literal(true) }),
  z.strictObject({ contain: z.literal(true) }),
  z.strictObject({ endContainment: z.literal(true) }),
  /** Asks for the incident report of a period that ends with the record. */
  z.strictObject({ report: z.enum(PERIODS) }),
  /** Switches the operator connection on, with a token for its first time, or off. */
  z.strictObject({
    operator: z.union([
      z.strictObject({ setupCode: z.string().min(1) }),
      z.strictObject({ token: z.string().min(1) }),
      z.literal(false),
    ]),
  }),
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
