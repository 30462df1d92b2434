import { basename, resolve } from 'node:path/posix';

import { asOpened } from '../facts/either-way.ts';
import { folded, withoutFirmlink } from '../facts/same-name.ts';
import { matchesGlob } from './glob.ts';

/** A word with more of them could stand for too many paths. */
const MOST_MARKS = 200;
/** Nobody can say where it leads. */
const ANYWHERE = '/.vol';

/**
 * Every path that a word could stand for: the word itself, the value behind an option or an assignment (`-t/x`, `of=/x`),
 * what follows a host or an `@`. Too many is fine: each is only looked at. Home is written out, the rest is as it was.
 */
export function pathsInWord(word: string, home: string): readonly string[] {
  const plain = word.replace(/^\d*[<>]+[|&]?\s*/, '').replace(/["'\\]/g, '');
  const found = new Set([word, plain]);
  for (const text of [word, plain]) {
    const marks = [...text.matchAll(/[=:,@<>{]/g)];
    if (marks.length > MOST_MARKS) return [ANYWHERE];
    for (const { index } of marks) found.add(text.slice(index + 1));
    // The machine that is named can be this one, and its relative paths start at home.
    const [, inAddress] = /^(?!https?:)[a-z+]+:\/\/[^/]*(\/.*)$/i.exec(text) ?? [];
    if (inAddress !== undefined) found.add(inAddress.replace(/^\/~/, '~')).add(`~${inAddress}`);
    const [, onMachine] = /^(?:[\w.-]+@)?(?:\[[^\]]+\]|[\w.-]+):([\w.][^*?[\]{}]*)$/.exec(text) ?? [];
    if (onMachine !== undefined) found.add(`~/${onMachine}`);
    if (!text.startsWith('-')) continue;
    // An attached value starts behind the first letter, or behind several in one bundle; a long option's behind `=`.
    if (!text.startsWith('--')) found.add(text.slice(2));
    const inside = text.search(/[~./]/);
    if (inside !== -1) found.add(text.slice(inside));
  }
  // Without a slash it is more likely a script of awk's or a name in git's.
  for (const text of [...found].map(asInAddress)) if (text.includes('/')) found.add(text);
  return [...found].filter((path) => path !== '').map((path) => withHome(path, home));
}

/** As an address spells it, and as curl fills in names: `%20` is a blank, `{a,b}` and `#1` stand for what is put there. */
const asInAddress = (text: string): string =>
  text
    .replace(/%([2-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\{[^{}/]*\}|#\[?\d+\]?/g, '*');

function withHome(path: string, home: string): string {
  const [start, user] = /^(?:~([^/]*)|\$HOME|\$\{HOME\})(?=\/|$)/.exec(path) ?? [];
  const isHome = start !== undefined && (user === undefined || user === '' || user === basename(home));
  return isHome ? home + path.slice(start.length) : path;
}

/** Where a path may lead from a directory: as the kernel follows it, and as those do who take `..` for one name less. */
export const eitherWay = (directory: string, path: string): readonly string[] => [
  ...new Set([resolve(directory, path), asOpened(directory, path)]),
];

/** Where a path goes in relation to a place. `above`: the place is somewhere within what it names. */
export type Towards = 'elsewhere' | 'above' | 'within';

/** Both absolute and without `..`. A pattern is held against the place step by step. Case does not count: macOS ignores it. */
export function towards(path: string, place: string): Towards {
  const names = namesIn(path);
  const placeNames = namesIn(place);
  for (const [index, name] of names.entries()) {
    const expected = placeNames[index];
    if (expected === undefined || name.includes('**')) return 'within';
    if (!couldBe(name, expected)) return 'elsewhere';
  }
  return names.length < placeNames.length ? 'above' : 'within';
}

const namesIn = (path: string): string[] =>
  withoutFirmlink(folded(path))
    .split('/')
    .filter((name) => name !== '');

function couldBe(name: string, expected: string): boolean {
  if (!isPattern(name)) return name === expected;
  // `.*` is also `..`, and so the way to everything beside it.
  if (name.startsWith('.')) return true;
  return matchesGlob(name.replace(/\[[^\]]*\]?/g, '*'), expected);
}

const isPattern = (text: string): boolean => /[*?[]/.test(text);

/** The folders in front of the first pattern of an absolute path, and what follows; without one it is all folder. */
export function beforePattern(path: string): { readonly folder: string; readonly rest: string } {
  const names = path.split('/');
  const first = names.findIndex(isPattern);
  return first === -1
    ? { folder: names.join('/'), rest: '' }
    : { folder: names.slice(0, first).join('/') || '/', rest: names.slice(first).join('/') };
}
