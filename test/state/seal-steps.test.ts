import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { Seal } from '../../main/state/seal.ts';
import { DurableSecrets } from './durable-secrets.ts';
import { temporaryFolder } from './temporary-folder.ts';

const STRICT = { documents: { policy: { hash: '', text: 'nothing', taken: null } }, marks: ['paused'] };
const text = (content: string) => ({ hash: '', text: content, taken: null });

async function sealed() {
  const [folder, secrets] = [await temporaryFolder(), new DurableSecrets()];
  const seal = await Seal.open(folder, secrets, STRICT);
  await seal.put('policy', text('loose'), 'loosens');
  const [path, older] = [join(folder, 'sealed.json'), join(await temporaryFolder(), 'older')];
  copyFileSync(path, older);
  return {
    seal,
    secrets,
    putBack: () => copyFileSync(older, path),
    start: () => Seal.open(folder, secrets, STRICT),
  };
}

/** The Keychain as it is at each step of the work: a program that is killed leaves it so. */
async function keychains(secrets: DurableSecrets, work: () => Promise<void>) {
  const found: ReadonlyMap<string, string>[] = [];
  secrets.onStep = () => found.push(secrets.content);
  await work();
  secrets.onStep = () => undefined;
  return found;
}

it('killed at any step after a change that tightens was announced, the file from before is not taken', async () => {
  const { seal, secrets, putBack, start } = await sealed();
  const steps = await keychains(secrets, () => seal.put('policy', text('strict'), 'tightens'));
  const after: (string | undefined)[] = [];
  for (const items of steps.slice(1)) {
    secrets.content = items;
    putBack();
    const again = await start();
    after.push(again.document('policy')?.text);
    expect(again.broken).toMatch(/stricter was cut short or taken back|An older seal/);
    expect(again.hasMark('paused')).toBe(true);
  }
  expect(after.length).toBeGreaterThan(2);
  expect(new Set(after)).toEqual(new Set(['nothing']));
});

it('killed before or after it, what comes back is the older or the newer state', async () => {
  const { seal, secrets, start } = await sealed();
  const [before, ...steps] = await keychains(secrets, () => seal.put('policy', text('strict'), 'tightens'));
  for (const items of [...steps, before ?? new Map<string, string>()]) {
    secrets.content = items;
    const again = await start();
    expect([again.broken, again.document('policy')?.text]).toEqual([null, 'strict']);
  }
});

it('killed at any step of setting a mark, the mark stands once it was begun, whichever file is there', async () => {
  const { seal, secrets, putBack, start } = await sealed();
  const steps = await keychains(secrets, () => seal.addMark('contained'));
  for (const items of steps.slice(1)) {
    secrets.content = items;
    putBack();
    expect((await start()).hasMark('contained')).toBe(true);
  }
});

it('what cannot be written is no change that somebody took back', async () => {
  const { seal, start } = await sealed();
  await expect(seal.put('policy', text('x'.repeat(40_000_000)), 'tightens')).rejects.toThrow(/larger than/);
  const again = await start();
  expect([again.broken, again.document('policy')?.text]).toEqual([null, 'loose']);
});
