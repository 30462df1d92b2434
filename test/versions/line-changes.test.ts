import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type LineChange, lineChanges } from '../../main/versions/line-changes.ts';

const SIGN = { same: ' ', added: '+', removed: '-' } as const;
const drawn = (hunk: readonly LineChange[]) =>
  hunk.map(
    ({ kind, number, text, unended }) => `${SIGN[kind]}${number} ${text}${unended ? ' (no end)' : ''}`,
  );
const said = (before: string, after: string) => lineChanges(before, after)?.hunks.map(drawn);
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${from + index}\n`).join('');

describe('what changed in a file', () => {
  it('is shown with three unchanged lines around it, by the numbers of today', () => {
    expect(said(numbered(1, 20), numbered(1, 9) + 'new\n' + numbered(11, 20))).toEqual([
      [' 7 7', ' 8 8', ' 9 9', '-10 10', '+10 new', ' 11 11', ' 12 12', ' 13 13'],
    ]);
  });

  it('keeps apart what is far apart', () => {
    const before = numbered(1, 40);
    const after = before.replace('2\n', 'two\n').replace('35\n', 'later\n');
    expect(said(before, after)?.map((hunk) => hunk.at(0))).toEqual([' 1 1', ' 32 32']);
  });

  it.each([
    ['a lost line end', 'a\nb\n', 'a\nb', [[' 1 a', '-2 b', '+2 b (no end)']]],
    ['all of it', 'a\n', 'b\n', [['-1 a', '+1 b']]],
    ['a first line', '', 'a\n', [['+1 a']]],
    ['the last line', 'a\n', '', [['-1 a']]],
    ['a carriage return', 'a\r\n', 'a\n', [['-1 a\r', '+1 a']]],
    ['nothing', 'a\n', 'a\n', []],
  ])('%s', (_what, before, after, hunks) => {
    expect(said(before, after)).toEqual(hunks);
  });

  it('gives up where there is too much of it, rather than keeping a person waiting', () => {
    const lines = (word: string) => Array.from({ length: 5000 }, (_, at) => `${word}${at}\n`).join('');
    const startedMs = performance.now();
    expect(lineChanges(lines('a'), lines('b'))).toBeNull();
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });

  it('loses no line: what is added and kept is the file as it is now, whatever the two were', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '', 'c\r'), { maxLength: 12 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const changes = lineChanges(before, after);
        const rows = changes?.hunks.flat() ?? [];
        const after2 = after.match(/[^\n]*\n|[^\n]+$/g) ?? [];
        for (const { kind, number, text: line, unended } of rows) {
          if (kind !== 'removed') expect(after2[number - 1]).toBe(line + (unended ? '' : '\n'));
        }
        expect(rows.some(({ kind }) => kind !== 'same')).toBe(before !== after);
      }),
    );
  });
});
