import type { PlainKey } from '../shared/voice.ts';
import type { Gate } from './allow-gate.ts';
import type { SheetKind } from './sheet-kind.ts';

export interface HintFacts {
  /** What became of a copy, for as long as it is said. */
  readonly copied: PlainKey | null;
  /** Why main did not take the last answer. */
  readonly failure: PlainKey | null;
  /** Whether there is anything to allow. */
  readonly allowable: boolean;
  readonly gate: Gate['state'];
  readonly sheet: SheetKind | null;
  /** How many requests show exactly this. */
  readonly same: number;
  readonly asksForProof: boolean;
}

/** The one line beside the buttons: what just happened, or else why Allow waits, or else what a press will mean. */
export function hint(facts: HintFacts): PlainKey | null {
  const { copied, failure, gate, sheet } = facts;
  if (copied !== null || failure !== null) return copied ?? failure;
  if (!facts.allowable) return 'denyOnly';
  if (gate === 'unread') return 'hintUnread';
  if (gate === 'unfocused') return 'hintUnfocused';
  if (facts.same > 1 && sheet === null) return 'sameNote';
  const canAllow = (sheet === null || sheet === 'always') && (gate === 'open' || gate === 'arming');
  return facts.asksForProof && canAllow ? 'touchId' : null;
}
