import { beforeEach, describe, expect, it } from 'vitest';

import type { PromptBoard } from '../../../main/ipc/prompt-view.ts';
import { NOW_MS, promptStates } from '../../gallery/prompt-states.ts';
import { onStage } from './on-stage.ts';

const windows = onStage('prompt');

const simple: PromptBoard = promptStates.simple;
const open = async (board: PromptBoard, height = 800) => {
  await windows.show(board, { nowMs: NOW_MS, height });
};
const pass = (ms: number) => windows.shown.page.clock.runFor(ms);
const press = (key: string) => windows.shown.page.keyboard.press(key);
const said = async (name: string) =>
  (await windows.shown.said()).filter((one) => one.name === name).map((one) => one.argument);
const decisions = async () =>
  (await said('decide')).map((argument) => (argument as { decision: string }).decision);
const allow = () => windows.shown.page.locator('.allow');
const focused = () => windows.shown.page.evaluate('document.activeElement.textContent');

describe('an armed prompt', () => {
  beforeEach(async () => {
    await open(simple);
    await pass(1100);
  });

  it.each(['Enter', 'Escape', 'Space'])('%s denies, once', async (key) => {
    await press(key);
    await press(key);
    expect(await decisions()).toEqual(['deny']);
  });

  it('Command-Return allows once, with the id and digest of what is shown', async () => {
    await press('Meta+Enter');
    await press('Meta+Enter');
    expect(await said('decide')).toEqual([
      { id: 'q1', digest: simple.prompt?.digest, decision: 'allow-once' },
    ]);
  });

  it('a press on Allow allows, Return on it does nothing', async () => {
    await allow().focus();
    await press('Enter');
    expect(await decisions()).toEqual([]);
    await allow().click();
    expect(await decisions()).toEqual(['allow-once']);
  });

  it('a key that is held down says nothing', async () => {
    const { page } = windows.shown;
    await page.keyboard.down('Meta');
    await page.evaluate(
      `document.addEventListener('keydown', (event) => event.repeat || event.stopImmediatePropagation(), true)`,
    );
    await page.keyboard.down('Enter');
    await page.keyboard.down('Enter');
    await page.keyboard.up('Meta');
    expect(await decisions()).toEqual([]);
  });

  it('no script in the page can press it', async () => {
    await windows.shown.page.evaluate(`document.querySelector('.allow').click()`);
    await windows.shown.page.evaluate(
      `document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', metaKey: true, bubbles: true }))`,
    );
    expect(await decisions()).toEqual([]);
  });

  it.each(['focus', 'blur'])('arms again when the focus changes: %s', async (name) => {
    await windows.shown.page.evaluate(`window.dispatchEvent(new Event('${name}'))`);
    await press('Meta+Enter');
    expect(await decisions()).toEqual([]);
    await pass(1100);
    await press('Meta+Enter');
    expect(await decisions()).toEqual(['allow-once']);
  });

  it('arms again, with Deny in focus, when the content changes', async () => {
    await allow().focus();
    const digest = 'a'.repeat(64);
    await windows.shown.tell({
      ...simple,
      revision: 2,
      prompt: { ...promptStates.script.prompt, id: 'q2', digest },
    });
    expect(await focused()).toContain('Deny');
    await press('Meta+Enter');
    expect(await decisions()).toEqual([]);
    await pass(1100);
    await press('Meta+Enter');
    expect(await said('decide')).toEqual([{ id: 'q2', digest, decision: 'allow-once' }]);
  });

  it('ignores news that is older than what it shows', async () => {
    await windows.shown.tell({ ...simple, revision: 0, prompt: { ...promptStates.spoof.prompt, id: 'q0' } });
    expect(await windows.shown.page.locator('h1').textContent()).toContain('main');
  });

  it('forgets all of a question that is gone', async () => {
    await windows.shown.tell({ ...simple, revision: 2, prompt: null });
    expect(await windows.shown.page.locator('main').textContent()).toBe('');
    await press('Enter');
    await press('Meta+Enter');
    expect(await decisions()).toEqual([]);
  });

  it('counts down, and allows nothing once the time is over', async () => {
    await pass(102_000);
    expect(await windows.shown.page.getByRole('timer').textContent()).toContain('0:00');
    await press('Meta+Enter');
    expect(await decisions()).toEqual([]);
  });

  it('says so when main did not take the answer, and lets it be given again', async () => {
    await windows.shown.answer('decide', { ok: false, code: 'not-armed', message: 'no' });
    await press('Meta+Enter');
    await pass(100);
    expect(await windows.shown.page.locator('.hint').first().textContent()).toContain(
      'Allow was not available yet',
    );
    await press('Escape');
    expect(await decisions()).toEqual(['allow-once', 'deny']);
  });

  it('shows what always would remember before it asks for it', async () => {
    await press('Meta+3');
    await press('Meta+Enter');
    expect(await decisions()).toEqual([]);
    expect(await windows.shown.page.locator('h1').textContent()).toContain('without asking');
    await press('Meta+Enter');
    expect(await decisions(), 'the sheet arms for itself').toEqual([]);
    await pass(1100);
    await press('Meta+Enter');
    expect(await decisions()).toEqual(['allow-always']);
  });

  it('goes back from there to what it was', async () => {
    await press('Meta+3');
    await press('Meta+Enter');
    await windows.shown.page.getByRole('button', { name: 'Back' }).click();
    expect(await windows.shown.page.locator('h1').textContent()).toContain('wants to run');
  });

  it('copies by Command-C and from the menu, which Escape closes without denying', async () => {
    await press('Meta+c');
    await windows.shown.page.locator('.more').click();
    await press('Escape');
    await windows.shown.page.locator('.more').click();
    await windows.shown.page.getByRole('menuitem').first().click();
    expect(await said('copyCommand')).toHaveLength(2);
    expect(await decisions()).toEqual([]);
  });
});

describe('the sheet of always', () => {
  const sheet = async (board: PromptBoard) => {
    await open(board);
    await pass(1100);
    await press('Meta+3');
    await press('Meta+Enter');
    await pass(1100);
  };
  const widths = () => windows.shown.page.locator('input[name=width]');
  const folder = () => windows.shown.page.locator('.reach + dl.facts').textContent();

  it('has this command only chosen, and says what each of the two lets through', async () => {
    await sheet(promptStates.looks);
    expect(await widths().nth(0).isChecked()).toBe(true);
    expect(await widths().nth(1).isChecked()).toBe(false);
    expect(await windows.shown.page.locator('.reach').textContent()).toMatch(
      /This command only\..*grep.* with any arguments, in any folder\..*all other files/s,
    );
    expect(await allow().textContent()).toContain('Always Allow');
    expect(await folder()).toContain('only in');
  });

  it('arms anew for any arguments, names them on the button and answers with them', async () => {
    await sheet(promptStates.looks);
    await press('Meta+2');
    expect(await allow().textContent()).toContain('Allow Any Arguments');
    expect(await folder()).toContain('any folder');
    await press('Meta+Enter');
    expect(await decisions()).toEqual([]);
    await pass(1100);
    await press('Meta+Enter');
    expect(await decisions()).toEqual(['allow-always-any']);
  });

  it('forgets any arguments when the person goes back', async () => {
    await sheet(promptStates.looks);
    await widths().nth(1).check();
    await windows.shown.page.getByRole('button', { name: 'Back' }).click();
    expect(await allow().textContent()).toContain('Always Allow Here');
    await pass(1100);
    await press('Meta+Enter');
    await pass(1100);
    await press('Meta+Enter');
    expect(await decisions()).toEqual(['allow-always']);
  });

  it('cannot choose any arguments where they are not offered, and says why', async () => {
    await sheet(simple);
    await press('Meta+2');
    expect(await widths().nth(1).isDisabled()).toBe(true);
    expect(await windows.shown.page.locator('.reach').textContent()).toContain(
      'only for programs known to do nothing',
    );
    await press('Meta+Enter');
    expect(await decisions()).toEqual(['allow-always']);
  });
});

describe('a press that begins too early', () => {
  const arming: PromptBoard = {
    ...simple,
    arming: { state: 'arming', delayMs: 1000, armedAtMs: NOW_MS + 1000 },
  };
  const arm = async () => {
    await pass(1100);
    await windows.shown.tell({ ...simple, revision: 2 });
  };

  it('with the pointer does not count when it ends', async () => {
    await open(arming);
    await allow().hover();
    await windows.shown.page.mouse.down();
    await arm();
    await windows.shown.page.mouse.up();
    expect(await decisions()).toEqual([]);
  });

  it('with the space bar does not count when it ends', async () => {
    await open(arming);
    await allow().focus();
    await windows.shown.page.keyboard.down('Space');
    await arm();
    await windows.shown.page.keyboard.up('Space');
    expect(await decisions()).toEqual([]);
  });

  it('by Command-Return does not count', async () => {
    await open(arming);
    await press('Meta+Enter');
    expect(await decisions()).toEqual([]);
    await arm();
    await press('Meta+Enter');
    expect(await decisions()).toEqual(['allow-once']);
  });
});

describe('a long command', () => {
  beforeEach(() => open(promptStates.long, 480));

  it('is read only when its end was in view', async () => {
    await pass(300);
    expect(await said('read')).toEqual([]);
    expect(await windows.shown.page.locator('.below').textContent()).toContain(
      'more parts of the command below',
    );
    await press('End');
    await expect.poll(() => said('read')).toEqual([{ id: 'q1', digest: promptStates.long.prompt.digest }]);
    await windows.shown.page.locator('.below').waitFor({ state: 'hidden' });
  });

  it('keeps its warnings in sight while they are below', async () => {
    const pin = windows.shown.page.locator('.pin');
    await pin.waitFor({ state: 'visible' });
    expect(await pin.textContent()).toContain('1 High');
    await press('End');
    await pin.waitFor({ state: 'hidden' });
  });

  it('asks main for the height that would show all of it', async () => {
    await expect.poll(async () => (await said('fit')).length).toBeGreaterThan(0);
    const [{ heightPx }] = (await said('fit')).slice(-1) as [{ heightPx: number }];
    await windows.shown.page.setViewportSize({ width: 640, height: heightPx });
    // What stood there only because the window was low goes with the next frame.
    await expect
      .poll(() =>
        windows.shown.page.evaluate(
          `document.querySelector('.middle').scrollHeight - document.querySelector('.middle').clientHeight`,
        ),
      )
      .toBe(0);
  });
});

describe('a question that is over', () => {
  it.each(['expired', 'cancelled', 'connection-lost', 'changed', 'gone'] as const)(
    '%s: says that nothing ran, offers nothing, and goes when told to',
    async (name) => {
      await open(promptStates[name]);
      await pass(1100);
      expect(await windows.shown.page.getByRole('alert').textContent()).toMatch(/nothing ran/i);
      expect(await allow().count()).toBe(0);
      await press('Meta+Enter');
      await press('Enter');
      expect(await decisions()).toEqual([]);
      expect(await said('dismiss')).toHaveLength(1);
    },
  );

  it('ends while it is shown, with the focus on Close', async () => {
    await open(simple);
    await windows.shown.tell({ ...simple, revision: 2, ended: 'expired' });
    expect(await focused()).toContain('Close');
    expect(await windows.shown.page.getByRole('alert').textContent()).toContain('no answer in 2 minutes');
  });
});

it('nothing but Deny is offered where nothing else is a choice', async () => {
  await open(promptStates['deny-only']);
  await pass(1100);
  expect(await allow().count()).toBe(0);
  await press('Meta+Enter');
  expect(await decisions()).toEqual([]);
  await press('Escape');
  expect(await decisions()).toEqual(['deny']);
});
