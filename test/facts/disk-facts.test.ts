import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { diskFacts } from '../../main/facts/disk-facts.ts';
import type { FoundPath, Trace } from '../../main/facts/file-facts.ts';
import { lookUp } from '../../main/facts/look-up.ts';
import { readBounded } from '../../main/facts/read-bounded.ts';
import { withinTime } from '../../main/facts/within-time.ts';

const files = diskFacts();
const isRoot = process.getuid?.() === 0;
let home: string;

beforeAll(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-facts-')));
  mkdirSync(join(home, 'bin'));
  mkdirSync(join(home, 'sub'));
  writeFileSync(join(home, 'a'), 'abc');
  writeFileSync(join(home, 'bin/tool'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(home, 'bin/plain'), 'x', { mode: 0o644 });
  symlinkSync('../a', join(home, 'sub/link'));
  symlinkSync('loop', join(home, 'loop'));
  symlinkSync('sub', join(home, 'folder-link'));
  execFileSync('mkfifo', [join(home, 'fifo')]);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const found = (trace: Trace): FoundPath => {
  if (!trace.found) throw new Error(trace.problem);
  return trace;
};

describe('a path', () => {
  it('is followed link by link, and every step is kept', async () => {
    const trace = found(await files.trace(join(home, 'folder-link/link')));
    expect([trace.realPath, trace.kind, trace.sizeBytes]).toEqual([join(home, 'a'), 'file', 3]);
    expect(trace.components.filter(({ kind }) => kind === 'link').map(({ path }) => path)).toEqual([
      join(home, 'folder-link'),
      join(home, 'sub/link'),
    ]);
    expect(trace.components.at(-1)).toMatchObject({ path: join(home, 'a'), kind: 'file', size: '3' });
  });

  it('leads where the kernel says it leads', async () => {
    for (const path of [
      '/bin/sh',
      '/usr/bin/awk',
      '/usr/bin/../bin/env',
      '/proc/self/exe',
      `${home}/sub/../a`,
    ]) {
      const trace = await files.trace(path);
      if (trace.found) expect(trace.realPath).toBe(realpathSync.native(path));
    }
  });

  it.each([
    ['nope', 'missing'],
    ['a/b', 'missing'],
    ['a/', 'missing'],
    ['a/..', 'missing'],
    ['loop', 'loop'],
  ])('%s is answered: %s', async (name, problem) => {
    expect(await files.trace(`${home}/${name}`)).toMatchObject({ found: false, problem });
  });

  it('that is relative or holds NUL is none', async () => {
    expect((await files.trace('a')).found).toBe(false);
    expect((await files.trace('/\0')).found).toBe(false);
  });

  it('of the system is out of everybody’s reach, one of a user is not', async () => {
    expect(found(await files.trace('/usr/bin/env')).replaceable).toBe(false);
    writeFileSync(join(home, 'open'), 'x');
    chmodSync(join(home, 'open'), 0o666);
    expect(found(await files.trace(join(home, 'open')))).toMatchObject({ replaceable: true, shared: true });
    if (!isRoot)
      expect(found(await files.trace(join(home, 'a')))).toMatchObject({ replaceable: true, shared: false });
  });
});

describe('reading', () => {
  const bounds = { limit: 1000, keep: 2 };
  it('hashes all and keeps the beginning of that same read', async () => {
    const result = await files.read(join(home, 'a'), bounds);
    expect(result).toMatchObject({
      ok: true,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      sizeBytes: 3,
    });
    expect(result.ok && Buffer.from(result.head).toString()).toBe('ab');
  });

  it('never waits at a FIFO, and reads nothing that is no regular file', async () => {
    for (const path of [join(home, 'fifo'), home, '/dev/null', '/dev/zero', '/dev/tty']) {
      const started = performance.now();
      expect((await files.read(path, bounds)).ok).toBe(false);
      expect(await files.peek(path, 10)).toBeNull();
      expect(performance.now() - started).toBeLessThan(1500);
    }
  });

  it('refuses what is too large without reading it', async () => {
    const path = join(home, 'large');
    writeFileSync(path, '');
    truncateSync(path, 101 * 1024 * 1024);
    expect(await files.read(path, { limit: 100 * 1024 * 1024, keep: 0 })).toEqual({
      ok: false,
      problem: 'too-large',
    });
  });

  it('gives up on a file that grows for as long as it is read, and on one that takes too long', async () => {
    const path = join(home, 'grows');
    writeFileSync(path, 'x');
    let reads = 0;
    const grow = (): boolean => {
      appendFileSync(path, 'x'.repeat(1000));
      return (reads += 1) > 1000;
    };
    expect(await readBounded(path, bounds, 10_000, () => grow)).toEqual({ ok: false, problem: 'too-large' });
    expect(await readBounded(join(home, 'a'), bounds, 10_000, () => () => true)).toEqual({
      ok: false,
      problem: 'too-slow',
    });
  });

  it('waits at no disk that hangs', async () => {
    const hanging = diskFacts({ traceMs: 50, readMs: 50 });
    // Every thread that could look at the disk waits for somebody to write into the FIFO.
    const stuck = Array.from({ length: 64 }, () => open(join(home, 'fifo'), 'r'));
    const path = join(home, 'a');
    try {
      expect(await hanging.trace(path)).toEqual({ found: false, problem: 'too-slow' });
      expect(await hanging.once().trace(path)).toEqual({ found: false, problem: 'too-slow' });
      expect(await hanging.read(path, bounds)).toEqual({ ok: false, problem: 'too-slow' });
      expect(await hanging.peek(path, 10)).toBeNull();
    } finally {
      const writer = openSync(join(home, 'fifo'), constants.O_RDWR | constants.O_NONBLOCK);
      await Promise.all(stuck.map(async (handle) => (await handle).close()));
      closeSync(writer);
    }
    expect((await diskFacts().trace(path)).found).toBe(true);
  });

  it('refuses what may not be read', async () => {
    const path = join(home, 'secret');
    writeFileSync(path, 'x', { mode: 0o000 });
    if (!isRoot) expect(await files.read(path, bounds)).toEqual({ ok: false, problem: 'forbidden' });
    expect(await files.read(join(home, 'nope'), bounds)).toEqual({ ok: false, problem: 'missing' });
  });

  it('says when its time is over', async () => {
    expect(await withinTime(20, 'late', new Promise(() => undefined))).toBe('late');
    expect(await withinTime(10_000, 'late', Promise.resolve('there'))).toBe('there');
  });
});

describe('a program', () => {
  const where = () => ({ path: `/nope:${home}/bin:/usr/bin`, cwd: join(home, 'sub') });
  it.each([
    ['tool', 'bin/tool', 'name'],
    ['../bin/tool', 'bin/tool', 'path'],
  ])('%s is found', async (name, path, by) => {
    expect(await lookUp(name, where(), files)).toMatchObject({ given: join(home, path), by });
  });
  it.each(['plain', 'sub', 'nope', '', 'a\0', '../bin/plain', '..'])('%j is not one', async (name) => {
    expect(await lookUp(name, where(), files)).toBeNull();
  });
  it('found through a relative entry of PATH is not found by name', async () => {
    for (const path of ['../bin', '']) {
      const cwd = path === '' ? join(home, 'bin') : join(home, 'sub');
      expect(await lookUp('tool', { path, cwd }, files)).toMatchObject({
        given: join(home, 'bin/tool'),
        by: 'path',
      });
    }
  });
});

it('what is not there says where it would come to be', async () => {
  symlinkSync('sub/new', join(home, 'dangling'));
  const leadsTo = async (path: string) => {
    const trace = await files.trace(join(home, path));
    return trace.found ? null : trace.leadsTo;
  };
  expect(await leadsTo('dangling')).toBe(join(home, 'sub/new'));
  expect(await leadsTo('folder-link/a/b')).toBe(join(home, 'sub/a/b'));
  expect(await leadsTo('a/b')).toBeUndefined();
});
