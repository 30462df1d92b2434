import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { Seal } from '../../main/state/seal.ts';
import { type Allowed, VersionStore } from '../../main/versions/version-store.ts';
import { DurableSecrets } from '../state/durable-secrets.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const file = (path: string, text: string, rest: Partial<Allowed> = {}): Allowed => ({
  path,
  sha256: sha256(text),
  sizeBytes: Buffer.byteLength(text),
  bytes: Buffer.from(text),
  ...rest,
});
const copies = (folder: string) =>
  readdirSync(join(folder, 'versions')).filter((name) => name !== 'index.json');

async function opened(limits?: { entries: number; totalBytes: number }) {
  const folder = await temporaryFolder();
  const secrets = new DurableSecrets();
  const open = async () =>
    VersionStore.open(folder, await Seal.open(folder, secrets, { documents: {}, marks: [] }), limits);
  const store = await open();
  const recalled = async (path: string, gateway = 'g') => {
    const version = (await store.recall(gateway, [path])).get(path);
    return version === undefined
      ? 'never'
      : { ...version, bytes: version.bytes && Buffer.from(version.bytes).toString() };
  };
  return { folder, open, secrets, store, recalled };
}

describe('versions that were allowed', () => {
  it('are the last ones, with their bytes, hash and time', async () => {
    const { store, recalled } = await opened();
    await store.remember('g', [file('/a', 'one')], 1);
    await store.remember('g', [file('/a', 'two'), file('/b', 'b')], 2);
    expect(await recalled('/a')).toEqual({ sha256: sha256('two'), allowedAtMs: 2, bytes: 'two' });
    expect(await recalled('/b')).toMatchObject({ allowedAtMs: 2, bytes: 'b' });
  });

  it('are there after a restart, for this user alone', async () => {
    const { folder, open, store } = await opened();
    await store.remember('g', [file('/a', 'one')], 1);
    const again = await open();
    expect((await again.recall('g', ['/a'])).get('/a')?.bytes?.length).toBe(3);
    const modes = [...copies(folder), 'index.json'].map(
      (name) => statSync(join(folder, 'versions', name)).mode & 0o777,
    );
    expect(modes).toEqual([0o600, 0o600]);
    expect(statSync(join(folder, 'versions')).mode & 0o777).toBe(0o700);
  });

  it('of one gateway are not those of another', async () => {
    const { store, recalled } = await opened();
    await store.remember('g', [file('/a', 'one')], 1);
    expect(await recalled('/a', 'other')).toBe('never');
  });

  it('are seen by whoever asks right after the approval', async () => {
    const { store, recalled } = await opened();
    void store.remember('g', [file('/a', 'one')], 1);
    expect(await recalled('/a')).toMatchObject({ bytes: 'one' });
  });

  it.each([
    ['a copy that was changed', (path: string) => writeFileSync(path, 'evil')],
    ['a copy that is not text of ours but a link', (path: string) => replaceByLink(path)],
  ])('do not show %s', async (_what, tamper) => {
    const { folder, store, recalled } = await opened();
    await store.remember('g', [file('/a', 'one')], 1);
    tamper(join(folder, 'versions', sha256('one')));
    expect(await recalled('/a')).toMatchObject({ bytes: null });
  });

  it('count as none where the list of them is broken', async () => {
    const { folder, store, recalled } = await opened();
    await store.remember('g', [file('/a', 'one')], 1);
    writeFileSync(join(folder, 'versions', 'index.json'), '{"version":1,"files":[{}]}');
    expect(await recalled('/a')).toBe('never');
  });

  it('count as none where another program wrote the list, a copy of what it wants to run beside it', async () => {
    const { folder, open, store, recalled } = await opened();
    await store.remember('g', [file('/a', 'one')], 1);
    const index = join(folder, 'versions', 'index.json');
    writeFileSync(index, readFileSync(index, 'utf8').replace(sha256('one'), sha256('bad')), { mode: 0o600 });
    writeFileSync(join(folder, 'versions', sha256('bad')), 'bad', { mode: 0o600 });
    expect(await recalled('/a')).toBe('never');
    expect((await (await open()).recall('g', ['/a'])).size).toBe(0);
  });

  it('count as none where they could not be sealed', async () => {
    const { secrets, store, recalled } = await opened();
    secrets.locked = true;
    await store.remember('g', [file('/a', 'one')], 1);
    expect(await recalled('/a')).toBe('never');
  });

  it.each([
    ['larger than what was read for showing', file('/a', 'one', { sizeBytes: 4 })],
    ['other bytes than what was hashed', file('/a', 'one', { sha256: sha256('two') })],
    ['nothing to keep', file('/a', 'one', { bytes: undefined })],
    ['too large', file('/a', 'x'.repeat(1024 * 1024 + 1))],
  ])('are known by their hash alone: %s', async (_what, allowed) => {
    const { folder, store, recalled } = await opened();
    await store.remember('g', [allowed], 1);
    expect(await recalled('/a')).toEqual({ sha256: allowed.sha256, allowedAtMs: 1, bytes: null });
    expect(copies(folder)).toEqual([]);
  });

  it('are the newest ones only, in number and in bytes, and nothing else is in the folder', async () => {
    const { folder, store, recalled } = await opened({ entries: 3, totalBytes: 8 });
    writeFileSync(join(folder, 'versions', 'left.tmp'), 'by a crash');
    for (const [at, name] of ['/a', '/b', '/c', '/d'].entries()) {
      await store.remember('g', [file(name, `${name}..`)], at);
    }
    expect(await recalled('/a')).toBe('never');
    expect(await recalled('/b')).toMatchObject({ bytes: null });
    expect(await recalled('/c')).toMatchObject({ bytes: '/c..' });
    expect(copies(folder).toSorted()).toEqual([sha256('/c..'), sha256('/d..')].toSorted());
  });

  it('that cannot be written are no reason to fail', async () => {
    const { folder, store, recalled } = await opened();
    mkdirSync(join(folder, 'versions', 'index.json'));
    await store.remember('g', [file('/a', 'one')], 1);
    expect(await recalled('/a')).toBe('never');
  });

  it('are not kept where something else is in the place of their folder', async () => {
    const { folder, open } = await opened();
    rmSync(join(folder, 'versions'), { recursive: true });
    symlinkSync('/tmp', join(folder, 'versions'));
    await expect(open()).rejects.toThrow('Move away what is there');
  });
});

function replaceByLink(path: string): void {
  renameSync(path, `${path}.moved`);
  symlinkSync(`${path}.moved`, path);
}
