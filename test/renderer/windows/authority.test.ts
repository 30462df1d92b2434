import { describe, expect, it } from 'vitest';

import type { SettingsView } from '../../../main/ipc/settings-view.ts';
import { settingsStates } from '../../gallery/window-states.ts';
import { onStage } from './on-stage.ts';

const windows = onStage('settings');

const open = async (view: SettingsView, tab: number) => {
  await windows.show(view);
  await windows.shown.page.getByRole('tab').nth(tab).click();
};
const press = (name: string) => windows.shown.page.getByRole('button', { name, exact: true }).click();

describe('where a yes counts', () => {
  const select = () => windows.shown.page.getByLabel('Approvals count when given');

  it.each(['Escape', 'Enter'])('asks before others may decide, and %s means no', async (key) => {
    await open(settingsStates.connected, 1);
    await select().selectOption('anywhere');
    await windows.shown.page.getByRole('alertdialog').waitFor();
    await windows.shown.page.keyboard.press(key);
    expect(await windows.shown.page.getByRole('alertdialog').count()).toBe(0);
    expect(await select().inputValue()).toBe('here');
    expect(await windows.shown.said()).toEqual([]);
  });

  it('tells main what was confirmed, and goes back when main did not do it', async () => {
    await open(settingsStates.connected, 1);
    await windows.shown.answer('trustGatewayApprovals', {
      ok: false,
      code: 'not-proven',
      message: 'Not confirmed.',
    });
    await select().selectOption('anywhere');
    await press('Let Them Count');
    await windows.shown.page.getByText('Not confirmed.').waitFor();
    expect(await select().inputValue()).toBe('here');
    expect(await windows.shown.said()).toEqual([{ name: 'trustGatewayApprovals', argument: true }]);
  });

  it('goes back to this Mac at one press', async () => {
    await open(settingsStates['approvals-anywhere'], 1);
    await select().selectOption('here');
    expect(await windows.shown.said()).toEqual([{ name: 'trustGatewayApprovals', argument: false }]);
  });

  it('cannot be chosen while the command line decides, and says so', async () => {
    await open(settingsStates['approvals-fixed'], 1);
    expect(await select().isDisabled()).toBe(true);
    await windows.shown.page.getByText('The command line that Latchkey was started with').waitFor();
  });
});

describe('the operator connection', () => {
  it.each([
    ['Setup code', null, { by: 'setup-code', setupCode: 'secret' }],
    ['Token', 'Token', { by: 'token', token: 'secret' }],
  ])('is switched on with a %s that nobody can read', async (label, way, argument) => {
    await open(settingsStates.connected, 0);
    await press('Switch On…');
    if (way !== null) await press(way);
    const typed = windows.shown.page.getByLabel(label, { exact: true });
    expect(await typed.getAttribute('type')).toBe('password');
    await typed.fill(' secret ');
    await typed.press('Enter');
    expect(await windows.shown.said()).toEqual([{ name: 'enableOperator', argument }]);
    await press('Switch On…');
    expect(await typed.inputValue()).toBe('');
  });

  it('keeps what is typed when news comes', async () => {
    await open(settingsStates.connected, 0);
    await press('Switch On…');
    const typed = windows.shown.page.getByLabel('Setup code', { exact: true });
    await typed.fill('half');
    await windows.shown.tell({ ...settingsStates.offline, revision: 2 });
    expect(await typed.inputValue()).toBe('half');
  });

  it('says nothing to main when nothing was typed', async () => {
    await open(settingsStates.connected, 0);
    await press('Switch On…');
    await press('Switch On');
    await windows.shown.page.getByText('Paste the setup code first.').waitFor();
    expect(await windows.shown.said()).toEqual([]);
  });

  it('shows what to run on the gateway, to copy, and is switched off at one press', async () => {
    await open(settingsStates['operator-waits'], 0);
    await windows.shown.page
      .getByText('openclaw devices approve 7f3c9a52-1e0b-4d6c-9b1f-2a84c05e6d31')
      .waitFor();
    await windows.shown.page.locator('.copyplate .btn').click();
    await press('Switch Off');
    expect((await windows.shown.said()).map(({ name }) => name)).toEqual([
      'copyOperatorCommand',
      'disableOperator',
    ]);
  });

  it('goes back when main did not keep whether other computers are shown', async () => {
    await open(settingsStates['operator-connected'], 0);
    await windows.shown.answer('showOtherHosts', {
      ok: false,
      code: 'not-available',
      message: 'The disk is full.',
    });
    const others = windows.shown.page.getByLabel('Also show commands for other computers');
    await others.click();
    await windows.shown.page.getByText('The disk is full.').waitFor();
    expect(await others.isChecked()).toBe(true);
    expect(await windows.shown.said()).toEqual([{ name: 'showOtherHosts', argument: false }]);
  });

  it('is not offered before there is a gateway', async () => {
    await open(settingsStates.unpaired, 0);
    expect(await windows.shown.page.getByText('Operator connection').isVisible()).toBe(false);
  });
});
