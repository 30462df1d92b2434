import type { z } from 'zod';

import type { Delivery } from '../gateway/invoke.ts';

/** The gateway branches on these. Only `SYSTEM_RUN_DENIED` tells the agent that nothing was executed. */
export type ErrorCode = 'INVALID_REQUEST' | 'UNAVAILABLE' | 'SYSTEM_RUN_DENIED';

/** What a command answers. Exactly one answer goes to each invoke, unless its caller gave up. */
export type CommandAnswer = (
  | { readonly ok: true; readonly payload: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string }
) & {
  /** Told what became of the answer, so that it can be recorded. */
  readonly receipt?: (delivery: Delivery) => Promise<void>;
};

export const succeed = (payload: Readonly<Record<string, unknown>>): CommandAnswer => ({ ok: true, payload });

/** The gateway puts the code in front of the message: a message does not repeat it. */
export const fail = (code: ErrorCode, message: string): CommandAnswer => ({ ok: false, code, message });

/** Names the first field that is wrong and what is wrong with it. Never holds the field's value. */
export function describeIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'the parameters are not valid';
  const field = issue.path.length === 0 ? 'params' : issue.path.map(String).join('.');
  return `${field}: ${issue.message}`;
}
