import { sha256Hex } from '../request/digest.ts';
import { isValidArgPattern, PatternWork } from './arg-pattern.ts';
import type { NeverRule } from './never-list.ts';
import { agentKey, type AllowlistEntry, type PolicyFile, policyFile } from './policy-file.ts';
import { matchRule, type Rule } from './rule.ts';
import { type EntryNotes, NO_RULES, type RuleExample, type RulesFile } from './rules-file.ts';
import { skillRules } from './skill-rules.ts';

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

/** Field by field: the agent's own, else `*`, else the defaults, else the strictest sensible: allowlist, on-miss, deny. */
export function effectivePolicy(
  file: PolicyFile,
  agentId: string | null,
  notes: RulesFile = NO_RULES,
): EffectivePolicy {
  const key = agentKey(agentId);
  const parsed = policyFile.safeParse(file);
  if (!parsed.success) return { ...NOTHING_ALLOWED, agentId: key };
  const { agents, defaults } = parsed.data;
  const named = (id: string) => (agents && Object.hasOwn(agents, id) ? agents[id] : undefined);
  // An entry under the older name counts for the main agent, after its own.
  const layers = [named(key), key === 'main' ? named('default') : undefined, named('*')];
  const settings = [...layers, defaults ?? undefined];
  const first = <T>(
    pick: (layer: NonNullable<(typeof settings)[number]>) => T | null | undefined,
  ): T | undefined =>
    settings.map((layer) => (layer === undefined ? undefined : pick(layer))).find((value) => value != null) ??
    undefined;
  const entries = layers.flatMap((layer) => layer?.allowlist ?? []).filter((entry) => entry !== null);
  return {
    agentId: key,
    security: first((layer) => layer.security) ?? 'allowlist',
    ask: first((layer) => layer.ask) ?? 'on-miss',
    askFallback: first((layer) => layer.askFallback) ?? 'deny',
    rules: [
      ...entries.map((entry) => toRule(entry, notes)),
      ...(first((layer) => layer.autoAllowSkills) === true ? skillRules(notes.skills ?? []) : []),
    ],
    never: notes.never
      .filter(({ agent }) => agent === undefined || agent === '*' || agentKey(agent) === key)
      .map(({ name, effect }) => ({ name, effect })),
    oneStricter: false,
  };
}

const NOTHING_ALLOWED: Omit<EffectivePolicy, 'agentId'> = {
  security: 'deny',
  ask: 'off',
  askFallback: 'deny',
  rules: [],
  never: [],
  oneStricter: true,
};

/** What it would run, prompts; what it denies stays denied. */
export function stricterByOne(policy: EffectivePolicy): EffectivePolicy {
  return { ...policy, oneStricter: true };
}

/** The name of an entry in rules.json: its own id, or one made of what it says. */
export function entryKey({ id, pattern, argPattern, source }: AllowlistEntry): string {
  // A record has no place for that name: what is noted under it would be lost without a word.
  const own = id === '__proto__' ? undefined : id;
  return own ?? sha256Hex(JSON.stringify([pattern, argPattern ?? null, source ?? null])).slice(0, 32);
}

/** What an entry allows. Null as an argument pattern: any arguments. */
const ruleOf = (entry: AllowlistEntry) => ({
  key: entryKey(entry),
  pattern: entry.pattern.trim(),
  argPattern: entry.argPattern == null || entry.argPattern === '' ? null : entry.argPattern,
  generated: entry.source === 'allow-always',
});

/** Tells rules apart. One under another id would lose the hashes that belong to it, so it is another one. */
export function ruleIdentity(entry: AllowlistEntry): string {
  const { key, pattern, argPattern, generated } = ruleOf(entry);
  return JSON.stringify([key, pattern, argPattern, generated]);
}

function toRule(entry: AllowlistEntry, notes: RulesFile): Rule {
  const read = ruleOf(entry);
  const { key, argPattern } = read;
  const note = Object.hasOwn(notes.entries, key) ? notes.entries[key] : undefined;
  const rule: Rule = {
    ...read,
    hashes: note?.hashes ?? {},
    places: note?.places ?? [],
    off: argPattern !== null && !isValidArgPattern(argPattern) ? 'bad-arg-pattern' : null,
  };
  return rule.off === null && note !== undefined && !examplesHold(rule, note)
    ? { ...rule, off: 'examples-fail' }
    : rule;
}

/** Whether a rule matches what it must and nothing that it must not. */
function examplesHold(rule: Rule, { matches, mismatches }: EntryNotes): boolean {
  const work = new PatternWork();
  const hits = ({ executable, args, cwd }: RuleExample): boolean =>
    matchRule(
      { ...rule, hashes: {}, places: [] },
      {
        program: {
          given: executable,
          by: 'name',
          file: { realPath: executable, shared: false, replaceable: false },
        },
        args,
        cwd,
        home: '',
        needsArguments: false,
        unknownOption: false,
        fed: false,
        sha256: null,
      },
      work,
    ) === 'yes';
  return matches.every(hits) && !mismatches.some(hits);
}
