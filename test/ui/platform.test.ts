import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Bridge } from '../../main/ipc/contract.ts';
import { allowOnce, ask, focus, newFolder, type PairedApp, startPairedApp, windowOf } from './test-app.ts';

declare const latchkey: Bridge<'settings'>;

/** What the adapters in main/app/platform promise, held against whatever runs the app: the stand-in, or a Mac. */
let paired: PairedApp;
const folder = newFolder();
const mac = process.platform === 'darwin';
beforeAll(async () => {
  paired = await startPairedApp();
});
afterAll(async () => {
  await paired.close();
  rmSync(folder, { recursive: true });
});

test.each([
  'attention',
  'connected',
  'paused',
  'unpaired',
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 'many'].map((count) => `pending-${String(count)}`),
])('the menu bar has a template image for %s', async (name) => {
  const image = await paired.app.electron.evaluate(({ nativeImage, app }, icon) => {
    const found = nativeImage.createFromPath(`${app.getAppPath()}/dist/icons/tray-${icon}Template.png`);
    return { empty: found.isEmpty(), template: found.isTemplateImage(), height: found.getSize().height };
  }, name);
  expect(image).toEqual({ empty: false, template: true, height: 18 });
});

test('the app has no icon in the Dock', async () => {
  const visible = await paired.app.electron.evaluate(
    ({ app }) => process.platform === 'darwin' && app.dock?.isVisible() === true,
  );
  expect(visible).toBe(false);
});

test('launch at login is what the system says, or is not offered', async () => {
  await paired.app.tray.click('open-settings');
  const settings = await windowOf(paired.app, 'settings');
  const set = (enabled: boolean) => settings.evaluate((wanted) => latchkey.setOpenAtLogin(wanted), enabled);
  const shown = () =>
    settings.evaluate(async () => {
      const view = await latchkey.current();
      return view.ok ? view.value.openAtLogin : 'failed';
    });
  expect(await set(true)).toMatchObject({ ok: mac });
  expect(await shown()).toBe(mac ? true : null);
  await set(false);
  expect(await shown()).toBe(mac ? false : null);
});

describe('Touch ID', () => {
  // Wherever the home folder is: what is deleted is not in the folder that the command runs in.
  const elsewhere = newFolder();
  afterAll(() => rmSync(elsewhere, { recursive: true }));
  const grave = () => {
    const path = join(folder, 'gone');
    writeFileSync(path, '');
    return `rm -f ${path}`;
  };

  test('that refuses means no, and Deny still works', async () => {
    await paired.app.person.touchId('refuses');
    const { answer } = await ask(paired, grave(), { cwd: elsewhere });
    await allowOnce(paired);
    await expect.poll(() => paired.app.person.touchIdReasons()).toHaveLength(1);
    await paired.prompt.getByRole('button', { name: 'Deny' }).click();
    expect(await answer).toMatchObject({ outcome: 'denied-before-execution' });
  });

  test('that accepts means yes, and is announced', async () => {
    await paired.app.person.touchId('accepts');
    const { answer } = await ask(paired, grave(), { cwd: elsewhere });
    await focus(paired.app, 'prompt');
    await paired.prompt.getByText('Allowing asks for Touch ID').waitFor();
    await allowOnce(paired);
    expect(await answer).toMatchObject({ outcome: 'finished' });
    expect(await paired.app.person.touchIdReasons()).toHaveLength(2);
  });
});

test('after sleep the Mac is connected again', async () => {
  await paired.app.person.power('suspend');
  await expect.poll(async () => (await paired.app.tray.menu())[0]?.label).toMatch(/^No connection/);
  await paired.app.person.power('resume');
  await expect
    .poll(async () => (await paired.app.tray.menu())[0]?.label, { timeout: 10_000 })
    .toMatch(/^Connected/);
});
