import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { strictest } from '../../main/policy-files/policy-store.ts';
import { Seal } from '../../main/state/seal.ts';
import type { FirstFiles } from '../../main/state/sealed-document.ts';
import type { Settings } from '../../main/state/settings.ts';
import { type SettingsChange, SettingsStore } from '../../main/state/settings-store.ts';
import { DurableSecrets } from './durable-secrets.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function setup(firstFiles: FirstFiles = 'trusted') {
  const folder = await temporaryFolder();
  const path = join(folder, 'settings.json');
  const secrets = new DurableSecrets();
  const recorded: SettingsChange[] = [];
  const journal = { full: false };
  return {
    folder,
    path,
    secrets,
    recorded,
    journal,
    outside: (settings: Partial<Settings>) =>
      writeFileSync(path, JSON.stringify({ version: 1, ...settings }), { mode: 0o600 }),
    open: async () =>
      SettingsStore.open(path, {
        seal: await Seal.open(folder, secrets, strictest([])),
        record: (change) =>
          journal.full
            ? Promise.reject(new Error('the record is full'))
            : Promise.resolve(recorded.push(change)),
        firstFiles,
      }),
  };
}

it('a choice counts at once and after a restart, beside what was chosen before', async () => {
  const { open } = await setup();
  const store = await open();
  await Promise.all([store.change({ passSshAgent: true }), store.change({ promptTimeoutMs: 20_000 })]);
  expect(store.current).toMatchObject({ passSshAgent: true, promptTimeoutMs: 20_000 });
  const again = await open();
  expect(again.current).toEqual(store.current);
  expect(again.problem).toBeNull();
});

it('what a newer version stored stays', async () => {
  const { open, path } = await setup();
  writeFileSync(path, '{"version":1,"later":[1]}', { mode: 0o600 });
  const store = await open();
  await store.change({ passSshAgent: true });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ later: [1], passSshAgent: true });
});

it('a choice that cannot be kept does not count', async () => {
  const { open } = await setup();
  const store = await open();
  await expect(store.change({ promptTimeoutMs: 1 })).rejects.toThrow('was not changed');
  expect(store.current.promptTimeoutMs).toBe(300_000);
});

it('a choice that cannot be sealed does not count, and the file does not say it', async () => {
  const { open, path, secrets } = await setup();
  const store = await open();
  await store.change({ passSshAgent: false });
  secrets.locked = true;
  await expect(store.change({ passSshAgent: true })).rejects.toThrow('could not be sealed');
  expect(store.current.passSshAgent).toBe(false);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ passSshAgent: false });
});

it('a file that is not understood is not replaced', async () => {
  const { open, path } = await setup();
  writeFileSync(path, '{"promptTimeoutMs":"soon"}', { mode: 0o600 });
  const store = await open();
  await expect(store.change({ passSshAgent: true })).rejects.toThrow('Repair or remove the file');
  expect(readFileSync(path, 'utf8')).toBe('{"promptTimeoutMs":"soon"}');
});

describe('a change stands in the record, as it was and as it is', () => {
  it.each<[string, Partial<Settings>, Partial<Settings>]>([
    ['that loosens', {}, { passSshAgent: true }],
    ['that tightens', { passSshAgent: true }, { passSshAgent: false }],
    ['of several', {}, { touchId: 'always', pauseShortcut: null }],
  ])('one %s', async (_, before, choices) => {
    const { open, recorded } = await setup();
    const store = await open();
    await store.change(before);
    const was = Object.fromEntries(Object.keys(choices).map((name) => [name, store.current[name]]));
    await store.change(choices);
    expect(recorded.at(-1)).toEqual({ by: 'person', before: was, after: choices });
  });

  it('one by another program that tightens', async () => {
    const { open, outside, recorded } = await setup();
    await open();
    outside({ touchId: 'always', passSshAgent: true });
    await open();
    expect(recorded).toEqual([{ by: 'file', before: { touchId: 'high' }, after: { touchId: 'always' } }]);
  });

  it('while it cannot be written, what loosens is not done and what tightens is', async () => {
    const { open, journal } = await setup();
    const store = await open();
    journal.full = true;
    await expect(store.change({ passSshAgent: true })).rejects.toThrow('full');
    await expect(store.change({ touchId: 'always' })).rejects.toThrow('full');
    expect(store.current).toMatchObject({ passSshAgent: false, touchId: 'always' });
  });
});

describe('a file that another program wrote', () => {
  it.each<[string, Partial<Settings>]>([
    ['lets the connection be plain', { dangerouslyAllowPlaintextGateway: true }],
    ['names another PATH', { path: '/tmp/evil:/usr/bin' }],
    ['asks for no Touch ID', { touchId: 'never' }],
    ['hands out the keys of the SSH agent', { passSshAgent: true }],
    ['takes the shortcut for pausing away', { pauseShortcut: null }],
    ['calls this Mac by another name', { displayName: 'Another Mac' }],
    ['gives more time to answer', { promptTimeoutMs: 600_000 }],
  ])('counts for nothing where it %s, and that is said', async (_, settings) => {
    const { open, outside } = await setup();
    const before = (await open()).current;
    outside(settings);
    const store = await open();
    expect(store.current).toEqual(before);
    expect(store.problem).toContain(`does not count: ${Object.keys(settings)[0] ?? ''}`);
  });

  it('counts where it tightens, beside what does not, and goes on counting when it is gone', async () => {
    const { open, outside, path } = await setup();
    await (await open()).change({ passSshAgent: true });
    outside({ touchId: 'always', pauseWhileLocked: true, dangerouslyAllowPlaintextGateway: true });
    const tightened = {
      touchId: 'always',
      pauseWhileLocked: true,
      passSshAgent: false,
      dangerouslyAllowPlaintextGateway: false,
    };
    expect((await open()).current).toMatchObject(tightened);
    rmSync(path);
    expect((await open()).current).toMatchObject(tightened);
  });

  it('is the file of the first start only if it was there then', async () => {
    const { open, outside } = await setup();
    await open();
    outside({ dangerouslyAllowPlaintextGateway: true });
    expect((await open()).current.dangerouslyAllowPlaintextGateway).toBe(false);
  });

  it('counts at the first start as later on, where it may be somebody else’s', async () => {
    const { open, outside } = await setup('asked');
    outside({ touchId: 'always', passSshAgent: true });
    const store = await open();
    expect(store.current).toMatchObject({ touchId: 'always', passSshAgent: false });
    expect(store.problem).toContain('does not count: passSshAgent');
    expect((await open()).current).toEqual(store.current);
  });

  it('is replaced by what the person changes next', async () => {
    const { open, outside, path } = await setup();
    await open();
    outside({ dangerouslyAllowPlaintextGateway: true });
    const store = await open();
    await store.change({ touchId: 'always' });
    expect(store.problem).toBeNull();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      touchId: 'always',
      dangerouslyAllowPlaintextGateway: false,
    });
  });

  it('counts for nothing after the seal was broken either', async () => {
    const { open, outside, folder } = await setup();
    await (await open()).change({ passSshAgent: true });
    rmSync(join(folder, 'sealed.json'));
    outside({ dangerouslyAllowPlaintextGateway: true, passSshAgent: true });
    expect((await open()).current).toMatchObject({
      dangerouslyAllowPlaintextGateway: false,
      passSshAgent: false,
    });
  });
});

it('with a locked Keychain the safe defaults count, and the person’s choices once it is open', async () => {
  const { open, folder, path, secrets } = await setup();
  await (await open()).change({ passSshAgent: true, touchId: 'always' });
  secrets.locked = true;
  const seal = await Seal.open(folder, secrets, strictest([]));
  const store = await SettingsStore.open(path, {
    seal,
    record: () => Promise.resolve(),
    firstFiles: 'trusted',
  });
  expect(store.current.passSshAgent).toBe(false);
  await expect(store.change({ passSshAgent: true })).rejects.toThrow('cannot be checked');
  secrets.locked = false;
  await seal.retry();
  await store.look();
  expect(store.current).toMatchObject({ passSshAgent: true, touchId: 'always' });
});
