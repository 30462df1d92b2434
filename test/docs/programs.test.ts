import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const end = (...args: string[]) => spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });

describe('a command line that is not understood', () => {
  it('of the tests names the suites before anything is compiled', () => {
    const { status, stderr } = end('test/run.mjs', 'core', 'corre');
    expect(status).toBe(64);
    expect(stderr).toBe("no suite is called 'corre': core, keychain, stand-in, windows, app\n");
  });

  it('of the bench is answered with its usage', () => {
    const { status, stderr } = end('dist/bench/bench.js', 'nonsense');
    expect(status).toBe(64);
    expect(stderr).toContain('usage: npm run bench');
  });
});
