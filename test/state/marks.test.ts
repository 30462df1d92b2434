import { rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { MemorySecrets } from '../../main/secrets/memory-secrets.ts';
import { Marks } from '../../main/state/marks.ts';
import { Seal } from '../../main/state/seal.ts';
import { temporaryFolder } from './temporary-folder.ts';

const now = new Date('2026-11-22T10:00:00Z');

/** One test's own Keychain; the seal is taken up anew like at a start. */
async function openMarks(folder: string, secrets = new MemorySecrets()): Promise<Marks> {
  return Marks.open(folder, await Seal.open(folder, secrets, { documents: {}, marks: ['paused'] }));
}

it('stands until it is taken back, also for who opens the folder next', async () => {
  const folder = await temporaryFolder();
  const secrets = new MemorySecrets();
  const marks = await openMarks(folder, secrets);
  expect(await marks.isSet('paused')).toBe(false);
  await marks.set('paused', now);
  await marks.set('paused', now);
  expect(await (await openMarks(folder, secrets)).isSet('paused')).toBe(true);
  await marks.clear('paused');
  await marks.clear('paused');
  expect(await (await openMarks(folder, secrets)).isSet('paused')).toBe(false);
});

it('of one gateway says nothing of another, whatever their ids are made of', async () => {
  const marks = await openMarks(await temporaryFolder());
  await marks.set({ unpaired: '../../paused' }, now);
  expect(await marks.isSet({ unpaired: '../../paused' })).toBe(true);
  expect(await marks.isSet({ unpaired: '../paused' })).toBe(false);
  expect(await marks.isSet('paused')).toBe(false);
});

it.each([
  ['empty', (path: string) => writeFile(path, '')],
  ['a link to nothing', (path: string) => symlink('/nonexistent/nowhere', path)],
])('counts as set when it is %s', async (_name, put) => {
  const folder = await temporaryFolder();
  const marks = await openMarks(folder);
  await put(join(folder, 'marks/paused'));
  expect(await marks.isSet('paused')).toBe(true);
});

it('counts as set when it cannot be looked at, or the folder of marks is gone', async () => {
  const folder = await temporaryFolder();
  const marks = await openMarks(folder);
  await rename(join(folder, 'marks'), join(folder, 'away'));
  expect(await marks.isSet('paused')).toBe(true);
  await writeFile(join(folder, 'marks'), '');
  expect(await marks.isSet('paused')).toBe(true);
  await expect(openMarks(folder)).rejects.toThrow(/cannot be used/);
});

it('says so when it cannot be set', async () => {
  const folder = await temporaryFolder();
  const marks = await openMarks(folder);
  await rm(join(folder, 'marks'), { recursive: true });
  await expect(marks.set('paused', now)).rejects.toThrow(/cannot be written/);
});

it('stands when its file is taken away, and when the folder with all of them is', async () => {
  const folder = await temporaryFolder();
  const secrets = new MemorySecrets();
  const marks = await openMarks(folder, secrets);
  await marks.set('paused', now);
  await marks.set({ unpaired: 'g' }, now);
  await rm(join(folder, 'marks'), { recursive: true });
  const again = await openMarks(folder, secrets);
  expect(await again.isSet('paused')).toBe(true);
  expect(await again.isSet({ unpaired: 'g' })).toBe(true);
  expect(await again.isSet({ unpaired: 'other' })).toBe(false);
});
