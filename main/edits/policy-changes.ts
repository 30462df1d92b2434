import { z } from 'zod';

import { ruleIdentity } from '../policy/effective-policy.ts';
import { onlyTightens } from '../policy/only-tightens.ts';
import { allowlistEntry, type PolicyFile } from '../policy/policy-file.ts';

const jsonValue = z.json();
type Json = z.infer<typeof jsonValue>;

/** Where in a policy file a setting stands. */
const place = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('file') }),
  z.strictObject({ of: z.literal('defaults') }),
  z.strictObject({ of: z.literal('agent'), agentId: z.string() }),
]);
type Place = z.infer<typeof place>;

/** One difference of two policy files that a person can read and that can be applied without the others. */
export const policyChange = z.discriminatedUnion('kind', [
  /** Null: not set there. */
  z.strictObject({
    kind: z.literal('setting'),
    place,
    field: z.string(),
    before: jsonValue,
    after: jsonValue,
  }),
  z.strictObject({
    kind: z.enum(['rule-added', 'rule-removed']),
    agentId: z.string(),
    entry: z.record(z.string(), jsonValue),
  }),
]);
export type PolicyChange = z.infer<typeof policyChange>;

type Fields = ReadonlyMap<string, Json>;
type Entry = Readonly<Record<string, Json>>;

const record = z.record(z.string(), jsonValue);
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value).map(([key, one]) => [key, jsonValue.safeParse(one).data ?? null]))
    : new Map();

const STRUCTURE = new Set(['version', 'defaults', 'agents']);

/** What one policy says and the other does not, settings first. Files that mean the same have no differences. */
export function policyChanges(before: PolicyFile, after: PolicyFile): PolicyChange[] {
  const agents = (file: PolicyFile) => new Map(Object.entries(file.agents ?? {}));
  const [was, is] = [agents(before), agents(after)];
  const ids = [...new Set([...was.keys(), ...is.keys()])];
  return [
    ...settingChanges({ of: 'file' }, fieldsOf(before), fieldsOf(after), STRUCTURE),
    ...settingChanges({ of: 'defaults' }, fieldsOf(before.defaults), fieldsOf(after.defaults)),
    ...ids.flatMap((agentId) =>
      settingChanges(
        { of: 'agent', agentId },
        fieldsOf(was.get(agentId)),
        fieldsOf(is.get(agentId)),
        new Set(['allowlist']),
      ),
    ),
    ...ids.flatMap((agentId) => ruleChanges(agentId, rulesOf(before, agentId), rulesOf(after, agentId))),
  ];
}

function settingChanges(
  where: Place,
  before: Fields,
  after: Fields,
  except: ReadonlySet<string> = new Set(),
): PolicyChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((field) => {
    const [was, is] = [before.get(field) ?? null, after.get(field) ?? null];
    if (except.has(field) || JSON.stringify(was) === JSON.stringify(is)) return [];
    return [{ kind: 'setting', place: where, field, before: was, after: is }];
  });
}

function ruleChanges(
  agentId: string,
  before: ReadonlyMap<string, Entry>,
  after: ReadonlyMap<string, Entry>,
): PolicyChange[] {
  const missing = (of: ReadonlyMap<string, Entry>, from: ReadonlyMap<string, Entry>) =>
    [...of].flatMap(([identity, entry]) => (from.has(identity) ? [] : [{ agentId, entry }]));
  return [
    ...missing(before, after).map((one) => ({ kind: 'rule-removed' as const, ...one })),
    ...missing(after, before).map((one) => ({ kind: 'rule-added' as const, ...one })),
  ];
}

/** The entries of an agent that say what they allow, by what they allow. */
function rulesOf(file: PolicyFile, agentId: string): ReadonlyMap<string, Entry> {
  const list = new Map(Object.entries(file.agents ?? {})).get(agentId)?.allowlist;
  return new Map(
    (Array.isArray(list) ? list : []).flatMap((raw) => {
      const identity = identityOf(raw);
      const entry = record.safeParse(raw).data;
      return identity === null || entry === undefined ? [] : [[identity, entry]];
    }),
  );
}

/** As the judgement tells rules apart. Null: it allows nothing. */
function identityOf(raw: unknown): string | null {
  const entry = allowlistEntry(raw);
  return entry === null ? null : ruleIdentity(entry);
}

type RuleChange = Exclude<PolicyChange, { kind: 'setting' }>;

/** The file with these changes made. What they do not name stays as it was. */
export function withChanges(file: PolicyFile, changes: readonly PolicyChange[]): PolicyFile {
  const rules = changes.filter((change): change is RuleChange => change.kind !== 'setting');
  const set = changes.reduce(
    (next, change) => (change.kind === 'setting' ? withSetting(next, change) : next),
    file,
  );
  return [...new Set(rules.map(({ agentId }) => agentId))].reduce((next, agentId) => {
    const own = rules.filter((change) => change.agentId === agentId);
    return withAgent(next, agentId, (agent) => withRules(agent, own));
  }, set);
}

function withSetting(
  file: PolicyFile,
  { place: where, field, after }: Extract<PolicyChange, { kind: 'setting' }>,
): PolicyFile {
  if (where.of === 'defaults') return { ...file, defaults: withField({ ...file.defaults }, field, after) };
  if (where.of === 'agent') return withAgent(file, where.agentId, (agent) => withField(agent, field, after));
  return STRUCTURE.has(field) ? file : withField(file, field, after);
}

type Agent = NonNullable<NonNullable<PolicyFile['agents']>[string]>;

function withAgent(file: PolicyFile, agentId: string, edit: (agent: Agent) => Agent): PolicyFile {
  // A Map, because an agent may be called like a member that every object has.
  const agents = new Map(Object.entries(file.agents ?? {}));
  agents.set(agentId, edit(agents.get(agentId) ?? {}));
  return { ...file, agents: Object.fromEntries(agents) };
}

function withField<T extends object>(fields: T, field: string, value: Json): T {
  const entries = new Map<string, unknown>(Object.entries(fields));
  if (value === null) entries.delete(field);
  else entries.set(field, value);
  return Object.fromEntries(entries) as T;
}

function withRules(agent: Agent, changes: readonly RuleChange[]): Agent {
  const list = Array.isArray(agent.allowlist) ? agent.allowlist : [];
  const known = new Set(list.map(identityOf));
  const gone = new Set(
    changes.filter(({ kind }) => kind === 'rule-removed').map(({ entry }) => identityOf(entry)),
  );
  const added = changes.filter(({ kind, entry }) => kind === 'rule-added' && !known.has(identityOf(entry)));
  return {
    ...agent,
    allowlist: [
      ...list.filter((raw) => !gone.has(identityOf(raw) ?? '')),
      ...added.map(({ entry }) => entry),
    ],
  };
}

/** The change that takes this one back. */
export function inverse(change: PolicyChange): PolicyChange {
  if (change.kind === 'setting') return { ...change, before: change.after, after: change.before };
  return { ...change, kind: change.kind === 'rule-added' ? 'rule-removed' : 'rule-added' };
}

/** More than a person would read. */
export const MOST_CHANGES = 500;

/**
 * Which of these changes let anything through that is not now. Settings are judged together: one that hides another, or
 * bares it, is only as strict as all of them. A rule that goes lets nothing through, whatever comes with it.
 */
export function loosening(file: PolicyFile, changes: readonly PolicyChange[]): ReadonlySet<PolicyChange> {
  const settings = changes.filter(({ kind }) => kind === 'setting');
  const together = !onlyTightens(file, withChanges(file, settings));
  return new Set(
    changes.filter(
      (change) =>
        change.kind !== 'rule-removed' &&
        (change.kind === 'setting' ? together : !onlyTightens(file, withChanges(file, [change]))),
    ),
  );
}

/** What of an edit tightens: the rules that go, then each setting on top of those before it. */
export function tightenedPolicy(before: PolicyFile, after: PolicyFile): { part: PolicyFile; rest: boolean } {
  if (onlyTightens(before, after)) return { part: after, rest: false };
  const changes = policyChanges(before, after).filter(({ kind }) => kind !== 'rule-added');
  if (changes.length > MOST_CHANGES) return { part: before, rest: true };
  const removals = changes.filter(({ kind }) => kind === 'rule-removed');
  const part = changes
    .filter(({ kind }) => kind === 'setting')
    .reduce(
      (file, change) => {
        const next = withChanges(file, [change]);
        return onlyTightens(file, next) ? next : file;
      },
      removals.length === 0 ? before : withChanges(before, removals),
    );
  return { part, rest: true };
}
