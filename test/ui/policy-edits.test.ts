import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { focus, type PairedApp, startPairedApp, windowOf } from './test-app.ts';

const snapshot = z.object({ payload: z.object({ hash: z.string(), file: z.looseObject({}) }) });
const rule = (pattern: string) => ({
  version: 1,
  defaults,
  agents: { '*': { allowlist: [{ id: pattern, pattern }] } },
});
const defaults = { security: 'allowlist', ask: 'on-miss', askFallback: 'deny', autoAllowSkills: false };

describe('an edit of the policy that somebody else wants', () => {
  let paired: PairedApp;
  let settings: Page;
  beforeAll(async () => {
    paired = await startPairedApp();
  });
  afterAll(() => paired.close());

  const set = async (file: object) => {
    const got = snapshot.parse(await paired.gateway.invoke('system.execApprovals.get', {}));
    return paired.gateway.invoke('system.execApprovals.set', { file, baseHash: got.payload.hash });
  };
  const labels = async () => (await paired.app.tray.menu()).map(({ label }) => label).join('\n');

  test('by the gateway waits, and the menu bar and a notice say so', async () => {
    expect(await set(rule('/usr/bin/uname'))).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    await expect.poll(labels).toContain('A change of your policy waits for you…');
    await expect
      .poll(async () => (await paired.app.person.notifications()).map(({ title }) => title))
      .toContain('The gateway wants to change your policy');
  });

  test('counts once the person has ticked it, waited and applied it', async () => {
    await paired.app.tray.click('show-edits');
    settings = await windowOf(paired.app, 'settings');
    await settings.getByText('wants to change your policy').waitFor();
    await focus(paired.app, 'settings');
    const apply = settings.getByRole('button', { name: 'Apply What Is Ticked' });
    await settings.getByRole('checkbox').first().check();
    await apply.click({ force: true });
    expect(await labels()).toContain('A change of your policy waits for you…');
    await settings.locator('.edit .btn:not(.default)[aria-disabled="false"]').click();
    await expect.poll(labels).not.toContain('A change of your policy waits for you…');
    expect(await paired.gateway.exec('uname')).toMatchObject({ outcome: 'finished' });
  });

  test('that only tightens is made at once, and undone with one press', async () => {
    expect(await set({ version: 1, defaults, agents: {} })).toMatchObject({ ok: true });
    await settings.getByRole('tab', { name: 'Exec approvals' }).click();
    await settings.getByRole('button', { name: 'Undo change 1' }).click();
    await expect
      .poll(async () =>
        JSON.stringify(snapshot.parse(await paired.gateway.invoke('system.execApprovals.get', {}))),
      )
      .toContain('/usr/bin/uname');
  });

  test('of the file from outside waits; refused, the file is as it was', async () => {
    const path = join(paired.stateDir, 'state/exec-approvals.json');
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, JSON.stringify(rule('/bin/**')));
    await settings.getByText('was changed outside Latchkey').waitFor();
    await settings.getByRole('button', { name: 'Refuse All' }).click();
    await settings.getByText('was changed outside Latchkey').waitFor({ state: 'hidden' });
    const kept = z.looseObject({}).parse(JSON.parse(readFileSync(path, 'utf8')));
    expect(kept).not.toEqual(rule('/bin/**'));
    expect(Object.keys(kept).sort()).toEqual(Object.keys(z.looseObject({}).parse(JSON.parse(before))).sort());
  });
});
