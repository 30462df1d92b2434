import type { z } from 'zod';

import type { Ask, Security } from './effective-policy.ts';
import type { policyFile } from './policy-file.ts';

/** A policy as it is understood. */
export type ReadPolicy = z.output<typeof policyFile>;

type Value = Security | Ask | boolean;
const FIELDS = ['security', 'ask', 'askFallback', 'autoAllowSkills'] as const;
type Field = (typeof FIELDS)[number];

/** What counts where nothing is set at all. */
const BUILT_IN: Readonly<Record<Field, Value>> = {
  security: 'allowlist',
  ask: 'on-miss',
  askFallback: 'deny',
  autoAllowSkills: false,
};
/** `off` denies what `always` asks about, and runs what `always` asks about: neither is stricter than the other. */
const STRICTER: ReadonlySet<string> = new Set([
  'full > allowlist',
  'full > deny',
  'allowlist > deny',
  'on-miss > off',
  'on-miss > always',
  'true > false',
]);
const LOOSEST: ReadonlySet<Value> = new Set<Value>(['full', 'on-miss', true]);

const noLooser = (is: Value, was: Value): boolean => is === was || STRICTER.has(`${was} > ${is}`);

/** The layers that count where this one says nothing, down to the defaults. `default` is the older name of `main`. */
export function layersBelow(id: string): readonly string[] {
  if (id === '*') return [];
  return id === 'main' ? ['default', '*'] : ['*'];
}

/**
 * Whether no layer of settings became looser, whatever the others say or will say: what a layer hides today counts once
 * it is taken away. So each setting is held against its own value before or, where it was not set, against what counted
 * in its place; and one that goes has to be the loosest there is, because what comes in its place may change.
 *
 * It follows that edits which pass this, undone in any choice and order, leave nothing looser than it was before the
 * first of them.
 */
export function noLayerLooser(before: ReadPolicy, after: ReadPolicy): boolean {
  const ids = [...new Set([before, after].flatMap(({ agents }) => Object.keys(agents ?? {})))];
  return FIELDS.every(
    (field) =>
      isNoLooser(before, after, null, field, ids) &&
      ids.every((id) => isNoLooser(before, after, id, field, ids)),
  );
}

/** @param id the layer; null for the defaults, where something counts always. */
function isNoLooser(
  before: ReadPolicy,
  after: ReadPolicy,
  id: string | null,
  field: Field,
  ids: readonly string[],
): boolean {
  const [was, is] =
    id === null ? [null, counting(after, null, field)] : [own(before, id, field), own(after, id, field)];
  if (is === was) return true;
  if (is === null) return was !== null && LOOSEST.has(was);
  return noLooser(is, counting(before, id, field)) || (field === 'ask' && runsEverything(before, id, ids));
}

function own({ agents }: ReadPolicy, id: string, field: Field): Value | null {
  const layer = agents && Object.hasOwn(agents, id) ? agents[id] : undefined;
  return layer?.[field] ?? null;
}

/** What a layer says, or the first one below it that says anything. */
function counting(policy: ReadPolicy, id: string | null, field: Field): Value {
  const chain = id === null ? [] : [id, ...layersBelow(id)];
  const said = chain.map((layer) => own(policy, layer, field)).find((value) => value !== null);
  return said ?? policy.defaults?.[field] ?? BUILT_IN[field];
}

/**
 * Where all runs unasked no other way of asking is looser. But only where no layer above has a security of its own: that
 * one would go on with the new way.
 */
function runsEverything(policy: ReadPolicy, id: string | null, ids: readonly string[]): boolean {
  const above = ids.filter((other) => id === null || layersBelow(other).includes(id));
  return (
    counting(policy, id, 'security') === 'full' &&
    counting(policy, id, 'ask') !== 'always' &&
    above.every((other) => own(policy, other, 'security') === null)
  );
}
