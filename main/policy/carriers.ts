import type { Arg } from '../binding/find-operand.ts';
import { ALWAYS_CARRY } from './always-carriers.ts';
import { compiler, tar } from './archive-carriers.ts';
import {
  always,
  alwaysOrFile,
  behindOptions,
  type Carried,
  type Carrier,
  UNREAD,
  withOption,
} from './carrier.ts';
import { isPlainGit } from './git-carrier.ts';
import { BY_OPTION } from './option-carriers.ts';
import { awk, sed } from './text-carriers.ts';

const FIND_ACTIONS = new Set(['-exec', '-execdir', '-ok', '-okdir']);
const FIND_WRITES = new Set(['-delete', '-fprint', '-fprint0', '-fprintf', '-fls']);

const find: Carrier = (args) => {
  const words = args.slice(1);
  const at = words.findIndex((arg) => arg !== null && FIND_ACTIONS.has(arg));
  if (at !== -1) {
    const rest = words.slice(at + 1);
    const end = rest.findIndex((arg) => arg === ';' || arg === '+');
    // A second action would hide behind the first.
    const more = rest.some((arg) => arg !== null && FIND_ACTIONS.has(arg));
    return more ? UNREAD : { command: end === -1 ? rest : rest.slice(0, end) };
  }
  return words.some((arg) => arg === null || FIND_WRITES.has(arg)) ? UNREAD : null;
};

const git: Carrier = (args) => (isPlainGit(args.slice(1)) ? null : UNREAD);

const XARGS = behindOptions(
  /^(?:-[0rtpox]+|-[nPLIJRsEd].+|--(?:null|no-run-if-empty|verbose|max-args=.+|max-procs=.+))$/,
  ['-n', '-P', '-L', '-I', '-J', '-R', '-s', '-E', '-d'],
);
const SUDO = behindOptions(/^-[nEHSkKAbPs]*[nEHSkKAbP]$/, ['-u', '-g', '-p', '-C', '-h', '-U', '-T']);

const EDITOR = alwaysOrFile(/^-[a-zA-Z]*[Ssul]|^--(?:startuptime|cmd)$/);

const CARRIERS: Readonly<Record<string, Carrier>> = {
  sudo: SUDO,
  doas: behindOptions(/^-n$/, ['-u', '-C']),
  xargs: XARGS,
  gxargs: XARGS,
  setsid: behindOptions(/^-[cfw]+$/, []),
  ionice: behindOptions(/^-t$|^-[cnpPu]\d+$/, ['-c', '-n']),
  taskset: behindOptions(/^-[ac]+$/, [], 1),
  chrt: behindOptions(/^-[abdfioRrv]+$/, [], 1),
  chroot: behindOptions(/^--(?:userspec|groups)=.+$|^--skip-chdir$/, [], 1),
  find,
  gfind: find,
  awk,
  gawk: awk,
  mawk: awk,
  nawk: awk,
  'original-awk': awk,
  sed,
  gsed: sed,
  git,
  tar,
  gtar: tar,
  bsdtar: tar,
  ...BY_OPTION,
  sftp: always,
  vi: EDITOR,
  vim: EDITOR,
  nvim: EDITOR,
  emacs: alwaysOrFile(/^--?(?:l(?:o(?:ad?)?)?(?:=|$)|script|x(?:=|$))/),
  ed: always,
  ex: EDITOR,
  nano: always,
  less: always,
  more: always,
  sqlite3: always,
  sqlcipher: always,
  psql: always,
  mysql: always,
  mariadb: always,
  duckdb: always,
  gdb: alwaysOrFile(/^--?(?:x|ix|command|init-command)(?:=|$)/),
  lldb: alwaysOrFile(/^(?:-[sSO]|--source(?:-.*)?)(?:=|$)/),
  gnuplot: always,
  dc: alwaysOrFile(/^(?:-f|--file)/),
  ftp: always,
  lftp: always,
  mail: always,
  mailx: always,
  // A script of its own in JavaScript, and any app.
  sips: withOption(/^-j|^--j/),
  screencapture: withOption(/^-[a-zA-Z]*B/),
  gcc: compiler,
  cc: compiler,
  'g++': compiler,
  'c++': compiler,
  clang: compiler,
  'clang++': compiler,
};

/** Editors and compilers are installed under many names. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^(?:[rg]?view|[egr]?vim(?:diff|tutor|\.\w+)?|vi\.\w+|vimdiff|vimx|nvim\.?\w*)$/, 'vim'],
  [/^(?:emacs|emacsclient)[-.\w]*$/, 'emacs'],
  [/^(?:[\w.]+-)*(?:gcc|g\+\+|c\+\+|clang|clang\+\+|cc|cpp)(?:-\d[\d.]*)?$/, 'gcc'],
  [/^(?:[mgn]|go|fr|original-)?awk$/, 'awk'],
];

function rowOf(name: string): Carrier | undefined {
  return (
    ownEntry(CARRIERS, name) ?? ownEntry(CARRIERS, FAMILIES.find(([names]) => names.test(name))?.[1] ?? '')
  );
}

/**
 * What a program carries with these arguments: null when nothing.
 * @param fed Whether something reaches its standard input: many of them then take their commands from there.
 */
export function carriedBy(name: string, args: readonly Arg[], fed = false): Carried | null {
  const carrier = rowOf(name);
  if (carrier !== undefined) return carrier(args) ?? (fed && TAKES_COMMANDS.has(name) ? UNREAD : null);
  return ALWAYS_CARRY.has(name) && (args.length > 1 || fed) ? UNREAD : null;
}

/** With options only, they start a shell or run what they read. */
const TAKES_COMMANDS = new Set(['sudo', 'doas', 'xargs', 'gxargs', 'setsid', 'chroot']);

/** Whether all that a program could carry is in the tables above. */
export const isModelled = (name: string): boolean => rowOf(name) !== undefined;

function ownEntry<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
