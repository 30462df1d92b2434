import type { Prompt } from '../prompt/prompt.ts';
import type { TouchIdLevel } from '../state/touch-id-level.ts';
import type { TouchId } from './platform/touch-id.ts';
import { isGrave } from './views/prompt-view.ts';

/**
 * Asks for what only the person at this Mac can give, where a question needs it. Resolves to whether it was given, or
 * not needed; never rejects.
 */
export type ProofOfPerson = (prompt: Prompt) => Promise<boolean>;

/** Sentences of ours that the system completes: "Latchkey is trying to …". */
export interface TouchReasons {
  readonly usual: string;
  readonly grave: string;
}

/**
 * An agent with control of mouse and keyboard can press buttons; it has no finger. Without a sensor the button is all
 * there is.
 * @param level what the person set; looked at each time.
 */
export function proofByTouchId(
  sensor: TouchId,
  level: () => TouchIdLevel,
  reasons: TouchReasons,
): ProofOfPerson {
  return (prompt) => {
    const grave = isGrave(prompt);
    const needed = level() === 'always' || (level() === 'high' && grave);
    if (!needed || !sensor.available) return Promise.resolve(true);
    return sensor.confirm(grave ? reasons.grave : reasons.usual);
  };
}
