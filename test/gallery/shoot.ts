import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright';

import type { WindowRole } from '../../main/ipc/contract.ts';
import { type Look, type Shown, Stage, type Views } from '../renderer/windows/stage.ts';
import { incidentStates } from './incident-states.ts';
import { NOW_MS, promptStates, waitingExample } from './prompt-states.ts';
import { pairingStates, settingsStates } from './window-states.ts';

interface Picture<R extends WindowRole> {
  readonly role: R;
  readonly name: string;
  readonly view: Views[R];
  /** What a person does before the picture. */
  readonly act?: (page: Page) => Promise<void>;
}

const picture = <R extends WindowRole>(
  role: R,
  name: string,
  view: Views[R],
  act?: Picture<R>['act'],
): Picture<R> => ({ role, name, view, ...(act === undefined ? {} : { act }) });

/** Every state of every window that a person can meet. */
export const pictures = [
  ...Object.entries(promptStates).map(([name, view]) => picture('prompt', name, view)),
  picture('prompt', 'always-sheet', promptStates.simple, async (page) => {
    await page.keyboard.press('Meta+3');
    await page.keyboard.press('Meta+Enter');
  }),
  picture('prompt', 'always-sheet-any-offered', promptStates.looks, async (page) => {
    await page.keyboard.press('Meta+3');
    await page.keyboard.press('Meta+Enter');
  }),
  picture('prompt', 'always-sheet-any-chosen', promptStates.looks, async (page) => {
    await page.keyboard.press('Meta+3');
    await page.keyboard.press('Meta+Enter');
    await page.keyboard.press('Meta+2');
  }),
  picture('prompt', 'session-chosen', promptStates.simple, async (page) => {
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('Meta+2');
  }),
  picture('prompt', 'reason', promptStates.simple, async (page) => {
    await page.locator('.more').click();
    await page.getByRole('menuitem').nth(1).click();
    await page.getByRole('textbox').fill('Use the staging server first.');
  }),
  picture('prompt', 'waiting', promptStates.repeated, async (page) => {
    await page.evaluate(`standIn.answers.waiting = ${JSON.stringify({ ok: true, value: waitingExample })}`);
    await page.locator('button.pill').click();
  }),
  picture('prompt', 'more', promptStates.odd, async (page) => {
    await page.locator('.more').click();
  }),
  picture('prompt', 'details', promptStates.odd, async (page) => {
    await page.locator('.more').click();
    await page.getByRole('menuitem').last().click();
  }),
  ...Object.entries(pairingStates).map(([name, view]) => picture('pairing', name, view)),
  picture('pairing', 'enter-address', pairingStates.enter, async (page) => {
    await page.locator('.segmented button').last().click();
    await page.locator('.ffoot .default').click();
  }),
  picture('pairing', 'nearby-open', pairingStates.nearby, async (page) => {
    await page.locator('.segmented button').last().click();
  }),
  ...Object.entries(settingsStates).map(([name, view]) => picture('settings', name, view)),
  picture('settings', 'approvals', settingsStates.connected, (page) => openTab(page, 1)),
  picture('settings', 'approvals-skills', settingsStates.skills, (page) => openTab(page, 1)),
  picture('settings', 'approvals-agent', settingsStates.connected, async (page) => {
    await openTab(page, 1);
    await page.locator('select').first().selectOption('agent:main');
  }),
  picture('settings', 'approvals-for-now', settingsStates['for-now'], (page) => openTab(page, 1)),
  picture('settings', 'approvals-degraded', settingsStates.degraded, (page) => openTab(page, 1)),
  picture('settings', 'approvals-empty', settingsStates['no-rules'], (page) => openTab(page, 1)),
  picture('settings', 'approvals-undoable', settingsStates.undoable, (page) => openTab(page, 1)),
  picture('settings', 'edit-ticked', settingsStates['edit-gateway'], async (page) => {
    await page.getByRole('checkbox').first().check();
  }),
  picture('settings', 'approvals-count-anywhere', settingsStates['approvals-anywhere'], (page) =>
    openTab(page, 1),
  ),
  picture('settings', 'approvals-count-fixed', settingsStates['approvals-fixed'], (page) => openTab(page, 1)),
  picture('settings', 'approvals-count-question', settingsStates.connected, async (page) => {
    await openTab(page, 1);
    await page.locator('#whose-yes').selectOption('anywhere');
  }),
  picture('settings', 'operator-switch-on', settingsStates.connected, async (page) => {
    await page.locator('#operator-on').click();
    await page.locator('#operator-on-now').click();
  }),
  picture('settings', 'general', settingsStates.connected, (page) => openTab(page, 2)),
  ...Object.entries(incidentStates).map(([name, view]) => picture('incident', name, view)),
  picture('settings', 'general-runs', settingsStates['runs-loosened'], async (page) => {
    await openTab(page, 2);
    await page.locator('#save-path').scrollIntoViewIfNeeded();
  }),
  picture('settings', 'general-ssh-question', settingsStates.connected, async (page) => {
    await openTab(page, 2);
    await page.locator('#ssh-agent').click();
  }),
  picture('settings', 'general-shortcut-taken', settingsStates['shortcut-taken'], (page) => openTab(page, 2)),
  picture('settings', 'unpair', settingsStates.connected, async (page) => {
    await page.locator('.unpair').click();
  }),
] as const;

const openTab = (page: Page, index: number) => page.getByRole('tab').nth(index).click();

/** Shows a picture's window as it will be photographed: the prompt as high as it asks main to be. */
export async function pose(
  stage: Stage,
  picture: (typeof pictures)[number],
  look: Look,
): Promise<Shown<WindowRole>> {
  const { role, view } = picture;
  const shown = await stage.show(role, view, { nowMs: NOW_MS, ...look });
  const { page } = shown;
  // An Allow that main calls armed is a second old at least.
  await page.clock.runFor(look.nowMs === undefined ? 1100 : 0);
  await picture.act?.(page);
  await page.clock.runFor(1100);
  if (role === 'prompt') await fit(shown, look);
  return shown;
}

/** What has to be scrolled to is seen as well. */
async function unroll(page: Page): Promise<void> {
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  const hidden = Number(
    await page.evaluate(
      `Math.max(...[...document.querySelectorAll('*')].map((one) => one.scrollHeight - one.clientHeight))`,
    ),
  );
  if (hidden <= 0) return;
  await page.setViewportSize({ width, height: height + hidden });
  await page.clock.runFor(300);
}

const SCREEN_PX = 960;

async function fit({ page, said }: Shown<WindowRole>, { width = 640 }: Look): Promise<void> {
  const wanted = (await said()).filter(({ name }) => name === 'fit').at(-1)?.argument as
    { heightPx: number } | undefined;
  const height = Math.min(SCREEN_PX, Math.max(320, wanted?.heightPx ?? 0));
  await page.setViewportSize({ width, height });
  await page.clock.runFor(300);
}

/** @param filter takes only the pictures whose `window-state` holds it. */
export async function shoot(
  folder: string,
  filter: string,
  looks: readonly (Look & { language: 'en' | 'ko' })[],
) {
  mkdirSync(folder, { recursive: true });
  const stage = await Stage.open();
  const complaints: string[] = [];
  let taken = 0;
  try {
    for (const one of pictures) {
      if (!`${one.role}-${one.name}`.includes(filter)) continue;
      for (const { language, ...look } of looks) {
        const posed = { ...one, view: { ...one.view, language } } as (typeof pictures)[number];
        const shown = await pose(stage, posed, look);
        if (one.role !== 'prompt') await unroll(shown.page);
        const name = `${one.role}-${one.name}-${language}-${look.scheme ?? 'light'}-${look.pixelRatio ?? 1}x`;
        await shown.page.screenshot({ path: join(folder, `${name}.png`) });
        complaints.push(...shown.complaints.map((complaint) => `${name}: ${complaint}`));
        taken += 1;
        await shown.close();
      }
    }
  } finally {
    await stage.close();
  }
  return { taken, complaints };
}
