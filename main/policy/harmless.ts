import { basename, dirname } from 'node:path/posix';

import type { Program } from '../facts/look-up.ts';

/** Programs that look and answer, or make what was not there: they change no file that is, and start nothing. */
const READ_ONLY: ReadonlySet<string> = new Set(
  (
    'ls cat head tail wc cut tr grep egrep fgrep nl tac rev fold expand basename dirname seq sleep stat date ' +
    'uname whoami id which df du ps uptime sw_vers nproc tty true false echo printf test [ pwd cmp cksum md5sum ' +
    'sha1sum sha256sum shasum readlink realpath printenv groups mkdir touch'
  ).split(' '),
);

/** Programs that start no other one, though they change files. */
const STARTS_NOTHING: ReadonlySet<string> = new Set(
  (
    'cp mv rm rmdir ln chmod chown chgrp tee uniq diff comm paste dd truncate mkfifo mktemp file ' +
    'base64 hexdump od xxd strings unlink gzip gunzip zcat bzip2 xz md5 dirs hostname column kill eslint prettier tsc shellcheck ruff black mypy'
  ).split(' '),
);

const SYSTEM_FOLDER = /^\/(?:usr\/|opt\/homebrew\/|usr\/local\/)?s?bin$/;

const nameOf = (program: Program | null, word: string): string =>
  program === null || program.by === 'name' || SYSTEM_FOLDER.test(dirname(program.file.realPath))
    ? basename(word).toLowerCase()
    : '';

/** Whether a command changes no file. `sort -o` and `uniq in out` write; without such words they do not. */
export function onlyReads(program: Program | null, [word = '', ...args]: readonly string[]): boolean {
  const name = nameOf(program, word);
  if (READ_ONLY.has(name)) return true;
  if (name === 'jq') return true;
  if (name === 'uniq') return args.every((arg) => arg.startsWith('-'));
  return name === 'sort' && !args.some((arg) => /^-[^-]*[oT]|^--[oct]/.test(arg));
}

/** Whether a program can take words for what they are: the names of other programs mean nothing to it. */
export function startsNothing(program: Program | null, [word = '']: readonly string[]): boolean {
  const name = nameOf(program, word);
  return READ_ONLY.has(name) || STARTS_NOTHING.has(name);
}
