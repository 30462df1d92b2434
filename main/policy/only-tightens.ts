import { ruleIdentity } from './effective-policy.ts';
import { layersBelow, noLayerLooser, type ReadPolicy } from './layers.ts';
import { type PolicyFile, policyFile } from './policy-file.ts';

/**
 * Whether an edit makes no request of any agent come out milder, now or once other settings change: no layer of settings
 * is looser, no rule is new or different for anyone, and nothing changes that this program does not understand.
 */
export function onlyTightens(before: PolicyFile, after: PolicyFile): boolean {
  const [was, is] = [policyFile.safeParse(before), policyFile.safeParse(after)];
  return (
    was.success &&
    is.success &&
    noLayerLooser(was.data, is.data) &&
    noNewRule(was.data, is.data) &&
    notUnderstood(before) === notUnderstood(after)
  );
}

/** A rule may move only to where it counted before, for everyone whom it counts for there. */
function noNewRule(before: ReadPolicy, after: ReadPolicy): boolean {
  const counted = (id: string) =>
    new Set(
      [id, ...layersBelow(id), ...(id === 'default' ? ['main'] : [])].flatMap((layer) =>
        rulesOf(before, layer),
      ),
    );
  return Object.keys(after.agents ?? {}).every((id) => {
    const known = counted(id);
    return rulesOf(after, id).every((rule) => known.has(rule));
  });
}

function rulesOf({ agents }: ReadPolicy, id: string): string[] {
  const list = (agents && Object.hasOwn(agents, id) ? agents[id]?.allowlist : undefined) ?? [];
  return list.flatMap((entry) => (entry === null ? [] : [ruleIdentity(entry)]));
}

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
