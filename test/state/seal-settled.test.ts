import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it, onTestFinished, vi } from 'vitest';

import { strictest } from '../../main/policy-files/policy-store.ts';
import { Seal } from '../../main/state/seal.ts';
import { DurableSecrets } from './durable-secrets.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A mark that was set while the Keychain was locked, and the file from before it. */
async function marked() {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const folder = await temporaryFolder();
  const secrets = new DurableSecrets();
  const seal = await Seal.open(folder, secrets, strictest([]));
  const path = join(folder, 'sealed.json');
  const older = readFileSync(path);
  secrets.locked = true;
  await seal.addMark('paused');
  return { folder, secrets, seal, putBack: () => writeFileSync(path, older) };
}

it('the Keychain is told of it as soon as it is open: the file from before is an older one then', async () => {
  const { folder, secrets, seal, putBack } = await marked();
  vi.advanceTimersByTime(10_000);
  expect(await seal.settled()).toBe(false);
  secrets.locked = false;
  vi.advanceTimersByTime(10_000);
  await vi.waitFor(() => expect([...secrets.content.values()].join()).toContain('"marks":["paused"]'));
  putBack();
  const again = await Seal.open(folder, secrets, strictest([]));
  expect(again.broken).toContain('An older seal');
  expect(again.hasMark('paused')).toBe(true);
});

it('it is told at the end as well, and then not again', async () => {
  const { secrets, seal } = await marked();
  secrets.locked = false;
  expect(await seal.settled()).toBe(true);
  const writes = vi.fn();
  secrets.onStep = writes;
  vi.advanceTimersByTime(60_000);
  await seal.settled();
  expect(writes).not.toHaveBeenCalled();
});
