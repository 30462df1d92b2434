import { decide, type Findings, unattended } from '../../main/policy/decide.ts';
import { type EffectivePolicy, effectivePolicy } from '../../main/policy/effective-policy.ts';
import type { PolicyFile } from '../../main/policy/policy-file.ts';

const hit: Findings = {
  hard: null,
  refusal: null,
  covered: { code: 'rule-matches' },
  miss: { code: 'allowlist-miss' },
  asks: null,
};
const RANK = { run: 0, prompt: 1, deny: 2 };

/** What comes of each kind of request of an agent: by the judgement itself, not by comparing settings. */
function outcomes(policy: EffectivePolicy): ReadonlyMap<string, number> {
  const covered = policy.rules.map(({ key }) => [key, hit] as const);
  const kinds: (readonly [string, Findings])[] = [
    ['in no rule', { ...hit, covered: null }],
    ['cannot be bound', { ...hit, covered: null, refusal: { code: 'opaque-text' } }],
    ['in no rule, own files', { ...hit, covered: null, asks: { code: 'own-files' } }],
    ...covered,
  ];
  return new Map(
    kinds.flatMap(([name, findings]) => {
      const decision = decide(policy.security, policy.ask, findings);
      return [
        [name, RANK[decision.verdict]],
        [`${name}, nobody there`, RANK[unattended(decision, policy, findings)]],
      ];
    }),
  );
}

/** The first request of any agent that comes out milder; null where none does. */
export function milder(before: PolicyFile, after: PolicyFile): string | null {
  const named = [before, after].flatMap(({ agents }) => Object.keys(agents ?? {}));
  const skills = {
    version: 1,
    never: [],
    entries: {},
    skills: [{ name: 's', path: '/s', sha256: null }],
  } as const;
  for (const id of new Set([...named, 'main', 'somebody else'])) {
    const [was, is] = [before, after].map((file) => outcomes(effectivePolicy(file, id, skills as never)));
    for (const [name, rank] of is ?? []) {
      // What no rule covered came out as what is in none.
      const floor = was?.get(name) ?? was?.get(name.replace(/^[^,]+/, 'in no rule')) ?? 0;
      if (rank < floor) return `${id}: ${name}`;
    }
  }
  return null;
}
