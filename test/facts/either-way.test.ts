import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { diskFacts } from '../../main/facts/disk-facts.ts';
import { asOpened, traceEitherWay } from '../../main/facts/either-way.ts';

describe('a path as the kernel gets it', () => {
  it.each([
    ['./x', '/home/u/x'],
    ['a//b/./c', '/home/u/a/b/c'],
    ['../x', '/home/x'],
    ['./../x', '/home/x'],
    ['/a/b', '/a/b'],
    ['/../a', '/a'],
    ['a/../x', '/home/u/a/../x'],
    ['../a/..', '/home/u/../a/..'],
    ['/a/../x', '/a/../x'],
    ['a../x', '/home/u/a../x'],
  ])('%j is %j', (path, expected) => {
    expect(asOpened('/home/u', path)).toBe(expected);
  });
});

describe('a path with a step back', () => {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-')));
  for (const folder of ['here/inside', 'there/inside']) mkdirSync(join(home, folder), { recursive: true });
  for (const file of ['here/run', 'there/run']) writeFileSync(join(home, file), file);
  symlinkSync(join(home, 'here/inside'), join(home, 'here/same'));
  symlinkSync(join(home, 'there/inside'), join(home, 'here/out'));
  afterAll(() => {
    rmSync(home, { recursive: true });
  });
  it.each([
    ['inside/../run', 'here/run'],
    ['same/../run', 'here/run'],
    ['out/../run', 'two-files'],
    ['out/../inside', 'two-files'],
    ['nowhere/../run', 'missing'],
    ['out/../nothing', 'missing'],
  ])('%s leads to %s', async (path, expected) => {
    const traced = await traceEitherWay(asOpened(join(home, 'here'), path), diskFacts());
    expect(traced.found ? traced.realPath : traced.problem).toBe(
      traced.found ? join(home, expected) : expected,
    );
  });
});
