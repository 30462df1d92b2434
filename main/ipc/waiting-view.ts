import { z } from 'zod';

import { displayText } from '../text/display-text.ts';

/** What waits behind the question that is shown, to be read and denied: nothing in it can be allowed. */
export const waitingList = z.strictObject({
  questions: z.array(
    z.strictObject({
      agent: displayText.nullable(),
      /** First line of the command, secrets masked. */
      line: displayText,
      /** Whether the command goes on after that. */
      goesOn: z.boolean(),
      /** How many requests show exactly this. */
      same: z.int().positive(),
    }),
  ),
  /** How many more there are than are listed. */
  unlisted: z.int().nonnegative(),
});

export type WaitingList = z.infer<typeof waitingList>;
