import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import type { Entry } from '../facts/fake-disk.ts';
import { type Asked, disk, judge, said, T } from './world.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const mine: Entry = { file: 'mine', runs: true };
const evil: Entry = { file: 'evil', runs: true };
const noted = (notes: object) => ({ entries: { r1: notes } });
const remembers = (...paths: string[]) =>
  noted({ hashes: Object.fromEntries(paths.map((path) => [path, sha256('mine')])) });
const rule = (pattern: string) => [{ id: 'r1', pattern }];

/** A rule that was used for one file, and what stands in that file's place. */
describe('a rule that remembers a file of this user', () => {
  it.each<[string, readonly string[], string, Record<string, Entry>, string, string]>([
    ['the file itself', ['bin/mytool'], `${T}/bin/mytool`, { mytool: mine }, 'run rule-matches', 'mytool'],
    [
      'other content',
      ['bin/mytool'],
      `${T}/bin/mytool`,
      { mytool: evil },
      'prompt changed-since-allowed',
      'mytool',
    ],
    [
      'a link to a file beside it',
      ['bin/mytool'],
      `${T}/bin/mytool`,
      { mytool: { link: 'evil' }, evil },
      'prompt allowlist-miss',
      'mytool',
    ],
    [
      'a link to a file that is called like one with several names',
      ['bin/mytool'],
      `${T}/bin/mytool`,
      { mytool: { link: 'volta-shim' }, 'volta-shim': evil },
      'prompt allowlist-miss',
      'mytool',
    ],
    [
      'a link to a hidden file, for a rule by name',
      ['bin/mytool'],
      'mytool',
      { mytool: { link: '.evil' }, '.evil': evil },
      'prompt changed-since-allowed',
      'mytool',
    ],
    [
      'a link with the same content, for a rule by name',
      ['bin/mytool'],
      'mytool',
      { mytool: { link: '.other' }, '.other': mine },
      'prompt changed-since-allowed',
      'mytool',
    ],
    ['the same by name', ['bin/mytool'], 'mytool', { mytool: mine }, 'run rule-matches', 'mytool'],
    [
      'a second file under a pattern that is for whatever is there',
      ['bin/mytool'],
      `${T}/bin/*`,
      { other: evil },
      'run rule-matches',
      'other',
    ],
    [
      'a file with several names that it remembers',
      ['bin/volta-shim'],
      `${T}/bin/mytool`,
      { mytool: { link: 'volta-shim' }, 'volta-shim': mine },
      'run rule-matches',
      'mytool',
    ],
    [
      'a file with several names that was changed',
      ['bin/volta-shim'],
      `${T}/bin/mytool`,
      { mytool: { link: 'volta-shim' }, 'volta-shim': evil },
      'prompt allowlist-miss',
      'mytool',
    ],
  ])('%s', async (_, paths, pattern, files, expected, name) => {
    const world = disk(
      Object.fromEntries(Object.entries(files).map(([file, entry]) => [`${T}/bin/${file}`, entry])),
    );
    const notes = remembers(...paths.map((path) => `${T}/${path}`));
    expect(said(await judge([name], { rules: rule(pattern), notes, disk: world }))).toBe(expected);
  });
});

it('a pattern for whatever is there is held against the file, not against what a link is called', async () => {
  const world = disk({ [`${T}/bin/mytool`]: { link: 'volta-shim' }, [`${T}/bin/volta-shim`]: mine });
  const say = async (pattern: string) => said(await judge(['mytool'], { rules: rule(pattern), disk: world }));
  expect(await say(`${T}/bin/v*`)).toBe('run rule-matches');
  expect(await say(`${T}/bin/my*`)).toBe('prompt allowlist-miss');
});

it('a link in another place is not believed to be a program with several names', async () => {
  const asked: Asked = { rules: [{ pattern: `${T}/dep.sh` }] };
  const world = (entry: Entry) => disk({ [`${T}/dep.sh`]: entry, [`${T}/busybox`]: evil });
  expect(said(await judge(['./dep.sh'], { ...asked, disk: world(mine) }))).toBe('run rule-matches');
  expect(said(await judge(['./dep.sh'], { ...asked, disk: world({ link: 'busybox' }) }))).toMatch(/^prompt/);
});

describe('a rule by name', () => {
  const places = noted({ places: ['/usr/bin/ls'] });
  const trojan = disk({ [`${T}/bin/ls`]: evil });
  const linked = disk({ [`${T}/bin/ls`]: { link: '/usr/bin/whoami' } });
  it.each<[string, object, Asked['disk'], string]>([
    ['runs what it was used for', places, disk(), 'run rule-matches'],
    ['notices a program put in front of it', places, trojan, 'prompt changed-since-allowed'],
    ['notices a link put in front of it', places, linked, 'prompt changed-since-allowed'],
    ['runs what root put there instead', noted({ places: ['/opt/ls'] }), disk(), 'run rule-matches'],
    ['takes the first that it is used for', {}, trojan, 'run rule-matches'],
  ])('%s', async (_, notes, world, expected) => {
    expect(said(await judge(['ls'], { rules: rule('ls'), notes, ...(world && { disk: world }) }))).toBe(
      expected,
    );
  });
});

it('only a file that root alone can write is what it is called as', async () => {
  const world = disk({
    [`${T}/bin/mytool`]: { link: 'busybox' },
    [`${T}/bin/busybox`]: evil,
    '/usr/bin/cksum': { link: 'busybox' },
  });
  expect(said(await judge(['mytool', 'x'], { rules: ['*'], disk: world }))).toBe('prompt carrier');
  expect(said(await judge(['cksum', 'x'], { rules: ['*'], disk: world }))).toBe('run rule-matches');
});
