import { z } from 'zod';

import type { PendingEdit } from '../../edits/pending-edit.ts';
import type { PolicyChange } from '../../edits/policy-changes.ts';
import type { RulesChange } from '../../edits/rules-changes.ts';
import type { ChangeView, EditView } from '../../ipc/edits-view.ts';
import { displayWhole } from '../../text/display.ts';
import type { DisplayText } from '../../text/display-text.ts';

export function editView({ id, from, changes, unreadable, expiresAtMs }: PendingEdit): EditView {
  return {
    id,
    from:
      from.kind === 'file'
        ? { kind: 'file', file: from.file }
        : { kind: from.kind, name: displayWhole(from.name) },
    changes: changes.map((listed) => ({
      id: listed.id,
      loosens: listed.loosens,
      change: changeView(listed.change),
    })),
    unreadable: unreadable === null ? null : displayWhole(unreadable),
    expiresAtMs,
  };
}

export function changeView(change: PolicyChange | RulesChange): ChangeView {
  switch (change.kind) {
    case 'setting': {
      const { place, field, before, after } = change;
      const agent = place.of === 'agent' ? agentName(place.agentId) : null;
      return {
        kind: 'setting',
        where: place.of === 'agent' && place.agentId === '*' ? 'every-agent' : place.of,
        agent,
        field: displayWhole(field),
        before: value(before),
        after: value(after),
      };
    }
    case 'rule-added':
    case 'rule-removed': {
      const { pattern, argPattern } = ruleWords.parse(change.entry);
      return {
        kind: change.kind,
        agent: agentName(change.agentId),
        pattern: displayWhole(pattern),
        argPattern: argPattern == null || argPattern === '' ? null : displayWhole(argPattern),
      };
    }
    case 'never': {
      const { agent, name, before, after } = change;
      return {
        kind: 'never',
        agent: agent === null ? null : displayWhole(agent),
        name: displayWhole(name),
        before,
        after,
      };
    }
    case 'hash': {
      const what = change.before === null ? 'remembered' : change.after === null ? 'forgotten' : 'replaced';
      return { kind: 'hash', path: displayWhole(change.path), what };
    }
    case 'note':
      return {
        kind: 'note',
        field: displayWhole(change.key === null ? change.field : `${change.key}: ${change.field}`),
        before: value(change.before),
        after: value(change.after),
      };
  }
}

const ruleWords = z.object({ pattern: z.string(), argPattern: z.string().nullish() });

const agentName = (id: string): DisplayText | null => (id === '*' ? null : displayWhole(id));

function value(json: unknown): DisplayText | null {
  if (json === null) return null;
  return displayWhole(typeof json === 'string' ? json : JSON.stringify(json));
}
