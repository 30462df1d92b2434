import { expect, it } from 'vitest';

import { NO_RULES, rulesFile } from '../../main/policy/rules-file.ts';
import { withFirstUse, withHashes } from '../../main/policy-files/remembered-files.ts';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];
const notes = (entry: object) => rulesFile.parse({ entries: { r1: entry } });
const use = (pattern: string, executable: string, sha256: string | null) => ({
  key: 'r1',
  pattern,
  executable,
  sha256,
});

it.each([
  ['a file of this user', use('tool', '/u/tool', A), { hashes: { '/u/tool': A } }],
  ['what only root can write, by name', use('ls', '/usr/bin/ls', null), { places: ['/usr/bin/ls'] }],
])('the first use of a rule is noted: %s', (_, matched, expected) => {
  expect(withFirstUse(NO_RULES, matched)?.entries['r1']).toMatchObject(expected);
});

it.each([
  ['a path where only root can write', NO_RULES, use('/usr/bin/ls', '/usr/bin/ls', null)],
  ['a pattern for whatever root puts there', NO_RULES, use('l*', '/usr/bin/ls', null)],
  ['the same file again', notes({ hashes: { '/u/tool': A } }), use('tool', '/u/tool', B)],
  ['root’s beside a file of this user', notes({ hashes: { '/u/ls': A } }), use('ls', '/usr/bin/ls', null)],
  ['root’s beside root’s', notes({ places: ['/bin/ls'] }), use('ls', '/usr/bin/ls', null)],
])('nothing is noted for %s', (_, rules, matched) => {
  expect(withFirstUse(rules, matched)).toBe(rules);
});

it.each([
  ['a file of this user', notes({ hashes: { '/u/tool': A } })],
  ['what only root can write', notes({ places: ['/usr/bin/tool'] })],
])('another file is not noted beside %s, and nothing runs', (_, rules) => {
  expect(withFirstUse(rules, use('tool', '/u/other', B))).toBeNull();
});

it('a pattern for whatever is there notes each file', () => {
  const rules = notes({ hashes: { '/u/a': A } });
  expect(withFirstUse(rules, use('/u/*', '/u/b', B))?.entries['r1']?.hashes).toEqual({
    '/u/a': A,
    '/u/b': B,
  });
});

it('an answer of the person replaces what was noted, and changes nothing where it is the same', () => {
  const rules = notes({ hashes: { '/u/a': A } });
  const seen = (sha256: string | null) => withHashes(rules, ['r1'], [{ executable: '/u/a', sha256 }]);
  expect(seen(B).entries['r1']?.hashes).toEqual({ '/u/a': B });
  expect(seen(A)).toBe(rules);
  expect(seen(null)).toBe(rules);
});
