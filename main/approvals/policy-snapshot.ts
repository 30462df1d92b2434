import type { Ask, EffectivePolicy, Security } from '../policy/effective-policy.ts';
import { sha256Hex } from '../request/digest.ts';

/** Closed on the wire: the gateway rejects a plan whose snapshot has a field more. */
export interface PolicySnapshot {
  readonly security: Security;
  readonly ask: Ask;
  readonly askFallback: Security;
  readonly autoAllowSkills: boolean;
  readonly allowlistRules: readonly SnapshotRule[];
}

interface SnapshotRule {
  readonly pattern: string;
  readonly argPattern?: string;
  readonly source?: 'allow-always';
}

/** The policy of one agent as the gateway is told it: what counts, without ids and without when it was used. */
export function policySnapshot(policy: EffectivePolicy): PolicySnapshot {
  const rules = policy.rules
    // A ticked skill is narrower than any rule that the gateway has words for.
    .filter(({ off, byName }) => off === null && byName === undefined)
    .map(({ pattern, argPattern, generated }): SnapshotRule => ({
      pattern,
      ...(argPattern === null ? {} : { argPattern }),
      ...(generated ? { source: 'allow-always' } : {}),
    }));
  const byKey = new Map(rules.map((rule) => [keyOf(rule), rule]));
  return {
    security: policy.security,
    // A bad policy file makes everything ask.
    ask: policy.oneStricter ? 'always' : policy.ask,
    askFallback: policy.oneStricter ? 'deny' : policy.askFallback,
    autoAllowSkills: false,
    allowlistRules: [...byKey.values()].sort(byBytes),
  };
}

/** Names all of a policy that can decide, what the gateway has no word for included. */
export function policyFingerprint(policy: EffectivePolicy): string {
  const skills = policy.rules.filter(({ byName }) => byName !== undefined);
  return sha256Hex(JSON.stringify([policySnapshot(policy), policy.never, policy.oneStricter, skills]));
}

const keyOf = ({ pattern, argPattern, source }: SnapshotRule): string =>
  JSON.stringify([pattern, argPattern ?? null, source ?? null]);

/** The order that gateways put them in: by the UTF-8 of each field, an absent one first. */
function byBytes(a: SnapshotRule, b: SnapshotRule): number {
  return compare(a.pattern, b.pattern) || compare(a.argPattern, b.argPattern) || compare(a.source, b.source);
}

function compare(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
