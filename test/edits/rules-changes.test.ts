import { expect, it } from 'vitest';

import { tightenedRules } from '../../main/edits/rules-changes.ts';
import { rulesFile } from '../../main/policy/rules-file.ts';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];
const file = (entry: object) => rulesFile.parse({ entries: { r1: entry } });

it.each([
  ['a first file binds a rule that any file would do for', {}, { hashes: { '/u/a': A } }, true],
  ['another content would run', { hashes: { '/u/a': A } }, { hashes: { '/u/a': B } }, false],
  ['a second file would run as well', { hashes: { '/u/a': A } }, { hashes: { '/u/a': A, '/u/b': B } }, false],
  [
    'a file would run beside root’s',
    { places: ['/bin/a'] },
    { places: ['/bin/a'], hashes: { '/u/b': B } },
    false,
  ],
  ['a forgotten file makes any other the first', { hashes: { '/u/a': A } }, { hashes: {} }, false],
  ['a forgotten place makes any other the first', { places: ['/bin/a'] }, {}, false],
])('an edit of rules.json by another program: %s', (_, before, after, counts) => {
  expect(tightenedRules(file(before), file(after)).rest).toBe(!counts);
});
