import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { PrivateHome } from './session.ts';

let home: PrivateHome;
beforeEach(async () => (home = await PrivateHome.make()));
afterEach(() => home.remove());

describe('with an unlocked keyring', () => {
  it('keeps, gives back, replaces and removes', async () => {
    const lines = await home.withKeyring('pw', [
      ['verify'],
      ['read', 'gateway-1'],
      ['write', 'gateway-1', 'a secret: äöü 열쇠 🔑'],
      ['read', 'gateway-1'],
      ['write', 'gateway-1', 'another'],
      ['read', 'gateway-1'],
      ['read', 'gateway-2'],
      ['remove', 'gateway-1'],
      ['remove', 'gateway-1'],
      ['read', 'gateway-1'],
    ]);
    expect(lines).toEqual([
      'done',
      'null',
      'done',
      '"a secret: äöü 열쇠 🔑"',
      'done',
      '"another"',
      'null',
      'true',
      'false',
      'null',
    ]);
  });

  it('an item outlives the session that made it', async () => {
    await home.withKeyring('pw', [['write', 'gateway-1', 'kept']]);
    await expect(home.withKeyring('pw', [['read', 'gateway-1']])).resolves.toEqual(['"kept"']);
  });
});

it('a locked collection is said to be locked, and never taken for an empty one', async () => {
  await home.withKeyring('pw', [['write', 'gateway-1', 'kept']]);
  const lines = await home.withKeyring('another password', [
    ['verify'],
    ['read', 'gateway-1'],
    ['remove', 'gateway-1'],
    ['write', 'gateway-1', 'hunter2'],
  ]);
  expect(lines).toHaveLength(4);
  for (const line of lines)
    expect(line).toMatch(/The Secret Service cannot be used: it is locked\. Unlock it/);
  expect(lines.join()).not.toContain('hunter2');
});

it('no bus: says so, and how to get one', async () => {
  const lines = await home.withoutBus([['verify'], ['read', 'gateway-1'], ['remove', 'gateway-1']]);
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line).toMatch(/no D-Bus session bus.*dbus-run-session/);
});

it('a bus without a Secret Service: says so, and what to start', async () => {
  const lines = await home.withEmptyBus([['verify'], ['read', 'gateway-1']]);
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toMatch(/no Secret Service is running.*gnome-keyring/);
});
