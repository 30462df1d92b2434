import { z } from 'zod';

import { displayText } from '../text/display-text.ts';

/** Whose yes counts, and where the operator connection stands. */
export const authorityView = z.strictObject({
  /** Where a yes counts: on this Mac only, or on any of the gateway's surfaces. */
  counts: z.enum(['here', 'anywhere']),
  /** The command line decides that: the setting cannot change it. */
  fixed: z.boolean(),
  operator: z.strictObject({
    state: z.enum(['off', 'connecting', 'awaiting-approval', 'connected', 'offline', 'attention']),
    detail: displayText.nullable(),
    /** What to run on the gateway now; `copyOperatorCommand` copies it. */
    command: displayText.nullable(),
  }),
  showsOtherHosts: z.boolean(),
});
export type AuthorityView = z.infer<typeof authorityView>;

/** What the first connection as an operator shows. It is used once and not kept. */
export const operatorInput = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('setup-code'), setupCode: z.string().min(1).max(8192) }),
  z.strictObject({ by: z.literal('token'), token: z.string().min(1).max(4096) }),
]);
