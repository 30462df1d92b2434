import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { launchApp, type RunningApp } from '../ui/driver/launch.ts';
import { fact } from './fact.ts';
import { type RealGateway, startGateway } from './real-gateway.ts';

/** The same main job, with the app's windows in the place of headless. */
describe('the app and the real gateway', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-window-')));
  const marker = join(folder, 'marker');
  let gateway: RealGateway;
  let app: RunningApp;
  let prompt: Page;

  beforeAll(async () => {
    gateway = await startGateway(inject('installation'));
    app = await launchApp({ stateDir: join(folder, 'data'), args: ['--memory-secrets', '--lang=en-US'] });
  });
  afterAll(async () => {
    await app.close();
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const inMenu = (id: string) =>
    expect
      .poll(async () => (await app.tray.menu()).map((entry) => entry.id), { timeout: 60_000 })
      .toContain(id);

  test('pair through the window, with both approvals of the operator', async () => {
    const window = await app.window(/^latchkey:\/\/pairing\//);
    await window.getByRole('textbox', { name: 'Setup code' }).fill(await gateway.setupCode());
    await window.getByRole('button', { name: 'Pair' }).click();
    const approve = window.getByText(/openclaw devices approve/).first();
    await approve.waitFor();
    const requestId = /approve ([\w-]+)/.exec((await approve.textContent()) ?? '')?.[1] ?? '';
    const nodeId = await gateway.approveDevice(requestId);
    await window
      .getByText(/openclaw nodes/)
      .first()
      .waitFor({ timeout: 60_000 });
    await gateway.approveCommands(nodeId);
    await window.getByText('Connected').first().waitFor({ timeout: 60_000 });
    prompt = await app.window(/^latchkey:\/\/prompt\//);
  });

  test('a command of an agent turn is shown, allowed in the window, and runs', async () => {
    const { result } = gateway.agentTurn({ command: 'uname -s' });
    await prompt.getByRole('button', { name: 'Deny' }).waitFor({ timeout: 60_000 });
    await app.setFocus(prompt, true);
    await prompt.locator('button.allow[aria-disabled="false"]').click();
    const read = await result;
    fact('allowed in the window', read);
    expect(read).toMatch(/Linux|Darwin/);
  });

  test('a command that is denied in the window does not run, and the agent reads so', async () => {
    const { result } = gateway.agentTurn({ command: `touch ${marker}` });
    await prompt.getByRole('button', { name: 'Deny' }).waitFor({ timeout: 60_000 });
    await prompt.keyboard.press('Escape');
    expect(await result).toContain('denied before execution');
    expect(existsSync(marker)).toBe(false);
  });

  test('unpaired in the menu, the app says what is left to do, and the gateway sees it go', async () => {
    await app.person.answerMessageBox(0);
    await app.person.answerMessageBox(1);
    await app.tray.click('unpair');
    await inMenu('open-pairing');
    const read = await gateway.agentTurn({ command: `touch ${marker}` }).result;
    fact('after unpairing', read);
    expect(existsSync(marker)).toBe(false);
  });
});
