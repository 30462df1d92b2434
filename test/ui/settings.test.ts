import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startApp, type TestApp, windowOf } from './test-app.ts';

let started: TestApp;
let settings: Page;
beforeAll(async () => {
  started = await startApp();
  // The menu comes with the window that a first start opens.
  await windowOf(started.app, 'pairing');
  await started.app.tray.click('open-settings');
  settings = await windowOf(started.app, 'settings');
  await settings.getByRole('tab', { name: 'General' }).click();
});
afterAll(() => started.close());

const kept = () => JSON.parse(readFileSync(join(started.stateDir, 'state/settings.json'), 'utf8')) as unknown;
const told = () =>
  readFileSync(join(started.stateDir, 'state/audit.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { kind: string; before?: unknown; after?: unknown })
    .filter(({ kind }) => kind === 'settings')
    .map(({ before, after }) => [before, after]);

test('the PATH of commands is typed, asked about, kept, and in the record with what was before', async () => {
  const folders = settings.getByLabel('Folders where programs are looked for');
  await folders.fill('/opt/tools/bin\n/usr/bin');
  await settings.locator('#save-path').click();
  await settings.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
  expect(told()).toEqual([]);
  await settings.locator('#save-path').click();
  await settings.getByRole('alertdialog').getByRole('button', { name: 'Use These Folders' }).click();
  await settings.getByText('Saved.').waitFor();
  expect(kept()).toMatchObject({ path: '/opt/tools/bin:/usr/bin' });
  expect(told()).toEqual([[{ path: null }, { path: '/opt/tools/bin:/usr/bin' }]]);
});

test('a folder that is not absolute is refused in words, and changes nothing', async () => {
  await settings.getByLabel('Folders where programs are looked for').fill('/usr/bin\ntools');
  await settings.locator('#save-path').click();
  await settings.getByRole('alertdialog').getByRole('button', { name: 'Use These Folders' }).click();
  await settings.getByText('every folder must be absolute').waitFor();
  expect(kept()).toMatchObject({ path: '/opt/tools/bin:/usr/bin' });
});

test('the SSH agent is handed out after a question, and the name is kept', async () => {
  await settings.getByLabel('Let commands use your SSH keys').click();
  await settings.getByRole('alertdialog').getByRole('button', { name: 'Let Them' }).click();
  await settings.getByLabel('Name of this Mac on the gateway').fill('mini');
  await settings.locator('#save-name').click();
  await settings.getByText('Saved.').waitFor();
  expect(kept()).toMatchObject({ passSshAgent: true, displayName: 'mini' });
  expect(told().slice(1)).toEqual([
    [{ passSshAgent: false }, { passSshAgent: true }],
    [{ displayName: null }, { displayName: 'mini' }],
  ]);
});
