import type { Prompt } from '../prompt/prompt.ts';
import type { TouchId } from './platform/touch-id.ts';
import { isGrave } from './views/prompt-view.ts';

/**
 * Asks for what only the person at this Mac can give, where a question is grave enough. Resolves to whether it was
 * given, or not needed; never rejects.
 */
export type ProofOfPerson = (prompt: Prompt) => Promise<boolean>;

/** An agent with control of mouse and keyboard can press buttons; it has no finger. Without a sensor the button is all there is. */
export const proofByTouchId =
  (sensor: TouchId, reason: string): ProofOfPerson =>
  (prompt) =>
    isGrave(prompt) && sensor.available ? sensor.confirm(reason) : Promise.resolve(true);
