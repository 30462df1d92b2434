import { describe, expect, it } from 'vitest';

import type { SettingsView } from '../../../main/ipc/settings-view.ts';
import { settingsStates } from '../../gallery/window-states.ts';
import { onStage } from './on-stage.ts';

const windows = onStage('settings');

const open = async (view: SettingsView = settingsStates.connected) => {
  await windows.show(view);
  await windows.shown.page.getByRole('tab').nth(2).click();
};
const press = (name: string) => windows.shown.page.getByRole('button', { name, exact: true }).click();

describe('how commands run', () => {
  it.each([
    ['Let commands use your SSH keys', 'Let Them', { passSshAgent: true }],
    ['Connect to other computers without encryption', 'Allow It', { dangerouslyAllowPlaintextGateway: true }],
  ])('%s is asked about first, and Escape means no', async (label, yes, argument) => {
    await open();
    const box = windows.shown.page.getByLabel(label);
    await box.click();
    await windows.shown.page.getByRole('alertdialog').waitFor();
    await windows.shown.page.keyboard.press('Escape');
    await expect.poll(() => box.isChecked()).toBe(false);
    expect(await windows.shown.said()).toEqual([]);
    await box.click();
    await press(yes);
    expect(await windows.shown.said()).toEqual([{ name: 'setRuns', argument }]);
  });

  it('is made stricter at one press', async () => {
    await open(settingsStates['runs-loosened']);
    await windows.shown.page.getByLabel('Let commands use your SSH keys').click();
    await windows.shown.page.getByLabel('A question waits for').selectOption('60000');
    expect(await windows.shown.said()).toEqual([
      { name: 'setRuns', argument: { passSshAgent: false } },
      { name: 'setRuns', argument: { promptTimeoutMs: 60_000 } },
    ]);
  });

  it('takes folders a line each, after a question, and says what main does not take', async () => {
    await open();
    const folders = windows.shown.page.getByLabel('Folders where programs are looked for');
    await folders.fill('/usr/bin\n\n  bin  \n');
    await windows.shown.answer('setRuns', {
      ok: false,
      code: 'bad-setting',
      message: 'every folder must be absolute',
    });
    await windows.shown.page.locator('#save-path').click();
    await press('Use These Folders');
    await windows.shown.page.getByText('every folder must be absolute').waitFor();
    expect(await windows.shown.said()).toEqual([{ name: 'setRuns', argument: { path: '/usr/bin:bin' } }]);
    // What was typed can be mended.
    expect(await folders.inputValue()).toContain('bin');
  });

  it('names the folders into which others can put programs', async () => {
    await open(settingsStates['runs-loosened']);
    await windows.shown.page.getByText('Other users of this Mac can put programs into').waitFor();
    expect(await windows.shown.page.locator('.off', { hasText: '/opt/tools/bin' }).isVisible()).toBe(true);
  });
});
