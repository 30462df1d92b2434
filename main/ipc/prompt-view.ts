import { z } from 'zod';

import { CHOICES, WITHHELD } from '../prompt/prompt.ts';
import { displayText } from '../text/display-text.ts';
import { operandView } from './operand-view.ts';
import { language, sha256, wallClockMs } from './values.ts';

/** How a command follows the one before it. `newline` and `;`: whatever happened. */
const operator = z.enum(['&&', '||', ';', '|', '&', 'newline']);

const token = z.strictObject({
  text: displayText,
  /** `unknown`: a part that the shell computes only when it runs. `wrapper`: was looked through. */
  role: z.enum(['program', 'argument', 'wrapper', 'operand', 'unknown']),
});

/** One row of the command. Together the rows show all of it, in order, and nothing else. */
const part = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('command'),
    operator: operator.nullable(),
    tokens: z.array(token).min(1),
    /** Real path of the program; null when nothing was found. */
    executable: displayText.nullable(),
  }),
  z.strictObject({ kind: z.literal('comment'), text: displayText }),
  /** Text that could not be taken apart: shown whole, line by line. */
  z.strictObject({
    kind: z.literal('text'),
    operator: operator.nullable(),
    lines: z.array(displayText).min(1),
  }),
]);

const warning = z.strictObject({
  code: z.string(),
  severity: z.enum(['high', 'caution', 'note']),
  text: displayText,
});

export const choice = z.enum(CHOICES);

/** Why a choice is not offered: our words say it in place of what it covers. */
const withheld = z.enum(WITHHELD);

/** One question with all that is bound to it. Every string that a requester can influence is display text. */
const promptView = z.strictObject({
  id: z.string(),
  /** Names exactly what is shown here: an answer has to carry it. */
  digest: sha256,
  /** Higher when something became known since: then all of it is drawn and has to be read anew. */
  edition: z.int().nonnegative(),
  who: z.strictObject({
    agent: displayText.nullable(),
    session: displayText.nullable(),
    /** Where the agent's turn came from; the gateway says so, and nobody checks it. */
    origin: displayText.nullable(),
    /** The other computer that this would run on; null: it runs here. */
    host: displayText.nullable(),
    /** Who is said to have allowed it elsewhere; null: nobody. It counts for nothing here. */
    claim: z.enum(['operator', 'model', 'nobody']).nullable(),
    /** As this Mac paired with it. */
    gateway: z.strictObject({ name: displayText, address: displayText }),
  }),
  parts: z.array(part).min(1),
  cwd: displayText,
  operands: z.array(operandView),
  /** Overrides that the request brings, not the whole environment. */
  environment: z.array(z.strictObject({ name: displayText, value: displayText })),
  /** Worst first. */
  warnings: z.array(warning),
  /** Why this asks: a kebab-case code and its sentence. */
  reason: z.strictObject({ code: z.string(), text: displayText }),
  choices: z.array(choice).min(1),
  withheld: z.partialRecord(choice, withheld),
  /** The programs that "always allow here" would store a rule for; null where it is not offered. */
  remember: z.array(displayText).nullable(),
  /** True when a mask hides a part: Copy copies it nevertheless, and says so. */
  holdsSecret: z.boolean(),
  askedAtMs: wallClockMs,
  expiresAtMs: wallClockMs,
});

/** Main decides when an Allow counts; the window only shows it. */
export const arming = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('unfocused'), delayMs: z.int() }),
  /** The end of the command was not in view yet. */
  z.strictObject({ state: z.literal('unread'), delayMs: z.int() }),
  z.strictObject({ state: z.literal('arming'), delayMs: z.int(), armedAtMs: wallClockMs }),
  z.strictObject({ state: z.literal('armed') }),
  /** Waits for Touch ID. Deny works meanwhile. */
  z.strictObject({ state: z.literal('proving') }),
]);

/** Why a shown question went away without an answer from this window. All of them mean that nothing ran. */
const endReason = z.enum([
  'expired',
  'cancelled',
  'connection-lost',
  /** An operator answered on another of the gateway's surfaces. */
  'answered-elsewhere',
  'surface-gone',
  'too-many',
  'paused',
  'locked',
  'sleep',
  'unpaired',
  'quit',
  'quiet',
  /** A bound file changed after it was shown. */
  'changed',
  /** Gone when an answer came: decided elsewhere, or its time was over. */
  'gone',
]);

/** All that the prompt window shows. */
export const promptBoard = z.strictObject({
  revision: z.int(),
  language,
  /** Null: nothing to show, the window is hidden. */
  prompt: promptView.nullable(),
  /** Set once the question shown is over: scope and buttons give way to what happened. */
  ended: endReason.nullable(),
  /** With `changed`: name of the file that did; null where it was something else. */
  changedFile: displayText.nullable(),
  arming,
  /** How many more wait behind this one and show something else. */
  waiting: z.int().nonnegative(),
  /** How many requests wait that show exactly this. Allow answers the oldest, Deny all of them. */
  same: z.int().positive(),
  /** This agent was denied several times of late: to quiet it is offered where it is near. */
  pressing: z.boolean(),
  /** Allowing this asks for Touch ID. */
  asksForProof: z.boolean(),
});

export type PromptBoard = z.infer<typeof promptBoard>;
export type Choice = z.infer<typeof choice>;
export type AllowChoice = Exclude<Choice, 'deny'>;
export type PromptView = z.infer<typeof promptView>;
export type PartView = z.infer<typeof part>;
export type TokenView = z.infer<typeof token>;
export type WarningView = z.infer<typeof warning>;
export type ArmingView = z.infer<typeof arming>;
export type EndReason = z.infer<typeof endReason>;
