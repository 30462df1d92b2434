import { z } from 'zod';

import { agentKey } from '../policy/policy-file.ts';
import { type EntryNotes, NO_NOTES, type RulesFile, rulesFile } from '../policy/rules-file.ts';

const jsonValue = z.json();
type Json = z.infer<typeof jsonValue>;
const effect = z.enum(['deny', 'prompt']).nullable();

/** One difference of two `rules.json` that a person can read and that can be applied without the others. */
export const rulesChange = z.discriminatedUnion('kind', [
  /** Null: not on the list. An agent of null stands for all of them. */
  z.strictObject({
    kind: z.literal('never'),
    name: z.string(),
    agent: z.string().nullable(),
    before: effect,
    after: effect,
  }),
  /** What a rule remembers of the file at a path; null: nothing, so that any content would run. */
  z.strictObject({
    kind: z.literal('hash'),
    key: z.string(),
    path: z.string(),
    before: z.string().nullable(),
    after: z.string().nullable(),
  }),
  /** Anything else that a rule has noted, or the file says beside. A key of null: the file. */
  z.strictObject({
    kind: z.literal('note'),
    key: z.string().nullable(),
    field: z.string(),
    before: jsonValue,
    after: jsonValue,
  }),
]);
export type RulesChange = z.infer<typeof rulesChange>;

const EXAMPLES = ['matches', 'mismatches'] as const;

export function rulesChanges(before: RulesFile, after: RulesFile): RulesChange[] {
  const [was, is] = [new Map(Object.entries(before.entries)), new Map(Object.entries(after.entries))];
  const notes = [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [old, now] = [was.get(key) ?? NO_NOTES, is.get(key) ?? NO_NOTES];
    return [...hashChanges(key, old, now), ...noteChanges(key, old, now, ['hashes'])];
  });
  return [
    ...neverChanges(before, after),
    ...notes,
    ...noteChanges(null, before, after, ['never', 'entries']),
  ];
}

const neverKey = (name: string, agent: string | undefined): string =>
  JSON.stringify([name.toLowerCase(), agent === undefined || agent === '*' ? null : agentKey(agent)]);

/** Where a name stands twice the strictest counts. */
function neverList({ never }: RulesFile): ReadonlyMap<string, RulesFile['never'][number]> {
  const list = new Map<string, RulesFile['never'][number]>();
  for (const entry of never) {
    const key = neverKey(entry.name, entry.agent);
    if (list.get(key)?.effect !== 'deny') list.set(key, entry);
  }
  return list;
}

function neverChanges(before: RulesFile, after: RulesFile): RulesChange[] {
  const [was, is] = [neverList(before), neverList(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [old, now] = [was.get(key), is.get(key)];
    const entry = now ?? old;
    if (entry === undefined || old?.effect === now?.effect) return [];
    const agent = entry.agent === undefined || entry.agent === '*' ? null : agentKey(entry.agent);
    return [
      { kind: 'never', name: entry.name, agent, before: old?.effect ?? null, after: now?.effect ?? null },
    ];
  });
}

function hashChanges(key: string, before: EntryNotes, after: EntryNotes): RulesChange[] {
  const [was, is] = [new Map(Object.entries(before.hashes)), new Map(Object.entries(after.hashes))];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((path) => {
    const [old, now] = [was.get(path) ?? null, is.get(path) ?? null];
    return old === now ? [] : [{ kind: 'hash', key, path, before: old, after: now }];
  });
}

function noteChanges(
  key: string | null,
  before: object,
  after: object,
  except: readonly string[],
): RulesChange[] {
  const [was, is] = [before, after].map((value) => new Map<string, unknown>(Object.entries(value)));
  const fields = new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])]);
  return [...fields].flatMap((field) => {
    const [old, now] = [was, is].map((from) => jsonValue.safeParse(from?.get(field)).data ?? null);
    if (except.includes(field) || JSON.stringify(old) === JSON.stringify(now)) return [];
    return [{ kind: 'note', key, field, before: old ?? null, after: now ?? null }];
  });
}

const STRICTNESS = { none: 0, prompt: 1, deny: 2 };

/** Whether it lets anything through that `before` does not. */
export function rulesLoosen(before: RulesFile, change: RulesChange): boolean {
  switch (change.kind) {
    case 'never':
      return STRICTNESS[change.after ?? 'none'] < STRICTNESS[change.before ?? 'none'];
    case 'hash':
      // Where nothing was remembered, any content would have run; beside another file it is one file more.
      return change.before !== null || remembersAny(before, change.key);
    case 'note':
      return !(EXAMPLES.some((field) => field === change.field) && keepsAll(change.before, change.after));
  }
}

function remembersAny({ entries }: RulesFile, key: string): boolean {
  const notes = new Map(Object.entries(entries)).get(key) ?? NO_NOTES;
  return Object.keys(notes.hashes).length + (notes.places?.length ?? 0) > 0;
}

/** Examples can only switch a rule off: more of them tighten. */
function keepsAll(before: Json, after: Json): boolean {
  const list = (value: Json) => (Array.isArray(value) ? value.map((one) => JSON.stringify(one)) : []);
  return list(before).every((one) => list(after).includes(one));
}

/** The file with these changes made. */
export function withRulesChanges(file: RulesFile, changes: readonly RulesChange[]): RulesFile {
  return changes.reduce(withRulesChange, file);
}

function withRulesChange(file: RulesFile, change: RulesChange): RulesFile {
  switch (change.kind) {
    case 'never': {
      const { name, agent, after } = change;
      const others = file.never.filter(
        (one) => neverKey(one.name, one.agent) !== neverKey(name, agent ?? undefined),
      );
      const entry = after && { name, effect: after, ...(agent === null ? {} : { agent }) };
      return { ...file, never: entry === null ? others : [...others, entry] };
    }
    case 'hash':
      return withNotes(file, change.key, (notes) => {
        const hashes = new Map(Object.entries(notes.hashes));
        if (change.after === null) hashes.delete(change.path);
        else hashes.set(change.path, change.after);
        return { ...notes, hashes: Object.fromEntries(hashes) };
      });
    case 'note': {
      const { key, field, after } = change;
      if (key === null) return rulesFile.safeParse(withField(file, field, after)).data ?? file;
      // What the schema does not take is not a note.
      const next = withNotes(file, key, (notes) => withField(notes, field, after));
      return rulesFile.safeParse(next).data ?? file;
    }
  }
}

function withNotes(file: RulesFile, key: string, edit: (notes: EntryNotes) => EntryNotes): RulesFile {
  const entries = new Map(Object.entries(file.entries));
  entries.set(key, edit(entries.get(key) ?? NO_NOTES));
  return { ...file, entries: Object.fromEntries(entries) };
}

function withField<T extends object>(value: T, field: string, after: Json): T {
  const fields = new Map<string, unknown>(Object.entries(value));
  if (after === null) fields.delete(field);
  else fields.set(field, after);
  return Object.fromEntries(fields) as T;
}

/** What of an edit of `rules.json` tightens. */
export function tightenedRules(before: RulesFile, after: RulesFile): { part: RulesFile; rest: boolean } {
  const changes = rulesChanges(before, after);
  const tight = changes.filter((change) => !rulesLoosen(before, change));
  if (tight.length === changes.length) return { part: after, rest: false };
  return { part: tight.length === 0 ? before : withRulesChanges(before, tight), rest: true };
}
