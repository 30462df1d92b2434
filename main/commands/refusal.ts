import type { CloseReason } from '../prompt/prompt.ts';
import { displayString } from '../text/display.ts';

/** A no before anything was executed: a code for machines, a sentence with the remedy for the agent and its person. */
export interface Refusal {
  readonly reason: string;
  readonly text: string;
}

export const refusals = {
  paused: { reason: 'paused', text: 'paused by the user: ask them to resume Latchkey on this Mac' },
  locked: {
    reason: 'paused',
    text: 'paused by the user while the screen is locked: ask them to unlock this Mac',
  },
  contained: { reason: 'contained', text: 'stopped by the user of this Mac: nothing runs there' },
  unpaired: { reason: 'unpaired', text: 'this Mac is not paired with this gateway any more' },
  switching: { reason: 'gateway-changed', text: 'this Mac turns to another gateway now' },
  quitting: { reason: 'quit', text: 'Latchkey is being quit on this Mac' },
  tooMany: { reason: 'too-many-runs', text: 'too many commands run at once: wait for one to end' },
  noRecord: {
    reason: 'record-not-written',
    text: 'the record of this Mac cannot be written, so nothing is run: free some disk space there',
  },
  internalError: {
    reason: 'internal-error',
    text: 'Latchkey met an error of its own and did not run it: see its log on this Mac',
  },
  denied: { reason: 'user-denied', text: 'denied by the person at this Mac' },
  quiet: {
    reason: 'quiet',
    text: 'the person at this Mac asked not to be disturbed by this agent for a while, so it was not shown: do not ask again soon',
  },
  grantOver: {
    reason: 'grant-over',
    text: 'it was allowed for a time that ended before it could start: request it again',
  },
  unattended: {
    reason: 'nobody-to-ask',
    text: 'this needs the approval of the person at this Mac, and no prompt can be shown there now',
  },
  changed: {
    reason: 'changed-after-approval',
    text: 'the command, its folder or a file that it runs changed after it was approved: request it again',
  },
  policyChanged: {
    reason: 'policy-changed',
    text: 'the policy of this Mac changed while this was on its way: request it again',
  },
  changedSincePrepare: {
    reason: 'changed-after-prepare',
    text: 'a file that this command runs changed after it was prepared: request it again',
  },
  policyChangedSincePrepare: {
    reason: 'policy-changed-after-prepare',
    text: 'the policy of this Mac is not the one that this was approved under: request it again',
  },
  approvedUnprepared: {
    reason: 'approved-unprepared',
    text: 'it was approved elsewhere, but this Mac did not prepare it like that: request it again',
  },
  approvalSpent: {
    reason: 'approval-spent',
    text: 'this approval was used before: request it again',
  },
  ruleNotStored: {
    reason: 'rule-not-stored',
    text: 'it was to be allowed always, but the policy changed meanwhile or could not be saved: request it again',
  },
  noTimeLeft: {
    reason: 'no-time-left',
    text: 'the time for this request was over before it could start: request it again',
  },
} as const satisfies Record<string, Refusal>;

const closedTexts: Record<CloseReason, string> = {
  expired: 'nobody answered the prompt on this Mac in time',
  cancelled: 'withdrawn by its caller',
  'connection-lost': 'the connection to the gateway was lost while the prompt was open',
  'answered-elsewhere': 'answered on another surface of the gateway',
  'surface-gone': 'the prompt on this Mac was closed without an answer',
  'too-many': 'too many prompts wait on this Mac',
  paused: refusals.paused.text,
  locked: 'the screen of this Mac was locked while the prompt was open',
  sleep: 'this Mac went to sleep while the prompt was open',
  unpaired: refusals.unpaired.text,
  quit: 'Latchkey was quit on this Mac while the prompt was open',
  quiet: refusals.quiet.text,
};

/** A prompt that ended without an answer. */
export const promptClosed = (reason: CloseReason): Refusal => ({ reason, text: closedTexts[reason] });

/**
 * A no with the person's own words. They stand in quotation marks, and hold none and no control character: whatever is
 * outside is ours.
 */
export const deniedBecause = (words: string): Refusal => ({
  reason: refusals.denied.reason,
  text: `${refusals.denied.text}, who says: "${displayString(words).replaceAll('"', "'")}"`,
});
