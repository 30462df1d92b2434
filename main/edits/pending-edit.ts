import { createHash } from 'node:crypto';

import type { PolicyFile } from '../policy/policy-file.ts';
import type { RulesFile } from '../policy/rules-file.ts';
import type { Sealed } from '../state/sealed-document.ts';
import { loosening, MOST_CHANGES, type PolicyChange, policyChanges, withChanges } from './policy-changes.ts';
import { type RulesChange, rulesChanges, rulesLoosen } from './rules-changes.ts';
import { undone } from './undo.ts';
import type { Tightening } from './undo-book.ts';

/** One change of an edit that waits, to be approved or left out. */
export interface ListedChange {
  readonly id: string;
  /** Whether it lets through something that is not let through now. */
  readonly loosens: boolean;
  readonly change: PolicyChange | RulesChange;
}

export type EditSource =
  | { readonly kind: 'gateway'; readonly id: string; readonly name: string }
  /** The person wants to undo what this gateway did, which would allow what never was allowed together. */
  | { readonly kind: 'undo'; readonly of: string; readonly id: string; readonly name: string }
  /** The file was changed outside Latchkey. */
  | { readonly kind: 'file'; readonly file: 'exec-approvals.json' | 'rules.json' };

/** An edit of the policy that waits for the person. */
export interface PendingEdit {
  /** Names exactly what is shown: another base or another change is another edit. */
  readonly id: string;
  readonly from: EditSource;
  readonly changes: readonly ListedChange[];
  /** Why there is nothing to approve: then it can only be refused, which puts the file back as it was sealed. */
  readonly unreadable: string | null;
  /** Wall clock, in milliseconds; null: it waits until it is decided. */
  readonly expiresAtMs: number | null;
}

/** What a gateway asks for, as changes to what counts now; null where nothing of it is left. */
export function gatewayEdit(
  from: EditSource,
  base: Sealed<PolicyFile>,
  asked: readonly PolicyChange[],
  expiresAtMs: number,
): PendingEdit | null {
  if (base.value === null) return null;
  const { value } = base;
  const changes = policyChanges(value, withChanges(value, asked));
  if (changes.length === 0) return null;
  return listed(from, base.hash, expiresAtMs, marked(value, changes));
}

function marked(before: PolicyFile, changes: readonly PolicyChange[]): Unnamed[] {
  const loose = loosening(before, changes);
  return changes.map((change) => ({ change, loosens: loose.has(change) }));
}

/** What undoing an edit would do now; null where nothing of it is left. */
export function undoEdit({ id, from, changes }: Tightening, base: Sealed<PolicyFile>): PendingEdit | null {
  if (base.value === null) return null;
  const back = policyChanges(base.value, undone(base.value, changes));
  if (back.length === 0) return null;
  return listed({ kind: 'undo', of: id, ...from }, base.hash, null, marked(base.value, back));
}

export function policyFileEdit(file: Sealed<PolicyFile>): PendingEdit | null {
  return outsideEdit('exec-approvals.json', file, (before, after) =>
    marked(before, policyChanges(before, after)),
  );
}

export function rulesFileEdit(file: Sealed<RulesFile>): PendingEdit | null {
  return outsideEdit('rules.json', file, (before, after) =>
    rulesChanges(before, after).map((change) => ({ change, loosens: rulesLoosen(before, change) })),
  );
}

type Unnamed = Omit<ListedChange, 'id'>;

function outsideEdit<T>(
  name: 'exec-approvals.json' | 'rules.json',
  { value, hash, outside }: Sealed<T>,
  compare: (before: T, after: T) => readonly Unnamed[],
): PendingEdit | null {
  if (value === null || outside === null) return null;
  const from = { kind: 'file', file: name } as const;
  const base = `${hash ?? ''} ${outside.hash ?? ''}`;
  if (outside.kind === 'unreadable') return listed(from, base, null, [], outside.reason);
  const changes = compare(value, outside.value);
  return changes.length > MOST_CHANGES
    ? listed(from, base, null, [], `It holds ${changes.length} changes, more than anybody would read.`)
    : listed(from, base, null, changes);
}

function listed(
  from: EditSource,
  base: string | null,
  expiresAtMs: number | null,
  unnamed: readonly Unnamed[],
  unreadable: string | null = null,
): PendingEdit {
  const changes = unnamed.map((one) => ({ id: named(one.change), ...one }));
  return { id: named([from, base, changes, unreadable]), from, changes, unreadable, expiresAtMs };
}

const named = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
