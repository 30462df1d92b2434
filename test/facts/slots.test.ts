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
  const here = () => Promise.resolve('here');
  const said = (work: Promise<unknown>) => work.catch(problemOf);

  it('what hangs is late, what waits behind it is refused at once, and nothing once it comes back', async () => {
    const late = [inLookSlot(10, hangs), inLookSlot(10, hangs), inReadSlot(10, hangs)];
    const waiting = [inLookSlot(60_000, here), inReadSlot(60_000, here)];
    expect(await Promise.all([...late, ...waiting].map(said))).toEqual(Array(5).fill('too-slow'));
    expect(await said(inLookSlot(60_000, here))).toBe('too-slow');
    expect(await diskFacts().trace(home)).toEqual({ found: false, problem: 'too-slow' });
    expect(await diskFacts().read(names[0] ?? '', bounds)).toEqual({ ok: false, problem: 'too-slow' });
    expect(await diskFacts().peek(names[0] ?? '', 1)).toBeNull();
    for (const comeBack of hung) comeBack();
    await new Promise(setImmediate);
    expect(await said(inLookSlot(60_000, here))).toBe('here');
    expect(await diskFacts().trace(home)).toMatchObject({ found: true });
    expect(await diskFacts().read(names[0] ?? '', bounds)).toMatchObject({ ok: true });
  });

  it('one slot is enough for the others to go on', async () => {
    const late = said(inLookSlot(10, hangs));
    const waiting = Array.from({ length: 20 }, () => said(inLookSlot(60_000, here)));
    expect(await late).toBe('too-slow');
    expect(await Promise.all(waiting)).toEqual(Array(20).fill('here'));
    hung.at(-1)?.();
  });
});
