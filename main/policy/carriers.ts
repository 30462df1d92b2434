import type { Arg } from '../binding/find-operand.ts';

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
    return command.length === 0 ? null : { command };
  };
}

/** Carries when one of its words starts with one of these. */
function withWord(...starts: readonly string[]): Carrier {
  return (args) =>
    args.slice(1).some((arg) => arg === null || starts.some((start) => arg.startsWith(start)))
      ? UNREAD
      : null;
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

const GIT_CARRIES =
  /^(?:-c.*|--config-env.*|--exec.*|-x|--upload-pack.*|--receive-pack.*|-u|--open-files.*|-O.*|--ext-diff|--textconv|--extcmd.*|--tool.*|--paginate|-p)$/;
const GIT_VERBS = new Set([
  'bisect',
  'submodule',
  'filter-branch',
  'difftool',
  'mergetool',
  'hook',
  'daemon',
  'instaweb',
  'shell',
]);
/** Sub-commands of git's own. Any other word is an alias, which may stand for any command, or a program `git-word`. */
const GIT_OWN = new Set(
  (
    'add am apply archive blame branch bundle cat-file check-attr check-ignore checkout cherry cherry-pick clean clone ' +
    'commit count-objects describe diff diff-tree fetch for-each-ref format-patch fsck gc grep help init log ls-files ' +
    'ls-remote ls-tree merge merge-base mv notes pull push range-diff rebase reflog remote repack reset restore ' +
    'rev-list rev-parse revert rm shortlog show show-ref sparse-checkout stash status switch symbolic-ref tag version ' +
    'whatchanged worktree write-tree update-index update-ref var config name-rev verify-commit verify-tag'
  ).split(' '),
);

const git: Carrier = (args) => {
  let index = 1;
  for (let word = args[index]; typeof word === 'string' && word.startsWith('-'); word = args[index]) {
    if (GIT_CARRIES.test(word)) return UNREAD;
    index += ['-C', '--git-dir', '--work-tree', '--namespace'].includes(word) ? 2 : 1;
  }
  const verb = args[index];
  if (verb === undefined) return null;
  if (verb === null || GIT_VERBS.has(verb) || !GIT_OWN.has(verb)) return UNREAD;
  const options = args.slice(index + 1);
  // `-c`, `-u`, `-x`, `-p` and `-O` mean other, harmless things behind most sub-commands.
  const risky = options.some(
    (arg) =>
      arg === null ||
      /^--(?:exec|upload-p|receive-p|open-f|ext-d|textc|extc|config)/.test(arg) ||
      (['rebase'].includes(verb) && /^-x|^-i$/.test(arg)) ||
      (['grep'].includes(verb) && arg.startsWith('-O')) ||
      (['clone', 'fetch', 'pull', 'ls-remote'].includes(verb) && /^(?:-c|-u|ext::)/.test(arg)) ||
      arg.includes('ext::'),
  );
  return risky ? UNREAD : null;
};

/** Long options may be shortened; the letters I and F may hide in a bundle, with or without a dash. */
const tar: Carrier = (args) => {
  const carries = (arg: Arg, at: number): boolean =>
    arg === null ||
    /^--(?:ch|us|to|in|ne|rs|rm|op)/.test(arg) ||
    /^-[A-Za-z]*[IF]/.test(arg) ||
    (at === 0 && /^[A-Za-z]*[IF]/.test(arg));
  return args.slice(1).some(carries) ? UNREAD : null;
};

const XARGS = behindOptions(
  /^(?:-[0rtpox]+|-[nPLIJRsEd].+|--(?:null|no-run-if-empty|verbose|max-args=.+|max-procs=.+))$/,
  ['-n', '-P', '-L', '-I', '-J', '-R', '-s', '-E', '-d'],
);
const SUDO = behindOptions(/^-[nEHSkKAbPs]*[nEHSkKAbP]$/, ['-u', '-g', '-p', '-C', '-h', '-U', '-T']);

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
  rsync: withWord('-e', '--rsh', '--rsync-path', '--rs'),
  scp: withWord('-S', '-o', '-F', '-D'),
  sftp: withWord('-S', '-o', '-F', '-D', '-b', '-s'),
  rg: withWord('--pre', '--hostname-bin'),
  fd: withWord('-x', '-X', '--exec'),
  fdfind: withWord('-x', '-X', '--exec'),
  ag: withWord('--pager'),
  bat: withWord('--pager', '--paging'),
  man: withWord('-P', '--pager', '-H', '--html', '-C', '--config'),
  sort: withWord('--compress', '--com', '--co'),
  split: withWord('--filter', '--fi', '--f'),
  zip: withWord('-T', '-TT', '--unzip', '--test'),
  curl: withWord('-K', '--config', '--engine', '--libcurl'),
  wget: withWord('-e', '--execute', '--use-askpass', '--config'),
  nc: withWord('-e', '-c', '--exec', '--sh-exec', '--lua'),
  ncat: withWord('-e', '-c', '--exec', '--sh-exec', '--lua'),
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
};

const ALWAYS: ReadonlySet<string> = new Set(
  (
    'su runuser pkexec parallel ssh mosh telnet rsh busybox toybox flock script scriptreplay watch unshare nsenter ' +
    'systemd-run systemd-inhibit proxychains proxychains4 torify torsocks firejail bwrap sandbox-exec prlimit setpriv ' +
    'setarch linux32 linux64 cgexec numactl strace ltrace dtruss dtrace perf valgrind hyperfine entr fswatch inotifywait ' +
    'watchexec watchman nodemon tmux screen zellij docker podman nerdctl kubectl oc at batch crontab launchctl ' +
    'systemctl op doppler direnv nix nix-shell nix-env guix uvx pipx pnpx chpst daemon daemonize start-stop-daemon ' +
    'socat open xdg-open automator shortcuts installer concurrently dotenv dotenv-cli cross-env env-cmd m4 ' +
    'ld.so ld-linux-x86-64.so.2 ld-linux-aarch64.so.1'
  ).split(' '),
);

/** What a program carries with these arguments: null when nothing. */
export function carriedBy(name: string, args: readonly Arg[]): Carried | null {
  const carrier = ownEntry(CARRIERS, name);
  if (carrier !== undefined) return carrier(args);
  return ALWAYS.has(name) && args.length > 1 ? UNREAD : null;
}

function ownEntry<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Endings by which a word names a script, in any position. */
const SCRIPT_ENDING =
  /\.(?:sh|bash|zsh|command|tool|py|pyw|js|mjs|cjs|ts|mts|rb|pl|php|lua|scpt|applescript|swift|jar|r|awk|sed)$/i;

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
