import type { Envelope, Handlers } from '../ipc/contract.ts';
import type { RuleNotesView } from '../ipc/rule-notes-view.ts';
import type { RuleNotes, RuleNotesNow } from '../policy-files/rule-notes.ts';
import { displayWhole } from '../text/display.ts';
import { done, failure } from './envelopes.ts';
import type { WithProof } from './proof-of-looser.ts';

export type RuleNotesHandlers = Pick<Handlers<'settings'>, 'renewRule' | 'setNever'>;

const CHANGED = failure('policy-changed', 'The policy was changed meanwhile. Look at it again.');
const envelope = (applied: boolean): Envelope<undefined> => (applied ? done : CHANGED);

/** What the settings window may ask for about the never-list and about files that changed. */
export const ruleNotesHandlers = (
  notes: Pick<RuleNotes, 'now' | 'renew' | 'setNever'>,
  withProof: WithProof,
  changed: () => void,
): RuleNotesHandlers => ({
  renewRule: ({ baseHash, ruleId, sha256s }) =>
    withProof(async () => {
      const applied = await notes.renew(baseHash, ruleId, sha256s);
      // A file that changed again is news that no core state shows.
      if (!applied) changed();
      return envelope(applied);
    }),
  setNever: async ({ baseHash, ...entry }) => {
    const set = async () => envelope(await notes.setNever(baseHash, entry));
    const strictest = entry.effect === 'deny';
    // An entry of its own, or none: asking where it was denied allows more.
    const { never } = await notes.now();
    const isNew = !never.some(({ name }) => name.toLowerCase() === entry.name.toLowerCase());
    return strictest || (entry.effect === 'prompt' && isNew) ? set() : withProof(set);
  },
});

export const ruleNotesView = ({
  hash,
  editable,
  never,
  off,
  changed,
  made,
}: RuleNotesNow): RuleNotesView => ({
  hash: hash ?? '',
  editable,
  never: never.map(({ name, agent = null, effect }) => ({
    name,
    shown: displayWhole(name),
    agent,
    agentShown: agent === null ? null : displayWhole(agent),
    effect,
  })),
  off: off.map(({ key, why }) => ({ ruleId: key, why })),
  changed: changed.map(({ key, path, sha256 }) => ({ ruleId: key, path: displayWhole(path), sha256 })),
  made: made.map(({ key, by, atMs }) => ({ ruleId: key, by, atMs })),
});
