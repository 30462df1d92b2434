import { z } from 'zod';

import { displayText } from '../text/display-text.ts';

/** The commands that the gateway's skills use. What is not ticked runs like any other command. */
export const skillsView = z.strictObject({
  /** Whether the policy lets ticked ones run without a rule. */
  wanted: z.boolean(),
  list: z.array(
    z.strictObject({
      /** As main knows them: what a tick has to name. */
      name: z.string(),
      path: z.string(),
      shownName: displayText,
      shownPath: displayText,
      standing: z.enum(['ticked', 'proposed', 'never']),
    }),
  ),
});
export type SkillsView = z.infer<typeof skillsView>;

export const skillTick = z.strictObject({
  name: z.string().min(1).max(64),
  path: z.string().min(1).max(4096),
  ticked: z.boolean(),
});
