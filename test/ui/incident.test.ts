import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Bridge } from '../../main/ipc/contract.ts';
import type { StopView } from '../../main/ipc/stop-view.ts';
import { allowOnce, ask, newFolder, type PairedApp, startPairedApp, windowOf } from './test-app.ts';

declare const latchkey: Bridge<'settings'>;

const SHORTCUT = 'Control+Alt+Command+P';

const items = async ({ app }: PairedApp) => (await app.tray.menu()).map(({ id }) => id);
const labels = async ({ app }: PairedApp) => (await app.tray.menu()).map(({ label }) => label).join('\n');

/** How each command ended, as the record has it; null: by itself. */
function endsOf({ stateDir }: PairedApp): unknown[] {
  const lines = readFileSync(join(stateDir, 'state/audit.jsonl'), 'utf8').trim().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as { kind: string; endedBy?: unknown });
  return entries.filter(({ kind }) => kind === 'end').map(({ endedBy }) => endedBy);
}

async function running(paired: PairedApp, command: string) {
  const { answer } = await ask(paired, command);
  await allowOnce(paired);
  await expect.poll(() => items(paired)).toContain('pause-and-end');
  return { answer };
}

describe('something went wrong', () => {
  const folder = newFolder();
  const saved = join(folder, 'report.md');
  let paired: PairedApp;
  let incident: Page;
  beforeAll(async () => {
    paired = await startPairedApp();
  });
  afterAll(async () => {
    await paired.close();
    rmSync(folder, { recursive: true });
  });
  /** As the gateway sees it. */
  const isConnected = () => paired.gateway.open > 0;
  const contained = () => expect.poll(() => labels(paired)).toContain('Contained');

  test('Stop Everything in the menu ends what runs, denies what waits, disconnects, and shows what to do', async () => {
    await running(paired, 'sleep 50');
    const waiting = paired.gateway.exec('curl -H "Authorization: Bearer abcdefghijklmnop" x.example');
    await expect.poll(() => labels(paired)).toContain('1 waiting for you');
    await paired.app.tray.click('contain');
    incident = await windowOf(paired.app, 'incident');
    await incident.getByText('Stopped: nothing runs, nothing is connected.').waitFor();
    await contained();
    expect(await waiting).toMatchObject({ outcome: 'denied-before-execution' });
    expect(endsOf(paired)).toEqual(['contained']);
    await expect.poll(isConnected).toBe(false);
    expect(await items(paired)).not.toContain('resume');
  });

  test('lists what ran, what to replace, and the commands for the gateway', async () => {
    await incident.getByText('1 ran, 1 did not').waitFor();
    await incident.locator('.ran').getByText('sleep 50').waitFor();
    await incident.getByRole('heading', { name: '3. What to replace' }).waitFor();
    await incident.getByRole('button', { name: 'Copy' }).nth(1).click();
    await expect.poll(() => paired.app.person.clipboard()).toMatch(/^openclaw devices remove [0-9a-f]{64}$/);
    await incident.getByLabel('Since').selectOption('all');
    await incident.getByText('1 ran, 1 did not').waitFor();
  });

  test('saves the report for this user alone, the same twice, without a secret', async () => {
    const save = async (path: string) => {
      await paired.app.person.answerSaveDialog(path);
      await incident.getByRole('button', { name: 'Save Report' }).click();
      await incident.getByText('Saved.').waitFor();
      // The words may still be those of the save before; the file appears whole.
      const written = () => (existsSync(path) ? readFileSync(path, 'utf8') : '');
      await expect.poll(written).toMatch(/^# Latchkey incident report/);
      return written();
    };
    const again = join(folder, 'again.md');
    writeFileSync(again, 'an older one', { mode: 0o644 });
    const report = await save(saved);
    expect(await save(again)).toBe(report);
    expect(report).toContain('sleep 50');
    expect(report).not.toContain('abcdefghijklmnop');
    for (const path of [saved, again]) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await paired.app.person.offeredNames()).at(-1)).toMatch(/\/latchkey-incident\.md$/);
  });

  test('saves nothing, and says nothing, when the dialog is dismissed', async () => {
    await paired.app.person.answerSaveDialog(null);
    await incident.getByRole('button', { name: 'Save Report' }).click();
    await expect.poll(() => incident.getByText('Saved.').count()).toBe(0);
    expect(await incident.getByRole('alert').textContent()).toBe('');
  });

  test('says so when the report cannot be written, and leaves what is there', async () => {
    const taken = join(folder, 'a folder');
    mkdirSync(join(taken, 'in it'), { recursive: true });
    await paired.app.person.answerSaveDialog(taken);
    await incident.getByRole('button', { name: 'Save Report' }).click();
    await incident.getByRole('alert').getByText('could not be saved there').waitFor();
    expect(statSync(join(taken, 'in it')).isDirectory()).toBe(true);
  });

  test('connects again only after a question, and stays paused', async () => {
    await incident.getByRole('button', { name: 'Connect Again…' }).click();
    await incident.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    expect(isConnected()).toBe(false);
    await incident.getByRole('button', { name: 'Connect Again…' }).click();
    await incident.getByRole('alertdialog').getByRole('button', { name: 'Connect' }).click();
    await incident.getByRole('button', { name: 'Stop Everything' }).waitFor();
    await expect.poll(isConnected).toBe(true);
    expect(await paired.gateway.exec('uname')).toMatchObject({
      text: expect.stringContaining('paused by the user') as string,
    });
  });

  test('the button in the window stops as the menu does, and says when a restart would undo it', async () => {
    const marks = join(paired.stateDir, 'state/marks');
    rmSync(marks, { recursive: true });
    writeFileSync(marks, '');
    await incident.getByRole('button', { name: 'Stop Everything' }).click();
    await incident.getByRole('alert').getByText('a restart would undo that').waitFor();
    await contained();
    await expect.poll(isConnected).toBe(false);
    rmSync(marks);
    mkdirSync(marks, { mode: 0o700 });
    await incident.getByRole('button', { name: 'Write It Down Again' }).click();
    await incident.getByText('Stopped: nothing runs, nothing is connected.').waitFor();
    expect(statSync(join(marks, 'contained')).isFile()).toBe(true);
  });
});

describe('a pause', () => {
  let paired: PairedApp;
  let settings: Page;
  beforeAll(async () => {
    paired = await startPairedApp();
  });
  afterAll(() => paired.close());

  const refused = () =>
    expect(paired.gateway.exec('uname')).resolves.toMatchObject({
      outcome: 'denied-before-execution',
      text: expect.stringContaining('paused by the user') as string,
    });
  const isPaused = () => items(paired).then((ids) => ids.includes('resume'));
  /** Until main has it: the window shows a choice before that. */
  const kept = (choice: Partial<StopView>) => {
    const now = () =>
      settings.evaluate(async () => {
        const view = await latchkey.current();
        return view.ok ? view.value.stop : null;
      });
    return expect.poll(now).toMatchObject(choice);
  };
  const resume = async () => {
    await paired.app.tray.click('resume');
    await expect.poll(isPaused).toBe(false);
  };

  test('by the shortcut denies what waits, refuses what comes, and is not ended by a second press', async () => {
    const { answer } = await ask(paired, 'echo waits');
    await paired.app.person.pressShortcut(SHORTCUT);
    expect(await answer).toMatchObject({ outcome: 'denied-before-execution' });
    await paired.app.person.pressShortcut(SHORTCUT);
    await refused();
    expect(await isPaused()).toBe(true);
    await resume();
  });

  test('keeps what runs', async () => {
    const { answer } = await running(paired, 'sleep 3; echo to its end');
    await paired.app.tray.click('pause');
    await refused();
    expect(await answer).toMatchObject({ outcome: 'finished', payload: { stdout: 'to its end\n' } });
    await resume();
  });

  test('ends what runs where that is chosen in the menu', async () => {
    await running(paired, 'sleep 51');
    await paired.app.tray.click('pause-and-end');
    await expect.poll(() => endsOf(paired).at(-1)).toBe('paused');
    await refused();
    await resume();
  });

  test('ends what runs where that is chosen in the settings, also by the shortcut', async () => {
    await paired.app.tray.click('open-settings');
    settings = await windowOf(paired.app, 'settings');
    await settings.getByRole('tab', { name: 'General' }).click();
    await settings.getByLabel('When pausing, commands that run').selectOption('end');
    await kept({ runsOnPause: 'end' });
    await running(paired, 'sleep 52');
    const before = endsOf(paired).length;
    await paired.app.person.pressShortcut(SHORTCUT);
    await expect.poll(() => endsOf(paired).slice(before)).toEqual(['paused']);
    await resume();
  });

  test('comes with the lock of the screen where that is chosen, and goes with it', async () => {
    await paired.app.person.power('lock-screen');
    expect(await isPaused()).toBe(false);
    await paired.app.person.power('unlock-screen');
    await settings.getByLabel('Pause while the screen is locked').check();
    await kept({ pauseWhileLocked: true });
    await paired.app.person.power('lock-screen');
    await refused();
    await paired.app.person.power('unlock-screen');
    await expect.poll(isPaused).toBe(false);
    const { answer } = await ask(paired, 'echo asks again');
    await paired.prompt.getByRole('button', { name: 'Deny' }).click();
    await answer;
  });

  test('takes another shortcut, and gives back the one before', async () => {
    await settings.getByLabel('Shortcut to pause').selectOption('Control+Shift+Command+P');
    await expect
      .poll(async () => {
        await paired.app.person.pressShortcut('Control+Shift+Command+P');
        return isPaused();
      })
      .toBe(true);
    await resume();
    await paired.app.person.pressShortcut(SHORTCUT);
    expect(await isPaused()).toBe(false);
  });

  test('that cannot be written down counts all the same, and a notice says what a restart would do', async () => {
    const marks = join(paired.stateDir, 'state/marks');
    rmSync(marks, { recursive: true });
    writeFileSync(marks, '');
    await paired.app.tray.click('pause');
    await expect
      .poll(async () => (await paired.app.person.notifications()).at(-1)?.title)
      .toBe('Stopped only until Latchkey is restarted');
    await refused();
  });
});
