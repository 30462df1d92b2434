import { execFileSync } from 'node:child_process';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { quoteWords } from '../../main/text/quote.ts';

describe('quoted words', () => {
  it.each([
    [['ls', '-la', './a.txt'], 'ls -la ./a.txt'],
    [['echo', ''], "echo ''"],
    [['echo ', 'x'], "'echo ' x"],
    [['echo', "it's"], "echo 'it'\\''s'"],
    [['echo', '$(id)'], "echo '$(id)'"],
    [['~/x'], "'~/x'"],
  ])('%j reads %s', (words, expected) => {
    expect(quoteWords(words)).toBe(expected);
  });

  it('mean the same words to a shell', () => {
    const word = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const echoed = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${quoteWords(words)}`], {
          encoding: 'utf8',
        });
        expect(echoed.split('\0').slice(0, -1)).toEqual(words);
      }),
      { numRuns: 50 },
    );
  });
});
