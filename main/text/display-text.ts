import { z } from 'zod';

/**
 * Text that somebody else wrote, cut into runs for display. Joined, the runs hold no character that is invisible or
 * that could reorder, hide or imitate: a window shows each one as a text node and styles it by its kind.
 */
export const displayText = z.array(
  z.strictObject({
    text: z.string(),
    /**
     * `escape`: stands for one character that has no honest look of its own, as `\u{202E}`.
     * `odd-script`: a letter from another script than the rest of its word.
     * `spaces`: two or more blanks in a row, themselves.
     * `secret`: a mask; the real text stays in main.
     */
    kind: z.enum(['plain', 'escape', 'odd-script', 'spaces', 'secret']),
    /** The number of a secret that a press can bring to light; main keeps the text. */
    secret: z.int().nonnegative().optional(),
  }),
);

export type DisplayText = z.infer<typeof displayText>;
export type DisplayRun = DisplayText[number];
