import { chmod, chown, mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { openStateFolder } from '../../main/state/state-folder.ts';
import { temporaryFolder } from './temporary-folder.ts';

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
const isRoot = process.getuid?.() === 0;

it('makes the folder, and those above it, for this user only', async () => {
  const base = await temporaryFolder();
  const folder = await openStateFolder(join(base, 'above/state'));
  expect(folder).toBe(join(base, 'above/state'));
  expect(await modeOf(folder)).toBe(0o700);
  expect(await modeOf(join(base, 'above'))).toBe(0o700);
});

it('closes a folder of ours that others can read', async () => {
  const folder = join(await temporaryFolder(), 'state');
  await mkdir(folder);
  await chmod(folder, 0o755);
  await openStateFolder(folder);
  expect(await modeOf(folder)).toBe(0o700);
});

it.each([0o720, 0o702, 0o777, 0o1777])('refuses a folder with mode %o and changes nothing', async (mode) => {
  const folder = join(await temporaryFolder(), 'state');
  await mkdir(folder);
  await chmod(folder, mode);
  await expect(openStateFolder(folder)).rejects.toThrow(/Other users can write.*chmod -R go-rwx/);
  expect((await stat(folder)).mode & 0o7777).toBe(mode);
});

it('refuses a link, even to a good folder', async () => {
  const base = await temporaryFolder();
  await openStateFolder(join(base, 'state'));
  await symlink(join(base, 'state'), join(base, 'link'));
  await expect(openStateFolder(join(base, 'link'))).rejects.toThrow(/is a link/);
});

it('resolves links above the folder', async () => {
  const base = await temporaryFolder();
  await mkdir(join(base, 'real'), { mode: 0o700 });
  await symlink(join(base, 'real'), join(base, 'link'));
  await expect(openStateFolder(join(base, 'link/state'))).resolves.toBe(join(base, 'real/state'));
});

it('refuses a file', async () => {
  const path = join(await temporaryFolder(), 'state');
  await writeFile(path, '');
  await expect(openStateFolder(path)).rejects.toThrow(/cannot be made|is not a folder/);
});

it('refuses a folder of another user', async () => {
  const foreign = isRoot ? join(await temporaryFolder(), 'state') : '/usr';
  if (isRoot) {
    await mkdir(foreign, { mode: 0o700 });
    await chown(foreign, 65534, 65534);
  }
  await expect(openStateFolder(foreign)).rejects.toThrow(/belongs to another user/);
});

it('refuses a place where others can put another folder in its stead', async () => {
  const base = await temporaryFolder();
  await mkdir(join(base, 'shared/inner'), { recursive: true, mode: 0o700 });
  await chmod(join(base, 'shared'), 0o777);
  await expect(openStateFolder(join(base, 'shared/inner/state'))).rejects.toThrow(
    /can replace folders in .*shared,.*chmod go-w/,
  );
});

it.runIf(isRoot)('refuses a place that belongs to another user', async () => {
  const base = await temporaryFolder();
  await mkdir(join(base, 'theirs'), { mode: 0o755 });
  await chown(join(base, 'theirs'), 65534, 65534);
  await expect(openStateFolder(join(base, 'theirs/state'))).rejects.toThrow(/can replace folders in/);
});

it.runIf(!isRoot)('says so where nothing may be made', async () => {
  await expect(openStateFolder('/usr/latchkey-state')).rejects.toThrow(/cannot be made.*another one/);
});
