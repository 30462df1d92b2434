import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { diskFacts } from '../../main/facts/disk-facts.ts';
import { inLookSlot, inReadSlot } from '../../main/facts/slots.ts';
import { problemOf } from '../../main/facts/trace-path.ts';

const bounds = { limit: 100, keep: 0 };
let home: string;
let names: string[];

beforeAll(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-slots-')));
  names = Array.from({ length: 20 }, (_, index) => join(home, `file-${index}`));
  for (const name of names) writeFileSync(name, 'abc');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The most calls to the file system that wait in a thread at the same time, until the work is done. */
async function mostAtOnce(work: Promise<unknown>): Promise<number> {
  const counts: number[] = [];
  const count = (): void => {
    counts.push(process.getActiveResourcesInfo().filter((name) => name.startsWith('FSReq')).length);
    turn = setImmediate(count);
  };
  let turn = setImmediate(count);
  await work;
  clearImmediate(turn);
  return Math.max(...counts);
}

describe('of the four threads that files have', () => {
  it('looks take two, however many there are', async () => {
    const files = diskFacts();
    expect(await mostAtOnce(Promise.all(names.map((name) => files.trace(name))))).toBe(2);
  });

  it('reads take one', async () => {
    const files = diskFacts();
    const reads = names.flatMap((name) => [files.read(name, bounds), files.peek(name, 1)]);
    expect(await mostAtOnce(Promise.all(reads))).toBe(1);
  });
});

describe('where a disk hangs', () => {
  const hung: (() => void)[] = [];
  const hangs = () => new Promise<void>((resolve) => hung.push(resolve));
  afterAll(() => hung.forEach((resolve) => resolve()));

  it('looks and reads that wait are late, and one too many is refused at once', async () => {
    let started = 0;
    const look = (): Promise<void> => {
      started += 1;
      return hangs();
    };
    const waiting = Array.from({ length: 10_002 }, () => inLookSlot(look));
    const other = inReadSlot(look);
    await expect(inLookSlot(look).catch(problemOf)).resolves.toBe('too-slow');
    expect(started).toBe(3);
    expect(await diskFacts().trace(home)).toEqual({ found: false, problem: 'too-slow' });
    while (hung.length > 0) {
      hung.splice(0).forEach((resolve) => resolve());
      await new Promise(setImmediate);
    }
    await Promise.all([...waiting, other]);
    expect(await diskFacts().trace(home)).toMatchObject({ found: true });
  });
});
