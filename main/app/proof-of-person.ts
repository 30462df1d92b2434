import type { Prompt } from '../prompt/prompt.ts';

/**
 * Asks for what only the person at this Mac can give, where the settings want it for this question. Resolves to whether
 * it was given; never rejects.
 */
export type ProofOfPerson = (prompt: Prompt) => Promise<boolean>;
