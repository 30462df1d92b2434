import { z } from 'zod';

import { displayText } from '../text/display-text.ts';
import { arming } from './prompt-view.ts';
import { wallClockMs } from './values.ts';

const effect = z.enum(['deny', 'prompt']).nullable();
const said = displayText.nullable();

/** One change of a policy. An agent of null stands for all of them; a value of null for "not set there". */
const change = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('setting'),
    where: z.enum(['file', 'defaults', 'every-agent', 'agent']),
    /** The agent's name; null for any other place. */
    agent: said,
    field: displayText,
    before: said,
    after: said,
  }),
  z.strictObject({
    kind: z.enum(['rule-added', 'rule-removed']),
    agent: said,
    pattern: displayText,
    argPattern: said,
  }),
  z.strictObject({ kind: z.literal('never'), agent: said, name: displayText, before: effect, after: effect }),
  /** What a rule remembers of a file: forgotten, another content, or remembered from now on. */
  z.strictObject({
    kind: z.literal('hash'),
    path: displayText,
    what: z.enum(['forgotten', 'replaced', 'remembered']),
  }),
  z.strictObject({ kind: z.literal('note'), field: displayText, before: said, after: said }),
]);

const listed = z.strictObject({ id: z.string(), loosens: z.boolean(), change });

/** An edit of the policy that somebody else wants. */
const editView = z.strictObject({
  /** Names exactly what is shown here: a decision has to carry it. */
  id: z.string(),
  from: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['gateway', 'undo']), name: displayText }),
    z.strictObject({ kind: z.literal('file'), file: z.string() }),
  ]),
  changes: z.array(listed),
  /** Why there is nothing to approve; null: there is. */
  unreadable: said,
  expiresAtMs: wallClockMs.nullable(),
});

const undoable = z.strictObject({
  id: z.string(),
  atMs: wallClockMs,
  gateway: displayText,
  changes: z.array(change),
});

/** All that the settings window shows of edits that the person has not made. */
export const editsView = z.strictObject({
  waiting: editView.nullable(),
  /** How many more wait behind this one. */
  more: z.int().nonnegative(),
  /** When an approval counts. Refusing always does. */
  arming,
  /** What gateways tightened, newest first. */
  undoable: z.array(undoable),
});

export type EditsView = z.infer<typeof editsView>;
export type EditView = z.infer<typeof editView>;
export type ChangeView = z.infer<typeof change>;
export type ListedChangeView = z.infer<typeof listed>;

export const editRef = z.strictObject({ id: z.string().min(1).max(100) });
/** The changes that are wanted, by id. None: all of it is refused. */
export const editDecision = editRef.extend({ approve: z.array(z.string().max(100)).max(1000) });
