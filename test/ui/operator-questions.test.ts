import { afterAll, beforeAll, expect, test } from 'vitest';

import { until } from './driver/until.ts';
import { ask, deny, type PairedApp, promptIsVisible, startPairedApp, windowOf } from './test-app.ts';

/** What the operator connection announces, through the whole app. */
let paired: PairedApp;
beforeAll(async () => {
  paired = await startPairedApp({ approvalsHeardBy: 'everybody' });
  await paired.app.tray.click('open-settings');
  const settings = await windowOf(paired.app, 'settings');
  await settings.locator('#operator-on').click();
  await settings.getByLabel('Setup code').fill(paired.gateway.setupCode());
  await settings.locator('#operator-on-now').click();
  await settings.locator('code', { hasText: 'openclaw devices approve' }).waitFor();
  paired.gateway.approveOperator();
  // Whoever comes back to the Mac should find it connected: it looks again then.
  await paired.app.person.power('unlock-screen');
  await until('the operator connection', () => paired.gateway.operators === 1, 20_000);
});
afterAll(() => paired.close());

/** The one approval that waits, once it is asked about: the window may still hold what was answered before. */
async function shownApproval(): Promise<string> {
  const { approvals } = paired.gateway;
  await until('the question of the gateway', () => approvals.waiting.length === 1);
  await expect.poll(() => promptIsVisible(paired)).toBe(true);
  return approvals.waiting[0]?.id ?? '';
}

test('where the turn came from is said, as what the gateway says', async () => {
  const { answer } = await ask(paired, 'echo hello', { asksOperators: true });
  expect(await paired.prompt.locator('.head .from').textContent()).toBe(
    'Asked through webchat as the gateway says',
  );
  await deny(paired);
  expect(await answer).toMatchObject({ outcome: 'tool-error', text: 'exec denied: user-denied' });
});

test('of a request that nobody announced no origin is said', async () => {
  const { answer } = await ask(paired, 'echo hello');
  expect(await paired.prompt.getByText('Asked through').count()).toBe(0);
  await deny(paired);
  await answer;
});

test('answered elsewhere, the question goes by itself, and nothing ran', async () => {
  const { answer } = await ask(paired, 'echo hello', { asksOperators: true });
  paired.gateway.approvals.resolve(await shownApproval(), 'deny');
  expect(await answer).toMatchObject({ outcome: 'tool-error' });
  await expect.poll(() => promptIsVisible(paired)).toBe(false);
});

test('allowed elsewhere, it is asked here all the same, and only a yes here runs it', async () => {
  const { answer } = await ask(paired, 'echo hello', { asksOperators: true });
  paired.gateway.approvals.resolve(await shownApproval(), 'allow-once');
  await paired.prompt.getByText('The gateway says that somebody allowed this elsewhere').last().waitFor();
  await deny(paired);
  expect(await answer).toMatchObject({ outcome: 'denied-before-execution' });
});
