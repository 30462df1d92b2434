import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { hashEnvironment } from '../../main/audit/environment-hashes.ts';
import { Journal } from '../../main/audit/journal.ts';
import { readPastRequests } from '../../main/audit/past-requests.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';
import { end, linesOf, note, outlineOf, request, start } from './entries.ts';

const line = (seq: number, text: string) =>
  `${JSON.stringify({ seq, at: '2026-11-22T10:00:00.000Z', kind: 'note', text })}\n`;

async function withContent(content: string | Buffer): Promise<string> {
  const path = join(await temporaryFolder(), 'audit.jsonl');
  await writeFile(path, content);
  return path;
}

describe('reading passes over what is bad, says where, and goes on', () => {
  it.each<[string, string | Buffer, string[]]>([
    ['nothing', '', []],
    ['good lines', line(1, 'a') + line(2, 'b'), ['a', 'b']],
    [
      'no JSON',
      `${line(1, 'a')}{"seq":2\n${line(3, 'c')}`,
      ['a', '(not-an-entry)', '(out-of-sequence)', 'c'],
    ],
    ['an empty line', `${line(1, 'a')}\n${line(2, 'b')}`, ['a', '(not-an-entry)', 'b']],
    [
      'another schema',
      `${line(1, 'a')}{"seq":2,"at":"x","kind":"note","text":"b"}\n`,
      ['a', '(not-an-entry)'],
    ],
    [
      'no UTF-8',
      Buffer.concat([Buffer.from(line(1, 'a')), Buffer.from([0xff, 0x0a]), Buffer.from(line(2, 'b'))]),
      ['a', '(not-an-entry)', 'b'],
    ],
    ['a line without end', line(1, 'a') + line(2, 'b').trimEnd(), ['a', '(unfinished)']],
    ['a removed line', line(1, 'a') + line(3, 'c'), ['a', '(out-of-sequence)', 'c']],
    ['a repeated line', line(1, 'a') + line(1, 'a'), ['a', '(out-of-sequence)', 'a']],
    ['a removed beginning', line(2, 'b'), ['(out-of-sequence)', 'b']],
    ['a line of 3 MB', `${line(1, 'a')}${'x'.repeat(3_000_000)}\n${line(2, 'b')}`, ['a', '(too-long)', 'b']],
    ['3 MB without end', `${line(1, 'a')}${'x'.repeat(3_000_000)}`, ['a', '(unfinished)']],
    [
      'lines over the borders of what is read at once',
      Array.from({ length: 100 }, (_, n) => line(n + 1, 'ä'.repeat(3_000 + n))).join(''),
      Array.from({ length: 100 }, (_, n) => 'ä'.repeat(3_000 + n)),
    ],
  ])('%s', async (_name, content, outline) => {
    expect(await outlineOf(await withContent(content))).toEqual(outline);
  });

  it('with the place in bytes', async () => {
    const first = line(1, 'ä');
    expect(await linesOf(await withContent(`${first}x\n`))).toMatchObject([
      { kind: 'entry' },
      { kind: 'bad', offset: Buffer.byteLength(first) },
    ]);
  });

  it('and a record that is not there has no lines', async () => {
    expect(await linesOf(join(await temporaryFolder(), 'audit.jsonl'))).toEqual([]);
  });

  it('masks what an older version wrote openly', async () => {
    expect(await outlineOf(await withContent(line(1, 'TOKEN=hunter2')))).toEqual(['TOKEN=***']);
  });
});

describe('what is remembered over a restart', () => {
  const epoch = new Date(0);

  async function recorded(...facts: Parameters<Journal['append']>[0][]): Promise<string> {
    const journal = await Journal.open(
      join(await temporaryFolder(), 'audit.jsonl'),
      () => new Date('2026-11-22T10:00:00Z'),
    );
    for (const fact of facts) await journal.append(fact);
    await journal.close();
    return journal.path;
  }

  it('is how far each request with a key had come', async () => {
    const path = await recorded(
      request('asked'),
      request('denied'),
      {
        kind: 'decision',
        requestId: 'denied',
        digest: null,
        decision: 'deny',
        by: { who: 'person' },
        reason: 'user-denied',
        text: null,
      },
      request('started'),
      start('started'),
      request('ended'),
      note('between'),
      start('ended'),
      end('ended', 'output'),
      { ...request('without key'), idempotencyKey: null },
    );
    expect(await readPastRequests(path, epoch)).toMatchObject([
      {
        request: { requestId: 'asked', idempotencyKey: 'key of asked' },
        decision: null,
        start: null,
        end: null,
      },
      {
        request: { requestId: 'denied' },
        decision: { decision: 'deny', reason: 'user-denied' },
        start: null,
      },
      { request: { requestId: 'started' }, start: { kind: 'start' }, end: null },
      {
        request: { requestId: 'ended' },
        start: { kind: 'start' },
        end: { exitCode: 0, outputTail: 'output' },
      },
    ]);
  });

  it('is only what arrived late enough', async () => {
    const path = await recorded(request('old'));
    expect(await readPastRequests(path, new Date('2026-11-22T10:00:00Z'))).toHaveLength(1);
    expect(await readPastRequests(path, new Date('2026-11-22T10:00:01Z'))).toHaveLength(0);
  });
});

it('an environment is recorded by name, and by a hash that changes with the value', () => {
  const hashes = hashEnvironment({ A: 'hunter2', B: 'hunter2', C: 'hunter3' });
  expect(Object.keys(hashes)).toEqual(['A', 'B', 'C']);
  expect(hashes['A']).toMatch(/^[0-9a-f]{16}$/);
  expect(hashes['A']).toBe(hashes['B']);
  expect(hashes['A']).not.toBe(hashes['C']);
});
