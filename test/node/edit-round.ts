import { HASH, id, ls, policy, rules, type Started } from './policy-on-disk.ts';

const PERSON = { by: 'person', gatewayId: null } as const;

const edit =
  (next: ReturnType<typeof policy>) =>
  async ({ store }: Started): Promise<void> => {
    await store.edit((await store.read()).hash, next, PERSON);
  };
const editRules =
  (next: object) =>
  async ({ store }: Started): Promise<void> => {
    await store.editRules((await store.readRules()).hash, next as never, PERSON);
  };

/** Edits that a person makes, each of one thing: after it that thing is the same, whatever was before. */
export const edits = {
  full: edit(policy('full', ls, id)),
  'one rule': edit(policy('allowlist', ls)),
  'two rules': edit(policy('allowlist', ls, id)),
  deny: edit(policy('deny')),
  'rm never runs': editRules(rules(['rm'], { '/bin/ls': HASH })),
  'rm may run': editRules(rules([])),
  pause: ({ marks }: Started) => marks.set('paused', new Date('2026-11-22T10:00:00Z')),
  resume: ({ marks }: Started) => marks.clear('paused'),
} as const;

/** All of them, loosening and tightening by turns. */
export const ROUND = (
  [
    'full',
    'pause',
    'one rule',
    'rm never runs',
    'resume',
    'two rules',
    'rm may run',
    'deny',
    'rm never runs',
    'full',
    'rm may run',
    'one rule',
  ] as const
).map((name) => edits[name]);
