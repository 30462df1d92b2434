import { entryKey } from '../policy/effective-policy.ts';
import { allowlistEntry, type PolicyFile } from '../policy/policy-file.ts';
import { NO_NOTES, type RulesFile } from '../policy/rules-file.ts';
import { policyChanges } from './policy-changes.ts';

/** Who wanted a rule that the person made or let in. `file`: another program, by writing the policy. */
export const RULE_MAKERS = ['person', 'gateway', 'file'] as const;
export type RuleMaker = (typeof RULE_MAKERS)[number];

/** The names in rules.json of the rules that `after` has and `before` has not. */
export function newRules(before: PolicyFile, after: PolicyFile): string[] {
  return policyChanges(before, after).flatMap((change) => {
    const entry = change.kind === 'rule-added' ? allowlistEntry(change.entry) : null;
    return entry === null ? [] : [entryKey(entry)];
  });
}

/** Notes with who made these rules, or made them count again, and when. It decides nothing: it is for people. */
export function withMaker(rules: RulesFile, keys: readonly string[], by: RuleMaker, at: Date): RulesFile {
  if (keys.length === 0) return rules;
  const entries = new Map(Object.entries(rules.entries));
  for (const key of keys) entries.set(key, { ...(entries.get(key) ?? NO_NOTES), by, at: at.toISOString() });
  return { ...rules, entries: Object.fromEntries(entries) };
}
