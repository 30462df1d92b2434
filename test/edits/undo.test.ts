import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type PolicyChange, policyChanges, withChanges } from '../../main/edits/policy-changes.ts';
import { undone } from '../../main/edits/undo.ts';
import { onlyTightens } from '../../main/policy/only-tightens.ts';
import type { PolicyFile } from '../../main/policy/policy-file.ts';
import { milder } from '../policy/milder.ts';

const SECURITIES = [null, 'deny', 'allowlist', 'full'] as const;
const VALUES = {
  security: SECURITIES,
  askFallback: SECURITIES,
  ask: [null, 'off', 'on-miss', 'always'],
  autoAllowSkills: [null, true, false],
} as const;
const change = (id: string | null, field: string, after: string | boolean | null): PolicyChange => ({
  kind: 'setting',
  place: id === null ? { of: 'defaults' } : { of: 'agent', agentId: id },
  ...{ field, before: null, after },
});
const ids = fc.constantFrom('main', 'default', '*', 'a');
const rule = fc.constantFrom('x', 'y').map((id) => ({ id, pattern: `/bin/${id}` }));

const setting = fc
  .constantFrom('security', 'ask', 'ask', 'askFallback', 'autoAllowSkills')
  .chain((field) =>
    fc.record({ field: fc.constant(field), after: fc.constantFrom(...VALUES[field]), id: fc.option(ids) }),
  )
  .map(({ field, after, id }): PolicyChange => ({
    kind: 'setting',
    place: id === null ? { of: 'defaults' } : { of: 'agent', agentId: id },
    ...{ field, before: null, after },
  }));
const ruleChange = fc
  .record({ kind: fc.constantFrom('rule-added', 'rule-removed'), agentId: ids, entry: rule })
  .map((change): PolicyChange => change);
const wish = fc.array(fc.oneof({ arbitrary: setting, weight: 4 }, { arbitrary: ruleChange, weight: 1 }), {
  minLength: 1,
  maxLength: 3,
});
const first = fc
  .array(fc.oneof(setting, ruleChange), { maxLength: 12 })
  .map((changes) => withChanges({ version: 1 }, changes));

/** Only what asks and what is allowed, on few layers: here one layer hides another most often. */
const modeOnly = fc
  .constantFrom('security', 'ask')
  .chain((field) =>
    fc.record({
      field: fc.constant(field),
      after: fc.constantFrom(...VALUES[field]),
      id: fc.constantFrom(null, 'main', '*'),
    }),
  )
  .map(({ field, after, id }) => change(id, field, after));
const layered = fc.array(modeOnly, { maxLength: 8 }).map((changes) => withChanges({ version: 1 }, changes));

/** The edits of a gateway that are made without the person, one after the other. */
function made(start: PolicyFile, wishes: readonly (readonly PolicyChange[])[]) {
  let policy = start;
  const edits: PolicyChange[][] = [];
  for (const wanted of wishes) {
    const next = withChanges(policy, wanted);
    if (!onlyTightens(policy, next)) continue;
    edits.push(policyChanges(policy, next));
    policy = next;
  }
  return { policy, edits };
}

const RUNS = { numRuns: 1000 };

describe('what a gateway tightens without the person', () => {
  it('makes no request of any agent come out milder', () => {
    fc.assert(
      fc.property(first, wish, (before, wanted) => {
        const after = withChanges(before, wanted);
        fc.pre(onlyTightens(before, after));
        expect(milder(before, after)).toBeNull();
      }),
      RUNS,
    );
  });

  const starts = { all: first, layers: layered };
  const wishes = { all: wish, layers: fc.array(modeOnly, { minLength: 1, maxLength: 2 }) };
  it.each(['all', 'layers'] as const)(
    'undone in any choice and order, is nowhere milder than what the person had (%s)',
    (which) => {
      const several = fc.array(wishes[which], { minLength: 2, maxLength: 14 });
      const picks = fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 4 });
      fc.assert(
        fc.property(starts[which], several, picks, several, (start, wanted, order, later) => {
          const { policy, edits } = made(start, wanted);
          const back = order.reduce((file, pick) => undone(file, edits[pick] ?? []), policy);
          expect(milder(start, back)).toBeNull();
          // And so it stays if the gateway goes on after that.
          const more = made(back, later);
          const end = [...more.edits, ...edits].reduce(undone, more.policy);
          expect(milder(start, end)).toBeNull();
        }),
        { numRuns: which === 'layers' ? 1000 : 400 },
      );
    },
  );
});
