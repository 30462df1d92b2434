import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { EditDesk } from '../../main/edits/edit-desk.ts';
import { UndoBook } from '../../main/edits/undo-book.ts';
import type { PolicyFile } from '../../main/policy/policy-file.ts';
import { PolicyStore, strictest } from '../../main/policy-files/policy-store.ts';
import type { SecretStore } from '../../main/secrets/secret-store.ts';
import { Marks } from '../../main/state/marks.ts';
import { Seal } from '../../main/state/seal.ts';

export const POLICY = 'exec-approvals.json';
export const RULES = 'rules.json';

export const ls = { id: 'ls', pattern: '/bin/ls' };
export const id = { id: 'id', pattern: '/usr/bin/id' };
export const evil = { id: 'evil', pattern: '/bin/**' };
export const HASH = 'a'.repeat(64);

/** A policy with one setting, and one rule for each entry. */
export const policy = (security: 'deny' | 'allowlist' | 'full', ...allowlist: object[]): PolicyFile => ({
  version: 1,
  defaults: { security, ask: 'on-miss', askFallback: 'deny' },
  agents: { main: { allowlist: allowlist } },
});

/** `rules.json` with a program that never runs and a file that a rule remembers. */
export const rules = (never: string[], hashes: Record<string, string> = {}) => ({
  version: 1,
  never: never.map((name) => ({ name, effect: 'deny' })),
  entries: { ls: { hashes, matches: [], mismatches: [] } },
});

export const writeJson = (folder: string, name: string, value: object): void =>
  writeFileSync(join(folder, name), JSON.stringify(value), { mode: 0o600 });

export const readJson = (folder: string, name: string): unknown =>
  JSON.parse(readFileSync(join(folder, name), 'utf8'));

/** Policy, marks and desk of one state folder, as a start finds them. */
export async function startOn(folder: string, secrets: SecretStore, place = folder) {
  const seal = await Seal.open(folder, secrets, strictest([]));
  const marks = await Marks.open(folder, seal);
  const journal: Record<string, unknown>[] = [];
  const store = await PolicyStore.open(place, {
    ...{ stateFolder: folder, firstFiles: 'trusted', seal },
    journal: {
      append: (entry) => {
        journal.push(entry);
        return Promise.resolve({ seq: journal.length, at: '2026-11-22T10:00:00Z', ...entry } as never);
      },
    },
  });
  const desk = new EditDesk(store, new UndoBook(seal, Date.now), Date.now);
  await desk.look();
  return { seal, marks, store, desk, journal };
}
export type Started = Awaited<ReturnType<typeof startOn>>;

/** All that this state lets through, one line for each thing: more lines are looser. */
export async function lets({ store, marks }: Started): Promise<string[]> {
  const { effective } = await store.forAgent('main');
  if (effective.security === 'deny') return [];
  const never = ['rm', 'curl'].filter((name) => !effective.never.some((one) => one.name === name));
  return [
    ...(effective.security === 'full' ? ['everything'] : []),
    ...(effective.ask === 'always' || effective.oneStricter ? [] : ['unasked']),
    ...effective.rules.map((rule) => `rule ${rule.pattern} ${JSON.stringify(rule.hashes)}`),
    ...never.map((name) => `may run ${name}`),
    ...((await marks.isSet('paused')) ? [] : ['not paused']),
  ];
}
