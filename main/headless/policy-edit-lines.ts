import type { EditDesk } from '../edits/edit-desk.ts';
import type { PendingEdit } from '../edits/pending-edit.ts';

/** Says each edit of the policy that somebody else wants: what waits now, what comes, what was made because it tightens. */
export function showPolicyEdits(desk: EditDesk, out: (line: object) => void): void {
  for (const edit of desk.pending) out(waiting(edit));
  desk.on('waiting', (edit) => out(waiting(edit)));
  desk.on('closed', (id) => out({ event: 'policy-edit-closed', id }));
  desk.on('tightened', ({ id, from, changes }) =>
    out({
      event: 'policy-edit',
      id,
      state: 'applied',
      from: { kind: 'gateway', ...from },
      changes: changes.map((change) => ({ loosens: false, ...change })),
    }),
  );
}

const waiting = ({ id, from, changes, unreadable, expiresAtMs }: PendingEdit): object => ({
  event: 'policy-edit',
  id,
  state: 'waiting',
  from,
  changes: changes.map((listed) => ({ id: listed.id, loosens: listed.loosens, ...listed.change })),
  ...(unreadable === null ? {} : { unreadable }),
  ...(expiresAtMs === null ? {} : { expiresAtMs }),
});

export const editErrors = {
  'unknown-edit': 'no edit with this id and these changes waits',
  changed: 'the policy changed meanwhile and the edit is asked again',
} as const;
