import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { installGateway } from './install.mjs';

let cache: string;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'latchkey-install-'));
});

afterEach(() => rmSync(cache, { recursive: true, force: true }));

const entry = 'openclaw/node_modules/openclaw/openclaw.mjs';

/** Puts a small tree where npm would put a large one, and counts how often it was asked to. */
function installer(version: string): { install: (folder: string) => Promise<void>; times: () => number } {
  let times = 0;
  return {
    times: () => times,
    install: async (folder) => {
      times += 1;
      mkdirSync(join(folder, 'openclaw/node_modules/openclaw'), { recursive: true });
      writeFileSync(join(folder, entry), version);
      writeFileSync(join(folder, 'openclaw/other.mjs'), version);
      await Promise.resolve();
    },
  };
}

test('what is installed and whole is used again', async () => {
  const { install, times } = installer('first');
  const first = await installGateway(cache, install);
  expect(await installGateway(cache, install)).toEqual(first);
  expect(times()).toBe(1);
});

test.each([
  ['lost a file', (folder: string) => rmSync(join(folder, 'openclaw/other.mjs'))],
  ['was cut short', (folder: string) => writeFileSync(join(folder, 'openclaw/other.mjs'), '')],
  ['lost its list of contents', (folder: string) => rmSync(join(folder, 'contents.json'))],
])('an installation that %s is made anew', async (_, damage) => {
  await installGateway(cache, installer('first').install);
  damage(join(cache, readdirSync(cache)[0] ?? ''));
  const { openclaw } = await installGateway(cache, installer('second').install);
  expect(readFileSync(openclaw, 'utf8')).toBe('second');
});

test('an installation that was killed is not taken for a whole one, and leaves nothing behind', async () => {
  const script = `
    import { writeFileSync } from 'node:fs';
    import { installGateway } from ${JSON.stringify(new URL('install.mjs', import.meta.url).href)};
    await installGateway(${JSON.stringify(cache)}, async (folder) => {
      writeFileSync(folder + '/half', '');
      process.stdout.write('half-way');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const { openclaw } = await installGateway(cache, installer('whole').install);
  expect(readFileSync(openclaw, 'utf8')).toBe('whole');
  expect(readdirSync(cache)).toHaveLength(1);
});

test('of two that ask at once one installs, and both get it', async () => {
  const { install, times } = installer('once');
  const both = await Promise.all([installGateway(cache, install), installGateway(cache, install)]);
  expect(both[0]).toEqual(both[1]);
  expect(times()).toBe(1);
});

test('an installation that fails leaves nothing that looks like one, and lets the next one try', async () => {
  const failing = (): Promise<void> => Promise.reject(new Error('no route to the registry'));
  await expect(installGateway(cache, failing)).rejects.toThrow('no route to the registry');
  const { openclaw } = await installGateway(cache, installer('later').install);
  expect(existsSync(openclaw)).toBe(true);
});
