import { dirname } from 'node:path/posix';

import type { Program } from '../facts/look-up.ts';
import { namesOf } from './program-names.ts';

/** Programs that look and answer and do nothing else, whatever words they get. */
const ONLY_LOOK: ReadonlySet<string> = new Set(
  (
    'ls cat head tail wc cut tr grep egrep fgrep nl tac rev fold expand basename dirname seq sleep stat ' +
    'uname whoami id which df du ps uptime sw_vers nproc tty true false echo printf test [ pwd cmp cksum md5sum ' +
    'sha1sum sha256sum shasum readlink realpath printenv groups'
  ).split(' '),
);

/** And those that make what was not there, or set the clock: they change no file that is, and start nothing. */
const READ_ONLY: ReadonlySet<string> = new Set([...ONLY_LOOK, 'mkdir', 'touch', 'date']);

/** They look as well, with every option that carriers.ts lets pass; with others they are carriers, and not asked here. */
const SEARCHES: ReadonlySet<string> = new Set(
  'find gfind rg fd fdfind ag awk gawk mawk nawk jq which diff comm paste column strings od hexdump zcat hostname ps'.split(
    ' ',
  ),
);

/** Programs that start no other one, though they change files. */
const STARTS_NOTHING: ReadonlySet<string> = new Set(
  (
    'cp mv rm rmdir ln chmod chown chgrp tee uniq diff comm paste dd truncate mkfifo mktemp file ' +
    'base64 hexdump od xxd strings unlink gzip gunzip zcat bzip2 xz md5 dirs hostname column kill pkill killall shellcheck ruff black ' +
    'ping host nslookup dig netstat lsof pgrep who w users last tree sum b2sum sha224sum sha384sum sha512sum cal factor expr ' +
    'join tsort shuf pr fmt iconv sync logname numfmt shred chflags xattr plutil say pbcopy pbpaste mdfind mdls ' +
    'textutil afplay ditto gzcat bzcat xzcat zstd unzip zipinfo bc uuidgen sw_vers'
  ).split(' '),
);

const SYSTEM_FOLDER = /^\/(?:usr\/|opt\/homebrew\/|usr\/local\/)?s?bin$/;

/**
 * The names by which a program's words can be understood: what it is called here, and what its file is called. A link called
 * `cat` says nothing about what it leads to. Empty for a file of which nobody knows what it is.
 */
export const understoodAs = (program: Program | null, word: string): readonly string[] =>
  program === null || program.by === 'name' || SYSTEM_FOLDER.test(dirname(program.file.realPath))
    ? namesOf(word, program)
    : [];

const eachIs = (program: Program | null, word: string, is: (name: string) => boolean): boolean => {
  const names = understoodAs(program, word);
  return names.length > 0 && names.every(is);
};

/** Whether a command changes no file. `sort -o` and `uniq in out` write; without such words they do not. */
export const onlyReads = (program: Program | null, [word = '', ...args]: readonly string[]): boolean =>
  eachIs(program, word, (name) => {
    if (READ_ONLY.has(name) || SEARCHES.has(name)) return true;
    if (name === 'sed') return !args.some((arg) => /^-[^-]*i|^--in/.test(arg));
    if (name === 'uniq') return args.every((arg) => arg.startsWith('-'));
    return name === 'sort' && !args.some((arg) => /^-[^-]*[oT]|^--[oct]/.test(arg));
  });

/** Whether every program of that base name does nothing but look, whatever its arguments. */
export const onlyLooks = (name: string): boolean => ONLY_LOOK.has(name);

/** Whether a program can take words for what they are: the names of other programs mean nothing to it. */
export const startsNothing = (program: Program | null, word: string): boolean =>
  eachIs(program, word, (name) => READ_ONLY.has(name) || STARTS_NOTHING.has(name));

/** Whether it only looks, with every option that is not taken for a carrier's. */
export const onlySearches = (program: Program | null, word: string): boolean =>
  eachIs(program, word, (name) => SEARCHES.has(name));
