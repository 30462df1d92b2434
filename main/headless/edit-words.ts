import type { PendingEdit } from '../edits/pending-edit.ts';
import type { PolicyChange } from '../edits/policy-changes.ts';
import type { RulesChange } from '../edits/rules-changes.ts';
import { displayString } from '../text/display.ts';

/**
 * An edit of the policy that waits, for a person at a terminal. Untrusted text stands last on its line, so it cannot
 * imitate one of ours.
 */
export function editLines({ from, changes, unreadable, expiresAtMs }: PendingEdit): string[] {
  return [
    from.kind !== 'file'
      ? `\nThe policy would be changed by ${from.kind === 'undo' ? 'undoing what was done by ' : ''}the gateway ${displayString(from.name)}`
      : `\nThe file ${from.file} was changed outside Latchkey. What made it stricter counts already.`,
    ...changes.flatMap(({ change, loosens }, index) =>
      changeLines(change, `${index + 1}. ${loosens ? 'ALLOWS MORE' : 'stricter'}: `),
    ),
    ...(unreadable === null
      ? ['Nothing of this counts until you decide.']
      : [
          'It can only be put back: the last good content still counts.',
          `    because: ${displayString(unreadable)}`,
        ]),
    ...(expiresAtMs === null ? [] : [`Refused at ${new Date(expiresAtMs).toLocaleTimeString()} by itself.`]),
  ];
}

export function changeLines(change: PolicyChange | RulesChange, before = ''): string[] {
  const [what, said] = inWords(change);
  return [
    `  ${before}${what}`,
    ...said.map(([label, text]) => `        ${label}: ${text === null ? '(not set)' : displayString(text)}`),
  ];
}

/**
 * What is typed for an edit: the changes that are wanted, by id; none for a refusal. Null for anything else, which decides
 * nothing.
 */
export function chosenChanges(typed: string, { changes }: PendingEdit): readonly string[] | null {
  const words = typed.trim().toLowerCase();
  if (words === 'n') return [];
  if (!/^[1-9]\d{0,3}(?:[ ,]+[1-9]\d{0,3})*$/.test(words)) return null;
  const ids = words.split(/[ ,]+/).map((number) => changes[Number(number) - 1]?.id);
  return ids.every((id) => id !== undefined) ? [...new Set(ids)] : null;
}

type Words = readonly [what: string, said: readonly (readonly [label: string, text: string | null])[]];

function inWords(change: PolicyChange | RulesChange): Words {
  switch (change.kind) {
    case 'setting': {
      const { place, field, before, after } = change;
      const where = place.of === 'agent' ? agentName(place.agentId) : (['for', PLACES[place.of]] as const);
      return [
        'a setting',
        [where, ['setting', field], ['now', valueText(before)], ['then', valueText(after)]],
      ];
    }
    case 'rule-added':
    case 'rule-removed': {
      const { pattern = null, argPattern = null } = change.entry;
      return [
        change.kind === 'rule-added' ? 'a new rule: runs without asking' : 'a rule goes',
        [
          agentName(change.agentId),
          ['program', valueText(pattern)],
          ['arguments', argPattern === null || argPattern === '' ? 'any' : valueText(argPattern)],
        ],
      ];
    }
    case 'never':
      return [
        'what a program may do, whatever the rules say',
        [
          agentName(change.agent),
          ['program', change.name],
          ['now', NEVER[change.before ?? 'none']],
          ['then', NEVER[change.after ?? 'none']],
        ],
      ];
    case 'hash':
      return [
        change.before === null
          ? 'remembers what a file is now'
          : change.after === null
            ? 'forgets what a file was when you allowed it: any content would run'
            : 'takes another content of a file for the one that you allowed',
        [['file', change.path]],
      ];
    case 'note':
      return [
        'a note',
        [
          ...(change.key === null ? [] : [['rule', change.key] as const]),
          ['note', change.field],
          ['now', valueText(change.before)],
          ['then', valueText(change.after)],
        ],
      ];
  }
}

const PLACES = {
  defaults: 'the defaults: whoever has no setting of its own',
  file: 'the whole file',
} as const;
const NEVER = { none: 'as the rules say', deny: 'never runs', prompt: 'always asks' } as const;

const agentName = (id: string | null) => ['agent', id === null || id === '*' ? 'all of them' : id] as const;

function valueText(value: unknown): string | null {
  if (value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
