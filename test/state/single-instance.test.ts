import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { build } from 'esbuild';
import { beforeAll, expect, it, onTestFinished } from 'vitest';

import { holdStateFolder } from '../../main/state/single-instance.ts';
import { temporaryFolder } from './temporary-folder.ts';

let program = '';
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'hold-and-report.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
  });
  program = outputFiles[0]?.text ?? '';
});

/** Another process that tries to hold the folder; it lives until the test ends or kills it. */
async function contender(folder: string, at = 0): Promise<{ child: ChildProcess; line: Promise<string> }> {
  const script = join(await temporaryFolder(), 'contender.mjs');
  await writeFile(script, program);
  const child = spawn(process.execPath, [script, folder, String(at)], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const line = once(child.stdout, 'data').then(([chunk]) => String(chunk).trim());
  return { child, line };
}

it('refuses a second process and says who holds the folder', async () => {
  const folder = await temporaryFolder();
  await holdStateFolder(folder, 'the Latchkey app');
  const { line } = await contender(folder);
  expect(await line).toMatch(
    new RegExp(`in use by the Latchkey app \\(process ${process.pid}, since .*Quit it first`),
  );
});

it('is free again at once when it is released, and after kill -9', async () => {
  const folder = await temporaryFolder();
  await (await holdStateFolder(folder, 'Latchkey')).release();
  const first = await contender(folder);
  expect(await first.line).toBe('held');
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const second = await contender(folder);
  expect(await second.line).toBe('held');
  expect(await readdir(folder)).toEqual(['instance-3.json']);
});

it('is not held by a later process that has the number of the dead one', async () => {
  const folder = await temporaryFolder();
  const dead = {
    program: 'Latchkey',
    pid: process.pid,
    identity: 'an earlier one',
    since: new Date().toISOString(),
    released: false,
  };
  await writeFile(join(folder, 'instance-7.json'), JSON.stringify(dead));
  await holdStateFolder(folder, 'Latchkey');
  expect(await readdir(folder)).toEqual(['instance-8.json']);
});

it('is refused when nobody can tell who holds it', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'instance-1.json'), '');
  await expect(holdStateFolder(folder, 'Latchkey')).rejects.toThrow(
    /instance-1\.json cannot be read.*remove it/,
  );
});

it('goes to exactly one of many that find the holder dead at the same moment', async () => {
  for (let round = 0; round < 3; round++) {
    const folder = await temporaryFolder();
    const dead = await contender(folder);
    expect(await dead.line).toBe('held');
    dead.child.kill('SIGKILL');
    await once(dead.child, 'exit');
    const at = Date.now() + 800;
    const contenders = await Promise.all(Array.from({ length: 8 }, () => contender(folder, at)));
    const lines = await Promise.all(contenders.map(({ line }) => line));
    expect(lines.filter((line) => line === 'held')).toHaveLength(1);
    expect(lines.filter((line) => line.includes('is in use by'))).toHaveLength(7);
  }
});

it('is never held by two, however holding and giving away overlap', async () => {
  const folder = await temporaryFolder();
  let inside = 0;
  let most = 0;
  let times = 0;
  const contend = async () => {
    while (times < 40) {
      const instance = await holdStateFolder(folder, 'Latchkey').catch(() => null);
      if (instance === null) continue;
      most = Math.max(most, (inside += 1));
      times += 1;
      await readdir(folder);
      inside -= 1;
      await instance.release();
    }
  };
  await Promise.all(Array.from({ length: 8 }, contend));
  expect(most).toBe(1);
});
