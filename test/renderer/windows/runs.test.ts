import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { SettingsView } from '../../../main/ipc/settings-view.ts';
import { settingsStates } from '../../gallery/window-states.ts';
import { type Shown, Stage } from './stage.ts';

let stage: Stage;
let shown: Shown<'settings'>;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());
afterEach(async () => {
  const { complaints } = shown;
  await shown.close();
  expect(complaints).toEqual([]);
});

const open = async (view: SettingsView = settingsStates.connected) => {
  shown = await stage.show('settings', view);
  await shown.page.getByRole('tab').nth(2).click();
};
const press = (name: string) => shown.page.getByRole('button', { name, exact: true }).click();

describe('how commands run', () => {
  it.each([
    ['Let commands use your SSH keys', 'Let Them', { passSshAgent: true }],
    ['Connect to other computers without encryption', 'Allow It', { dangerouslyAllowPlaintextGateway: true }],
  ])('%s is asked about first, and Escape means no', async (label, yes, argument) => {
    await open();
    const box = shown.page.getByLabel(label);
    await box.click();
    await shown.page.getByRole('alertdialog').waitFor();
    await shown.page.keyboard.press('Escape');
    await expect.poll(() => box.isChecked()).toBe(false);
    expect(await shown.said()).toEqual([]);
    await box.click();
    await press(yes);
    expect(await shown.said()).toEqual([{ name: 'setRuns', argument }]);
  });

  it('is made stricter at one press', async () => {
    await open(settingsStates['runs-loosened']);
    await shown.page.getByLabel('Let commands use your SSH keys').click();
    await shown.page.getByLabel('A question waits for').selectOption('60000');
    expect(await shown.said()).toEqual([
      { name: 'setRuns', argument: { passSshAgent: false } },
      { name: 'setRuns', argument: { promptTimeoutMs: 60_000 } },
    ]);
  });

  it('takes folders a line each, after a question, and says what main does not take', async () => {
    await open();
    const folders = shown.page.getByLabel('Folders where programs are looked for');
    await folders.fill('/usr/bin\n\n  bin  \n');
    await shown.answer('setRuns', {
      ok: false,
      code: 'bad-setting',
      message: 'every folder must be absolute',
    });
    await shown.page.locator('#save-path').click();
    await press('Use These Folders');
    await shown.page.getByText('every folder must be absolute').waitFor();
    expect(await shown.said()).toEqual([{ name: 'setRuns', argument: { path: '/usr/bin:bin' } }]);
    // What was typed can be mended.
    expect(await folders.inputValue()).toContain('bin');
  });

  it('names the folders into which others can put programs', async () => {
    await open(settingsStates['runs-loosened']);
    await shown.page.getByText('Other users of this Mac can put programs into').waitFor();
    expect(await shown.page.locator('.off', { hasText: '/opt/tools/bin' }).isVisible()).toBe(true);
  });
});
