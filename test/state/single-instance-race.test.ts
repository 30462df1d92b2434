import type * as fs from 'node:fs/promises';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import { readIdentity } from '../../main/run/process-table.ts';
import { holdStateFolder } from '../../main/state/single-instance.ts';
import { temporaryFolder } from './temporary-folder.ts';

const before = vi.hoisted(() => ({ link: () => Promise.resolve() }));
vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof fs>();
  return {
    ...real,
    link: async (from: string, to: string) => {
      await before.link();
      await real.link(from, to);
    },
  };
});

it('gives way to whoever took the folder over while this process was held up', async () => {
  const folder = await temporaryFolder();
  const other = {
    program: 'another Latchkey',
    pid: process.pid,
    identity: await readIdentity(process.pid),
    since: new Date().toISOString(),
    released: false,
  };
  before.link = () => writeFile(join(folder, 'instance-5.json'), JSON.stringify(other));
  await expect(holdStateFolder(folder, 'Latchkey')).rejects.toThrow(/in use by another Latchkey/);
  expect(await readdir(folder)).toEqual(['instance-5.json']);
});
