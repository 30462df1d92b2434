import { afterAll, beforeAll, expect, test } from 'vitest';

import { type PracticeGateway, startPracticeGateway } from '../gateway-practice/practice-gateway.ts';
import { type PairedApp, startApp, startPairedApp, type TestApp, windowOf } from './test-app.ts';

let paired: PairedApp;
let other: PracticeGateway;
beforeAll(async () => {
  paired = await startPairedApp();
  other = await startPracticeGateway({ probes: false });
});
afterAll(async () => {
  await paired.close();
  await other.stop();
});

const openLink = ({ app }: TestApp, link: string): Promise<unknown> =>
  app.electron.evaluate(
    (electron, url) => electron.app.emit('open-url', { preventDefault: () => undefined }, url),
    link,
  );

test('a link that is opened while paired shows where it leads, and contacts nobody', async () => {
  await openLink(paired, `oc-pair://${other.setupCode()}`);
  const window = await windowOf(paired.app, 'pairing');
  await window.getByText('A link wants to pair this Mac').waitFor();
  await window.getByText(`${other.url}/`).waitFor();
  expect(other.requests).toBe(0);
  expect(paired.gateway.open).toBe(1);
});

test('put away, it is gone, and the gateway before is still served', async () => {
  const window = await windowOf(paired.app, 'pairing');
  await window.getByRole('button', { name: 'Use Something Else' }).click();
  await window.getByRole('textbox', { name: 'Setup code' }).waitFor();
  const gone = window.waitForEvent('close');
  await window.getByRole('button', { name: 'Cancel' }).click();
  await gone;
  expect([other.requests, paired.gateway.open]).toEqual([0, 1]);
});

test('the press of the person pairs with it, and the settings list both gateways', async () => {
  await openLink(paired, `oc-pair://${other.setupCode()}`);
  const window = await windowOf(paired.app, 'pairing');
  await window.getByText('A link wants to pair this Mac').waitFor();
  await window.getByRole('button', { name: 'Pair', exact: false }).click();
  await window.getByText(/openclaw devices approve/).waitFor();
  other.approveDevice();
  await other.connected();
  expect(paired.gateway.open).toBe(0);
  other.approveCommands();
  await window.getByRole('button', { name: 'Done' }).click();

  await paired.app.tray.click('open-settings');
  const settings = await windowOf(paired.app, 'settings');
  await settings.getByRole('button', { name: `Use gateway ${paired.gateway.url}/` }).click();
  await settings.getByRole('alertdialog').getByRole('button', { name: 'Use' }).click();
  await expect.poll(() => [paired.gateway.open, other.open]).toEqual([1, 0]);
});

test('a link that comes while the window closes opens it again, and is not lost', async () => {
  await openLink(paired, `oc-pair://${other.setupCode()}`);
  const window = await windowOf(paired.app, 'pairing');
  await window.getByText('A link wants to pair this Mac').waitFor();
  const gone = window.waitForEvent('close');
  await paired.app.electron.evaluate(({ app, BrowserWindow }, link) => {
    BrowserWindow.getAllWindows()
      .find((each) => each.webContents.getURL().includes('pairing'))
      ?.close();
    app.emit('open-url', { preventDefault: () => undefined }, link);
  }, `oc-pair://${other.setupCode()}`);
  await gone;
  const next = await windowOf(paired.app, 'pairing');
  await next.getByText('A link wants to pair this Mac').waitFor();
  await next.getByRole('button', { name: 'Use Something Else' }).click();
});

test('a link of another scheme opens nothing', async () => {
  const app = await startApp();
  try {
    const window = await windowOf(app.app, 'pairing');
    await openLink(app, `openclaw://${other.setupCode()}`);
    await window.getByRole('textbox', { name: 'Setup code' }).waitFor();
    expect(await window.getByText('A link wants to pair this Mac').count()).toBe(0);
  } finally {
    await app.close();
  }
});

test('a code that is pasted says where it leads before anything is pressed', async () => {
  const app = await startApp();
  try {
    const window = await windowOf(app.app, 'pairing');
    const before = other.requests;
    await window.getByRole('textbox', { name: 'Setup code' }).fill(other.setupCode());
    await window.getByText(`${other.url}/`).waitFor();
    expect(other.requests).toBe(before);
  } finally {
    await app.close();
  }
});
