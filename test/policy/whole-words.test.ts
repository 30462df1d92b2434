import { describe, expect, it } from 'vitest';

import { isPlainBuiltin } from '../../main/policy/builtins.ts';

const isPlain = (name: string, words: readonly string[]): boolean => isPlainBuiltin(name, words, words);

describe('a builtin takes a word that it knows, and evaluates no more of one that only holds it', () => {
  it.each([
    'exit 1',
    'return 2',
    'break 1',
    'continue 1',
    'shift 2',
    'wait -n',
    'wait 12',
    'wait %1',
    'jobs -lp',
    'jobs %1',
    'unset -v',
    'unset A',
    'unset --',
    'shopt -s',
    'shopt nullglob',
    'umask 022',
    'umask -S',
    'umask u=rwx',
    'ulimit -n',
    'ulimit 10',
    'ulimit unlimited',
    'hash -r',
    'read -r',
    'declare -x',
    'set -o pipefail',
    'test 5 -eq 5',
    'test -v A',
    'getopts ab name',
  ])('%s', (command) => {
    const [name = '', ...words] = command.split(' ');
    const endingWith = (word: string): readonly string[] => [...words.slice(0, -1), word];
    const last = words.at(-1) ?? '';
    expect(isPlain(name, words)).toBe(true);
    expect(isPlain(name, endingWith(`x[y]${last}`))).toBe(false);
    expect(isPlain(name, endingWith(`${last}x[y]`))).toBe(false);
  });
});

describe('and a word that the shell computes as a whole is no part of a longer one', () => {
  it.each([
    ['exit', '$?'],
    ['exit', '"$?"'],
    ['wait', '$!'],
    ['wait', '"$!"'],
    ['test', '"$X"'],
    ['test', '$?'],
    ['declare', 'A="$X"'],
  ])('%s %s', (name, source) => {
    const isPlainAs = (written: string): boolean => isPlainBuiltin(name, [null], [written]);
    expect(isPlainAs(source)).toBe(true);
    expect(isPlainAs(`$Y${source}`)).toBe(false);
    expect(isPlainAs(`${source}$Y`)).toBe(false);
  });
});
