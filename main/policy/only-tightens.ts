import type { Verdict } from '../request/assessment.ts';
import { decide, type Findings, unattended } from './decide.ts';
import { type EffectivePolicy, effectivePolicy, type Security } from './effective-policy.ts';
import { agentKey, type PolicyFile, policyFile } from './policy-file.ts';

/** An agent that no file names: what holds for it holds for every agent yet to come. */
const ANY_OTHER = '\u0000any other agent';

const hit: Findings = {
  hard: null,
  refusal: null,
  covered: { code: 'rule-matches' },
  miss: { code: 'allowlist-miss' },
  asks: null,
};
/** Every kind of request that settings tell apart. */
const KINDS: readonly Findings[] = [
  hit,
  { ...hit, covered: null },
  { ...hit, covered: null, refusal: { code: 'opaque-text' } },
  { ...hit, asks: { code: 'own-files' } },
];
const FALLBACKS: readonly Security[] = ['deny', 'allowlist', 'full'];
const RANK: Readonly<Record<Verdict, number>> = { run: 0, prompt: 1, deny: 2 };

/**
 * Whether an edit makes no request of any agent come out milder: no rule is new or different, no setting allows more, and
 * nothing changes that this program does not understand.
 */
export function onlyTightens(before: PolicyFile, after: PolicyFile): boolean {
  if (!policyFile.safeParse(after).success) return false;
  const ids = [before, after].flatMap(({ agents }) => Object.keys(agents ?? {})).map(agentKey);
  return (
    [...new Set([...ids, ANY_OTHER, 'main'])].every((id) =>
      isNoMilder(effectivePolicy(before, id), effectivePolicy(after, id)),
    ) &&
    notUnderstood(before) === notUnderstood(after) &&
    skillPlaces(after).every((place) => skillPlaces(before).includes(place))
  );
}

function isNoMilder(before: EffectivePolicy, after: EffectivePolicy): boolean {
  const known = new Set(before.rules.map(ruleIdentity));
  return (
    FALLBACKS.indexOf(after.askFallback) <= FALLBACKS.indexOf(before.askFallback) &&
    after.rules.every((rule) => known.has(ruleIdentity(rule))) &&
    KINDS.every((kind) => {
      const [was, is] = [before, after].map((policy) => decide(policy.security, policy.ask, kind));
      if (was === undefined || is === undefined || RANK[is.verdict] < RANK[was.verdict]) return false;
      // Where nobody can be asked a prompt may still turn into a run.
      return unattended(is, after, kind) === 'deny' || unattended(was, before, kind) === 'run';
    })
  );
}

/** An entry under another id would lose the hashes that belong to it. */
const ruleIdentity = (rule: EffectivePolicy['rules'][number]): string =>
  JSON.stringify([rule.key, rule.pattern, rule.argPattern, rule.generated]);

const UNDERSTOOD = new Set([
  'version',
  'defaults',
  'agents',
  'security',
  'ask',
  'askFallback',
  'allowlist',
  'autoAllowSkills',
]);

/** What is left of a file without the fields that decide here: what others decide by has to stay as it is. */
function notUnderstood(file: PolicyFile): string {
  const rest = (value: object | null | undefined): [string, unknown][] =>
    Object.entries(value ?? {}).filter(([key]) => !UNDERSTOOD.has(key));
  const agents = Object.entries(file.agents ?? {})
    .map(([id, agent]): [string, unknown] => [id, rest(agent)])
    .filter(([, fields]) => JSON.stringify(fields) !== '[]')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([rest(file), rest(file.defaults), agents]);
}

/** Where a file lets the skill commands that the person ticked run. */
function skillPlaces({ defaults, agents }: PolicyFile): readonly string[] {
  return Object.entries({ ...agents, '': defaults })
    .filter(([, settings]) => settings?.autoAllowSkills === true)
    .map(([place]) => place);
}
