import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { SettingsStore } from '../../main/node/settings-store.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';

const pathIn = async () => join(await temporaryFolder(), 'settings.json');

it('a choice counts at once and after a restart, beside what was chosen before', async () => {
  const path = await pathIn();
  const store = await SettingsStore.open(path);
  await Promise.all([store.change({ passSshAgent: true }), store.change({ promptTimeoutMs: 20_000 })]);
  expect(store.current).toMatchObject({ passSshAgent: true, promptTimeoutMs: 20_000 });
  expect((await SettingsStore.open(path)).current).toEqual(store.current);
});

it('what a newer version stored stays', async () => {
  const path = await pathIn();
  writeFileSync(path, '{"version":1,"later":[1]}', { mode: 0o600 });
  const store = await SettingsStore.open(path);
  await store.change({ passSshAgent: true });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ later: [1], passSshAgent: true });
});

it('a choice that cannot be kept does not count', async () => {
  const path = await pathIn();
  const store = await SettingsStore.open(path);
  await expect(store.change({ promptTimeoutMs: 1 })).rejects.toThrow('was not changed');
  expect(store.current.promptTimeoutMs).toBe(300_000);
});

it('a file that is not understood is not replaced', async () => {
  const path = await pathIn();
  writeFileSync(path, '{"promptTimeoutMs":"soon"}', { mode: 0o600 });
  const store = await SettingsStore.open(path);
  await expect(store.change({ passSshAgent: true })).rejects.toThrow('Repair or remove the file');
  expect(readFileSync(path, 'utf8')).toBe('{"promptTimeoutMs":"soon"}');
});
