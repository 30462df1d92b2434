import type { Arg } from '../binding/find-operand.ts';
import { isPlainGit } from './git-carrier.ts';
import { type KnownOptions, onlyKnownOptions } from './known-options.ts';

/** What a carrier runs: the command, where its own options are known, or nothing that could be told apart. */
export interface Carried {
  readonly command: readonly Arg[] | null;
}

type Carrier = (args: readonly Arg[]) => Carried | null;

const UNREAD: Carried = { command: null };
const always: Carrier = () => UNREAD;

/** Options that stand alone, options with a value, and then the command. Any other option: not told apart. */
function behindOptions(flags: RegExp, values: readonly string[], own = 0): Carrier {
  return (args) => {
    let index = 1;
    for (let word = args[index]; typeof word === 'string' && /^-./.test(word); word = args[index]) {
      index++;
      if (word === '--') break;
      if (values.includes(word)) index++;
      else if (!flags.test(word)) return UNREAD;
    }
    const command = args.slice(index + own);
    if (command.length === 0) return args.length > 1 ? UNREAD : null;
    return { command };
  };
}

/** Carries unless every option is one that is known to start nothing. */
function unlessKnown(options: KnownOptions): Carrier {
  const known = onlyKnownOptions(options);
  return (args) => (known(args.slice(1)) ? null : UNREAD);
}

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

/** `-f` names a file of program text; the text itself must be unable to start anything or write anywhere. */
const awk: Carrier = (args) => {
  let index = 1;
  for (let word = args[index]; typeof word === 'string' && word.startsWith('-'); word = args[index]) {
    index++;
    if (word === '--') break;
    if (word === '-F' || word === '-v') index++;
    else if (!/^-(?:F.+|v[A-Za-z_]\w*=.*)$/.test(word)) return UNREAD;
  }
  const text = args[index];
  return typeof text === 'string' && !/system|getline|close|[|>@\\]/.test(text) ? null : UNREAD;
};

const SED_COMMAND = String.raw`(?:(?:\d+|\$|/[^/\\]*/)(?:,(?:\d+|\$|/[^/\\]*/))?!?)?(?:[pdqDPG=]|s([/|#,:])(?:(?!\1)[^\\]|\\[^\n])*\1(?:(?!\1)[^\\]|\\[^\n])*\1[gpiI0-9]*)`;
const SED_SCRIPT = new RegExp(`^\\s*${SED_COMMAND}\\s*$`);

/** Only simple scripts are known not to run or write anything. */
const sed: Carrier = (args) => {
  const scripts: Arg[] = [];
  let given = false;
  for (let index = 1; index < args.length; index++) {
    const word = args[index] ?? null;
    if (word === null) return UNREAD;
    if (word === '-e' || word === '--expression') {
      scripts.push(args[++index] ?? null);
      given = true;
    } else if (word.startsWith('--expression=')) {
      scripts.push(word.slice('--expression='.length));
      given = true;
    } else if (word.startsWith('-') && word !== '-') {
      if (!/^-[nErsuz]+$|^-i|^--(?:quiet|silent|regexp-extended|posix|in-place.*)$/.test(word)) return UNREAD;
    } else if (!given && scripts.length === 0) scripts.push(word);
  }
  const simple = (script: Arg): boolean =>
    script !== null &&
    script.length < 2000 &&
    script.split(/[;\n](?![^s]*\\)/).every((one) => SED_SCRIPT.test(one));
  return scripts.every(simple) ? null : UNREAD;
};

const git: Carrier = (args) => (isPlainGit(args.slice(1)) ? null : UNREAD);

/** `-T` names a file that may hold options, a name with a colon a machine to reach through a program. */
const TAR = onlyKnownOptions({
  letters: 'xctrvzjJakpmOh',
  values: 'fCb',
  long:
    'extract create list get file gzip gunzip bzip2 xz zstd verbose directory exclude strip-components auto-compress ' +
    'keep-old-files no-same-owner no-same-permissions same-permissions preserve-permissions wildcards overwrite totals ' +
    'version exclude-vcs append update',
});
const tar: Carrier = (args) => {
  const [first, ...rest] = args.slice(1);
  // Without a dash the first word is a bundle whose values all follow: no letter of it is a value.
  const bundle =
    typeof first === 'string' && !first.startsWith('-')
      ? /^[xctrvzjJakpmOhfCb]+$/.test(first)
      : TAR([first ?? '']);
  return bundle && TAR(rest) && !rest.some((arg) => arg?.includes(':') === true) ? null : UNREAD;
};

/** Compilers start what `-wrapper`, `-B`, `-fplugin` and `-specs` name, and read options from files behind `@`. */
const COMPILER_OPTION =
  /^-(?:[cESvgws]|o.*|O[0-3sgz]?|g[0-3]?|W[a-z0-9+-]*(?:=[\w-]+)?|std=[\w+:]+|[DUIL].*|l[\w+.-]+|f(?:PIC|pic|PIE|pie|no-[a-z-]+|sanitize=[a-z,]+|openmp|stack-protector[a-z-]*)|pedantic|shared|static|pthread|m(?:32|64|arch=[\w.+-]+|tune=[\w.+-]+)|pipe)$/;
const compiler: Carrier = (args) =>
  args
    .slice(1)
    .every(
      (arg) => arg !== null && !arg.startsWith('@') && (!arg.startsWith('-') || COMPILER_OPTION.test(arg)),
    )
    ? null
    : UNREAD;

const XARGS = behindOptions(
  /^(?:-[0rtpox]+|-[nPLIJRsEd].+|--(?:null|no-run-if-empty|verbose|max-args=.+|max-procs=.+))$/,
  ['-n', '-P', '-L', '-I', '-J', '-R', '-s', '-E', '-d'],
);
const SUDO = behindOptions(/^-[nEHSkKAbPs]*[nEHSkKAbP]$/, ['-u', '-g', '-p', '-C', '-h', '-U', '-T']);

const FD = unlessKnown({
  letters: 'HIugFisapL01q',
  values: 'teEdSc',
  long:
    'hidden no-ignore type extension exclude max-depth min-depth exact-depth glob fixed-strings full-path absolute-path ' +
    'follow print0 size changed-within changed-before color ignore-case case-sensitive max-results version help',
});

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
  rsync: unlessKnown({
    letters: 'avrltpogDnuzhPcxHAXiqdRSWkKLbm0123456789',
    long:
      'archive verbose recursive delete delete-after delete-excluded exclude include exclude-from include-from progress stats ' +
      'dry-run compress partial human-readable update checksum links copy-links perms times owner group bwlimit ' +
      'itemize-changes size-only ignore-existing existing max-size min-size no-perms no-owner no-group inplace append ' +
      'timeout quiet relative one-file-system backup numeric-ids version',
  }),
  scp: unlessKnown({ letters: 'rpqCvB346OTR', values: 'Pli' }),
  rg: unlessKnown({
    letters: 'nilcvwxoSsFHINLau0pqUPhV.',
    values: 'egtTABCmjrdMfE',
    long:
      'line-number no-line-number ignore-case files files-with-matches files-without-match count count-matches glob iglob type ' +
      'type-not type-list hidden no-ignore no-ignore-vcs after-context before-context context max-count fixed-strings ' +
      'word-regexp line-regexp only-matching smart-case case-sensitive json no-heading heading color colors no-filename ' +
      'with-filename sort sortr max-depth multiline multiline-dotall pcre2 invert-match null stats version help follow regexp ' +
      'replace threads max-columns passthru trim unrestricted column vimgrep max-filesize no-messages no-config text ' +
      'encoding quiet',
  }),
  fd: FD,
  fdfind: FD,
  ag: unlessKnown({
    letters: 'ilLcvwQsSnurafU',
    values: 'ABCGm',
    long: 'hidden nocolor nogroup literal ignore-case',
  }),
  bat: unlessKnown({
    letters: 'pnA',
    values: 'lrH',
    long: 'plain number language line-range style color theme',
  }),
  man: unlessKnown({ letters: 'kfw' }),
  sort: unlessKnown({
    letters: 'nrufbdhVgiMszcCm0123456789',
    values: 'kto',
    long:
      'numeric-sort reverse unique ignore-case key field-separator output human-numeric-sort version-sort stable ' +
      'zero-terminated check general-numeric-sort month-sort dictionary-order ignore-leading-blanks',
  }),
  split: unlessKnown({
    letters: 'dx',
    values: 'lbnaC',
    long: 'lines bytes number suffix-length numeric-suffixes additional-suffix verbose line-bytes',
  }),
  zip: unlessKnown({ letters: 'rqjvyXDufdxi0123456789', long: 'recurse-paths quiet exclude' }),
  curl: unlessKnown({
    letters: 'sSfLiIkvgGjJORN#460123',
    values: 'oXHdFuAebcmTrwzCyYD',
    long:
      'silent show-error fail fail-with-body fail-early location include head insecure verbose output remote-name ' +
      'remote-name-all remote-header-name request header data data-raw data-binary data-urlencode data-ascii form ' +
      'form-string user user-agent referer cookie cookie-jar max-time connect-timeout retry retry-delay retry-max-time ' +
      'retry-all-errors retry-connrefused compressed http1.0 http1.1 http2 http3 ipv4 ipv6 globoff get url range upload-file ' +
      'write-out json progress-bar no-progress-meter create-dirs output-dir dump-header continue-at limit-rate max-redirs ' +
      'resolve proto tlsv1.2 tlsv1.3 version help no-buffer parallel oauth2-bearer url-query post301 post302',
  }),
  wget: unlessKnown({
    letters: 'qvcNrkpmnHdxS46LF',
    values: 'OPtTUloaARDwQ',
    long:
      'quiet no-verbose verbose continue output-document output-file directory-prefix tries timeout user-agent ' +
      'no-check-certificate recursive level no-parent mirror convert-links page-requisites header post-data timestamping ' +
      'no-clobber content-disposition show-progress progress max-redirect spider server-response limit-rate wait accept ' +
      'reject version help no-directories no-host-directories cut-dirs adjust-extension span-hosts domains retry-connrefused',
  }),
  nc: unlessKnown({ letters: 'zvnu46lkdN', values: 'wpq' }),
  ncat: unlessKnown({ letters: 'zvnu46lkd', values: 'wpq' }),
  sftp: always,
  vi: always,
  vim: always,
  nvim: always,
  emacs: always,
  ed: always,
  ex: always,
  nano: always,
  less: always,
  more: always,
  sqlite3: always,
  psql: always,
  mysql: always,
  gdb: always,
  lldb: always,
  gnuplot: always,
  dc: always,
  ftp: always,
  lftp: always,
  mail: always,
  mailx: always,
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
  [/^(?:[mgn]|original-)?awk$/, 'awk'],
];

function rowOf(name: string): Carrier | undefined {
  return (
    ownEntry(CARRIERS, name) ?? ownEntry(CARRIERS, FAMILIES.find(([names]) => names.test(name))?.[1] ?? '')
  );
}

const ALWAYS: ReadonlySet<string> = new Set(
  (
    'su runuser pkexec parallel ssh mosh telnet rsh busybox toybox flock script scriptreplay watch unshare nsenter ' +
    'systemd-run systemd-inhibit proxychains proxychains4 torify torsocks firejail bwrap sandbox-exec prlimit setpriv ' +
    'setarch linux32 linux64 cgexec numactl strace ltrace dtruss dtrace perf valgrind hyperfine entr fswatch inotifywait ' +
    'watchexec watchman nodemon tmux screen zellij docker podman nerdctl kubectl oc at batch crontab launchctl ' +
    'systemctl op doppler direnv nix nix-shell nix-env guix uvx pipx pnpx chpst daemon daemonize start-stop-daemon ' +
    'socat open xdg-open automator shortcuts installer concurrently dotenv dotenv-cli cross-env env-cmd m4 ' +
    'ssh-agent dbus-run-session dbus-launch run-parts fakeroot fakechroot hg sg newgrp chronic catchsegv eatmydata ' +
    'faketime rlwrap unbuffer xvfb-run gosu su-exec tini dumb-init runsv envdir softlimit setlock proot schroot sshpass ' +
    'autossh mosh-client tsocks cpulimit trickle runcon capsh aa-exec choom coproc pssh pdsh ansible vagrant limactl ' +
    'multipass crun runc docker-compose podman-compose flatpak snap distrobox toolbox gtk-launch gio ' +
    'ld.so ld-linux-x86-64.so.2 ld-linux-aarch64.so.1'
  ).split(' '),
);

/**
 * What a program carries with these arguments: null when nothing.
 * @param fed Whether something reaches its standard input: many of them then take their commands from there.
 */
export function carriedBy(name: string, args: readonly Arg[], fed = false): Carried | null {
  const carrier = rowOf(name);
  if (carrier !== undefined) return carrier(args) ?? (fed && TAKES_COMMANDS.has(name) ? UNREAD : null);
  return ALWAYS.has(name) && (args.length > 1 || fed) ? UNREAD : null;
}

/** With options only, they start a shell or run what they read. */
const TAKES_COMMANDS = new Set(['sudo', 'doas', 'xargs', 'gxargs', 'setsid', 'chroot']);

/** Whether all that a program could carry is in the tables above. */
export const isModelled = (name: string): boolean => rowOf(name) !== undefined;

function ownEntry<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Endings by which a word names a script, in any position. */
const SCRIPT_ENDING =
  /\.(?:sh|bash|zsh|command|tool|py|pyw|js|mjs|cjs|ts|mts|rb|pl|php|lua|scpt|applescript|swift|jar|r|awk|sed)$/i;

export const isScriptName = (word: string): boolean => SCRIPT_ENDING.test(word);

/** Whether a word under a carrier that was not taken apart looks like a script or the start of one. */
export function looksLikeScript(word: string, isRuntime: (baseName: string) => boolean): boolean {
  return word
    .split(/[\s;|&()"']+/)
    .filter((part) => part !== '')
    .some(
      (part) =>
        SCRIPT_ENDING.test(part) ||
        /^\.{1,2}\//.test(part) ||
        isRuntime(part.slice(part.lastIndexOf('/') + 1)),
    );
}
