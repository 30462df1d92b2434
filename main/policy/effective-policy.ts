import type { NeverRule } from './never-list.ts';
import type { Rule } from './rule.ts';

export type Security = 'deny' | 'allowlist' | 'full';
export type Ask = 'off' | 'on-miss' | 'always';

/** What holds for one agent after defaults, `*` and its own entries were put together. */
export interface EffectivePolicy {
  readonly agentId: string;
  readonly security: Security;
  readonly ask: Ask;
  readonly askFallback: Security;
  readonly rules: readonly Rule[];
  readonly never: readonly NeverRule[];
  /** The file on disk is bad and this is the last good one: what it would run, prompts. */
  readonly oneStricter: boolean;
}

/** What it would run, prompts; what it denies stays denied. */
export function stricterByOne(policy: EffectivePolicy): EffectivePolicy {
  return { ...policy, oneStricter: true };
}
