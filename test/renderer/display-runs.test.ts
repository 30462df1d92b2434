import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { display, displayLine } from '../../main/text/display.ts';
import {
  codeOf,
  codeOfLetter,
  type Drawn,
  drawn,
  nameOf,
  plainOf,
} from '../../renderer/shared/display-runs.ts';

const textOf = (pieces: readonly Drawn[]): string =>
  pieces.map((piece) => (piece.kind === 'odd-word' ? plainOf(piece.runs) : piece.text)).join('');

describe('runs', () => {
  it('are drawn whole, in order, whatever the text', () => {
    const hostile = fc.string({ unit: fc.constantFrom(...'ab \u043e\u202e\t\n<&"\u200b\u2713_1'.split('')) });
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
        for (const runs of [display(text), displayLine(text)])
          expect(textOf(drawn(runs))).toBe(plainOf(runs));
      }),
    );
  });

  it('keep a word together that holds a letter from elsewhere', () => {
    expect(drawn(display('https://d\u043ewnl\u043eads.example'))).toEqual([
      { kind: 'plain', text: 'https://' },
      {
        kind: 'odd-word',
        runs: [
          { kind: 'plain', text: 'd' },
          { kind: 'odd-script', text: '\u043e' },
          { kind: 'plain', text: 'wnl' },
          { kind: 'odd-script', text: '\u043e' },
          { kind: 'plain', text: 'ads' },
        ],
      },
      { kind: 'plain', text: '.example' },
    ]);
  });

  it.each([
    ['\\u{202E}', 'U+202E', 'charOverride'],
    ['\\u{A}', 'U+000A', 'charLineFeed'],
    ['\\u{1F512}', 'U+1F512', null],
    ['not an escape', 'not an escape', null],
  ])('%s is shown as %s', (escape, code, name) => {
    expect(codeOf(escape)).toBe(code);
    expect(nameOf(escape)).toBe(name);
  });

  it('name a letter by its number', () => {
    expect(codeOfLetter('\u043e')).toBe('U+043E');
  });
});
