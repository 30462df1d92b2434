import { describe, expect, it } from 'vitest';

import { PatternWork } from '../../main/policy/arg-pattern.ts';
import { namesOwnFiles } from '../../main/policy/own-files.ts';
import { matchRule, type Rule } from '../../main/policy/rule.ts';

const own = {
  bundle: ['/Applications/Latchkey.app'],
  files: [],
  stateFolder: '/home/u/Library/Latchkey',
  keychainService: 'Latchkey pairing',
};
const from = (cwd: string, ...words: string[]) => namesOwnFiles(own, words, { cwd, home: '/home/u' });

describe('a command names what is ours', () => {
  it.each([
    ['/home/u/Library/Latchkey'],
    ['cat /home/u/library/latchkey/rules.json'],
    ['x=/home/u/Library/Latchkey/x'],
    ['cat ~/Library/Latchkey/x'],
    ['cat $HOME/Library/Latchkey/x'],
    ['cat ${HOME}/Library/Latchkey/x'],
    [`cat /home/u/Lib'rary'/"Latch"key/x`],
    ['cat /home/u/Library/Latch\\key/x'],
    ['ls /Applications/Latchkey.app'],
    ['Latchkey pairing'],
    ["security find-generic-password -s 'Latchkey pairing'"],
    ['Latch"key" pairing'],
    ['../Library/Latchkey'],
    ['a;../Library/Latchkey/x'],
    ['--file=../Library/Latchkey/x'],
    ['~/x/../Library/Latchkey'],
    ['/System/Volumes/Data/home/u/Library/Latchkey/x'],
    ['/system/volumes/data/applications/latchkey.app'],
    ['/.nofollow/home/u/Library/Latchkey/x'],
    ['/.resolve/1/.nofollow/System/Volumes/Data/home/u//Library/./Latchkey/x'],
  ])('by %j', (word) => {
    expect(from('/home/u/p', word)).toBe(true);
    expect(from('/home/u/p', 'cat', word)).toBe(true);
  });

  it.each([
    '/home/u/Library/Latchkey',
    '/home/u/Library/Latchkey/versions',
    '/Applications/Latchkey.app/Contents',
    '/System/Volumes/Data/home/u/Library/Latchkey',
  ])('by standing in %s', (cwd) => {
    expect(from(cwd, 'ls')).toBe(true);
  });

  it.each([
    ['ls'],
    ['/home/u/Library'],
    ['cat latchkey/README.md'],
    ['~/Library'],
    ['/x/Latchkey pairing/y'],
    [''],
  ])('and not by %j', (word) => {
    expect(from('/home/u/p', word)).toBe(false);
  });

  it('and no place that is empty, or everything, is ours', () => {
    const nothing = { bundle: ['', '/'], files: [], stateFolder: '', keychainService: '' };
    expect(namesOwnFiles(nothing, ['/', 'ls', '~/x', ''], { cwd: '/', home: '/home/u' })).toBe(false);
  });
});

describe('a ticked command', () => {
  const plain: Rule = {
    key: 'k',
    pattern: '/opt/tool',
    argPattern: null,
    generated: false,
    hashes: {},
    places: [],
    off: null,
  };
  const rule: Rule = { ...plain, byName: 'tool' };
  const subject = (given: string, by: 'name' | 'path', shared = false) => ({
    program: { given, by, file: { realPath: '/opt/tool', shared, replaceable: false } },
    args: ['--whatever'],
    cwd: '/',
    home: '/home/u',
    needsArguments: false,
    unknownOption: true,
    fed: false,
    sha256: null,
  });
  it.each([
    ['that PATH finds by its name counts, with any option', subject('/bin/tool', 'name'), 'yes'],
    ['that is named by its path does not', subject('/bin/tool', 'path'), 'no'],
    ['under another name does not', subject('/bin/other', 'name'), 'no'],
    ['that others can replace does not', subject('/bin/tool', 'name', true), 'no'],
  ])('%s', (_, what, expected) => {
    expect(matchRule(rule, what, new PatternWork())).toBe(expected);
  });
  it('is the only rule without arguments that covers an option of which nobody knows', () => {
    expect(matchRule(plain, subject('/bin/tool', 'path'), new PatternWork())).toBe('too-wide');
  });
});
