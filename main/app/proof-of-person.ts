import { isGrave } from '../prompt/arming-times.ts';
import type { Prompt } from '../prompt/prompt.ts';
import type { TouchIdLevel } from '../state/touch-id-level.ts';
import type { TouchId } from './platform/touch-id.ts';

/** What only the person at this Mac can give. */
export interface ProofOfPerson {
  /** Whether allowing this would ask for it now. */
  needed(prompt: Prompt): boolean;
  /** Asks for it where it is needed. Resolves to whether it was given, or not needed; never rejects. */
  given(prompt: Prompt): Promise<boolean>;
}

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
  const needed = (prompt: Prompt): boolean =>
    sensor.available && (level() === 'always' || (level() === 'high' && isGrave(prompt)));
  return {
    needed,
    given: (prompt) =>
      needed(prompt)
        ? sensor.confirm(isGrave(prompt) ? reasons.grave : reasons.usual)
        : Promise.resolve(true),
  };
}
