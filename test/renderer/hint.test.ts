import { expect, it } from 'vitest';

import { hint, type HintFacts } from '../../renderer/prompt/hint.ts';

const calm: HintFacts = {
  copied: null,
  failure: null,
  allowable: true,
  gate: 'open',
  sheet: null,
  same: 1,
  asksForProof: false,
};

it.each<[string, Partial<HintFacts>, ReturnType<typeof hint>]>([
  ['nothing, where there is nothing to say', {}, null],
  ['that allowing asks for Touch ID', { asksForProof: true }, 'touchId'],
  ['that it will, while Allow still waits', { asksForProof: true, gate: 'arming' }, 'touchId'],
  ['that it will, for what is always allowed', { asksForProof: true, sheet: 'always' }, 'touchId'],
  ['nothing of it while the finger is asked for', { asksForProof: true, gate: 'proving' }, null],
  ['nothing of it where only a no can be given', { asksForProof: true, sheet: 'reason' }, null],
  ['what a press means for several', { same: 3, asksForProof: true }, 'sameNote'],
  ['why Allow waits, before what it will ask for', { gate: 'unread', asksForProof: true }, 'hintUnread'],
  ['why Allow waits', { gate: 'unfocused', same: 2 }, 'hintUnfocused'],
  ['that there is nothing to allow', { allowable: false, gate: 'unread' }, 'denyOnly'],
  ['what became of an answer', { failure: 'notProven', gate: 'unread' }, 'notProven'],
  ['what became of a copy', { copied: 'copied', failure: 'notProven' }, 'copied'],
])('says %s', (_what, facts, said) => {
  expect(hint({ ...calm, ...facts })).toBe(said);
});
