import { z } from 'zod';

import { displayText } from '../text/display-text.ts';
import { wallClockMs } from './values.ts';

/** What the person's answers left in force for a while: what is allowed, and who is not asked about. */
export const forNowView = z.strictObject({
  grants: z.array(
    z.strictObject({
      id: z.string(),
      /** The command as it would be typed, secrets masked. */
      command: displayText,
      cwd: displayText,
      agent: displayText.nullable(),
      span: z.enum(['15m', '1h', 'session']),
      endsAtMs: wallClockMs,
    }),
  ),
  quiet: z.array(
    z.strictObject({
      id: z.string(),
      scope: z.enum(['session', 'agent']),
      agent: displayText.nullable(),
      session: displayText.nullable(),
      endsAtMs: wallClockMs,
    }),
  ),
});

export type ForNowView = z.infer<typeof forNowView>;
export type GrantView = ForNowView['grants'][number];
export type QuietView = ForNowView['quiet'][number];
