import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  allowOnce,
  ask,
  focus,
  newFolder,
  type PairedApp,
  promptIsVisible,
  startPairedApp,
  windowOf,
} from './test-app.ts';

const button = ({ prompt }: PairedApp, name: string) => prompt.getByRole('button', { name, exact: false });
const menuItem = async (paired: PairedApp, name: string) => {
  await paired.prompt.locator('.more').click();
  await paired.prompt.getByRole('menuitem', { name }).click();
};
const trayLabels = async ({ app }: PairedApp) => (await app.tray.menu()).map(({ label }) => label);

describe('the app', () => {
  const folder = newFolder();
  let paired: PairedApp;
  beforeAll(async () => {
    paired = await startPairedApp();
  });
  afterAll(async () => {
    await paired.close();
    rmSync(folder, { recursive: true });
  });

  test('allows for a while, shows what is allowed, and takes it back with one press', async () => {
    const { answer } = await ask(paired, 'echo hello');
    await focus(paired.app, 'prompt');
    await paired.prompt.getByRole('radio', { name: 'Allow for 15 minutes' }).check();
    await paired.prompt.locator('button.allow[aria-disabled="false"]').click();
    expect(await answer).toMatchObject({ outcome: 'finished' });
    expect(await paired.gateway.exec('echo hello')).toMatchObject({ outcome: 'finished' });
    expect(await promptIsVisible(paired)).toBe(false);

    await expect.poll(async () => (await trayLabels(paired)).join()).toContain('1 command allowed for now');
    await paired.app.tray.click('open-settings');
    const settings = await windowOf(paired.app, 'settings');
    await settings.getByRole('tab').nth(1).click();
    await settings.getByRole('button', { name: 'Revoke', exact: false }).click();
    await expect.poll(async () => (await trayLabels(paired)).join()).not.toContain('allowed for now');
    const again = await ask(paired, 'echo hello');
    await button(paired, 'Deny').last().click();
    expect(await again.answer).toMatchObject({ outcome: 'denied-before-execution' });
  });

  test('sends the reason along with a no', async () => {
    const { answer } = await ask(paired, 'echo why');
    await menuItem(paired, 'Deny with a Reason…');
    await paired.prompt.getByRole('textbox').fill('Ask me tomorrow');
    await paired.prompt.keyboard.press('Enter');
    expect((await answer).text).toContain('who says: "Ask me tomorrow"');
  });

  test('does not ask about an agent that is paused, until it is told to', async () => {
    const { answer } = await ask(paired, 'echo one');
    await menuItem(paired, 'Deny and Pause This Agent');
    await answer;
    expect((await paired.gateway.exec('echo two')).text).toContain('not to be disturbed');
    await paired.app.tray.click('end-quiet');
    const next = await ask(paired, 'echo three');
    await button(paired, 'Deny').last().click();
    await next.answer;
  });

  test('shows what else waits as a list, and denies all of it', async () => {
    const first = await ask(paired, 'echo one');
    const others = ['echo two', 'echo two', 'echo three'].map((command) => paired.gateway.exec(command));
    await button(paired, '3 more waiting').click();
    await paired.prompt.getByText('asked 2 times').waitFor();
    expect(await paired.prompt.locator('button.allow').isVisible()).toBe(false);
    await button(paired, 'Deny All 4').click();
    const outcomes = (await Promise.all([first.answer, ...others])).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(Array(4).fill('denied-before-execution'));
  });

  test('says that it stopped when the file changed after it was allowed', async () => {
    const script = join(folder, 'deploy.sh');
    writeFileSync(script, 'echo as shown\n');
    const { answer } = await ask(paired, `sh ${script}`);
    writeFileSync(script, 'echo something else\n');
    await allowOnce(paired);
    expect(await answer).toMatchObject({ outcome: 'denied-before-execution' });
    await paired.prompt.getByRole('alert').getByText('changed after you allowed it').waitFor();
    expect(await paired.prompt.getByRole('alert').textContent()).toContain('deploy.sh');
    await button(paired, 'Close').click();
    await expect.poll(() => promptIsVisible(paired)).toBe(false);
  });
});
