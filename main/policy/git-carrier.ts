import type { Arg } from '../binding/find-operand.ts';
import { folded } from '../facts/same-name.ts';
import { type KnownOptions, onlyKnownOptions } from './known-options.ts';

/** Options before the sub-command that say nothing about what git starts. */
const BEFORE = new Set(['--no-pager', '-P', '--version', '-v', '--no-optional-locks', '--literal-pathspecs']);

const SHOWS =
  'oneline graph all decorate no-decorate stat shortstat numstat name-only name-status summary patch no-patch raw since until ' +
  'after before author committer grep format pretty date max-count skip abbrev abbrev-commit no-abbrev-commit no-merges ' +
  'merges first-parent follow reverse topo-order date-order author-date-order color no-color branches tags remotes unified ' +
  'word-diff color-words diff-filter cached staged ignore-all-space ignore-space-change ignore-blank-lines ' +
  'no-renames find-renames no-ext-diff no-textconv merge-base check exit-code quiet minimal patience histogram ' +
  'dirstat cc full-index no-index relative no-prefix show-signature shortstat walk-reflogs cherry-pick left-right ' +
  'cherry-mark count merged not ancestry-path simplify-by-decoration no-walk';
const SHOW: KnownOptions = { letters: 'psiwbqzgRtmc0123456789', values: 'nUSGL', long: SHOWS };
const QUIET = 'quiet verbose progress no-progress';
const FETCH = `${QUIET} all prune prune-tags tags no-tags depth deepen unshallow shallow-since dry-run force append jobs set-upstream multiple`;

/**
 * Sub-commands of git's own, each with the options that start nothing, write nowhere else and read no settings. Any other
 * word is an alias, which may stand for any command, or a program `git-word`. What a repository's own settings and
 * hooks start is not judged here: they are the project's, as its files are.
 */
const VERBS: Readonly<Record<string, KnownOptions>> = {
  add: { letters: 'Aunvf', long: 'all update dry-run verbose force intent-to-add no-all ignore-errors' },
  am: { long: 'abort quit' },
  apply: {
    letters: 'Rv3',
    values: 'p',
    long: 'check stat numstat summary index cached 3way reverse verbose whitespace',
  },
  blame: { letters: 'wselftc', values: 'LMC', long: 'porcelain line-porcelain date show-email' },
  branch: {
    letters: 'arvdDmMqlf',
    long: 'all remotes verbose list show-current merged no-merged contains no-contains sort format delete move force quiet track no-track no-color color points-at unset-upstream',
  },
  'cat-file': { letters: 'tspe' },
  'check-ignore': { letters: 'vqn', long: 'verbose quiet no-index non-matching' },
  checkout: {
    letters: 'fqtdl',
    values: 'bB',
    long: `${QUIET} force track no-track detach orphan ours theirs guess no-guess`,
  },
  cherry: { letters: 'v' },
  'cherry-pick': { letters: 'nx', long: 'no-commit abort quit allow-empty' },
  clean: { letters: 'dfnqxX', values: 'e', long: 'force dry-run quiet exclude' },
  clone: {
    letters: 'qvn',
    values: 'bjo',
    long: `${QUIET} depth branch single-branch no-single-branch bare mirror no-checkout no-tags shallow-since shallow-submodules recursive recurse-submodules origin jobs filter sparse`,
  },
  commit: {
    letters: 'aqvsn',
    values: 'mF',
    long: 'message all amend no-edit signoff allow-empty allow-empty-message quiet verbose dry-run no-verify author date file fixup short porcelain no-gpg-sign reset-author only',
  },
  'count-objects': { letters: 'vH' },
  describe: { long: 'tags all long always dirty abbrev match contains exact-match first-parent' },
  diff: SHOW,
  'diff-tree': SHOW,
  fetch: { letters: 'aptnfvqk', values: 'j', long: FETCH },
  'for-each-ref': { long: 'sort format count contains merged points-at' },
  fsck: { long: 'full lost-found no-progress' },
  gc: { long: 'auto aggressive prune quiet' },
  grep: {
    letters: 'nilLwvEFPGchHIqoar0123456789',
    values: 'eABC',
    long: 'line-number ignore-case files-with-matches files-without-match word-regexp invert-match extended-regexp fixed-strings perl-regexp count heading break context after-context before-context cached untracked show-function name-only color no-color column only-matching',
  },
  init: { letters: 'q', values: 'b', long: 'quiet bare initial-branch' },
  log: SHOW,
  'ls-files': {
    letters: 'comdstuz',
    long: 'cached others modified deleted stage unmerged ignored exclude-standard full-name error-unmatch deduplicate',
  },
  'ls-remote': { letters: 'htq', long: 'heads tags refs quiet exit-code get-url symref sort' },
  'ls-tree': { letters: 'rdtlz', long: 'name-only name-status full-tree full-name abbrev long' },
  merge: {
    letters: 'qvn',
    values: 'm',
    long: `${QUIET} ff no-ff ff-only no-edit squash no-squash no-commit commit abort quit message stat no-stat allow-unrelated-histories autostash`,
  },
  'merge-base': { letters: 'a', long: 'all is-ancestor fork-point octopus independent' },
  mv: { letters: 'fnkv' },
  'name-rev': { long: 'name-only tags' },
  notes: {},
  pull: {
    letters: 'apqvfn',
    long: `${FETCH} rebase no-rebase ff no-ff ff-only no-edit autostash no-autostash squash no-stat`,
  },
  push: {
    letters: 'ufnqvd',
    long: `${QUIET} set-upstream force force-with-lease force-if-includes tags follow-tags dry-run delete all branches prune porcelain atomic no-verify mirror`,
  },
  'range-diff': { long: 'no-color color stat' },
  rebase: { letters: 'q', long: 'onto abort quit autostash no-autostash quiet' },
  reflog: SHOW,
  remote: { letters: 'v', long: 'verbose all push tags no-tags' },
  reset: { letters: 'q', long: 'hard soft mixed keep merge quiet' },
  restore: { letters: 'SWq', values: 's', long: 'staged worktree source quiet ours theirs' },
  'rev-list': SHOW,
  'rev-parse': {
    letters: 'q',
    long: 'show-toplevel show-prefix show-cdup abbrev-ref short git-dir git-common-dir verify quiet is-inside-work-tree is-bare-repository symbolic-full-name absolute-git-dir all branches tags',
  },
  revert: { letters: 'n', long: 'no-edit no-commit abort quit' },
  rm: { letters: 'rfqn', long: 'cached force dry-run quiet ignore-unmatch' },
  shortlog: { letters: 'nse', long: 'numbered summary email all since until no-merges' },
  show: SHOW,
  'show-ref': { letters: 'qds', long: 'heads tags verify head hash abbrev quiet' },
  'sparse-checkout': {},
  stash: {
    letters: 'uakqp',
    values: 'm',
    long: 'message include-untracked all keep-index no-keep-index index quiet stat staged',
  },
  status: {
    letters: 'sbvz',
    values: 'u',
    long: 'short branch porcelain long verbose untracked-files ignored show-stash ahead-behind no-ahead-behind renames no-renames',
  },
  switch: {
    letters: 'dfqt',
    values: 'cC',
    long: `${QUIET} create force-create detach force discard-changes track no-track guess no-guess orphan`,
  },
  'symbolic-ref': { letters: 'qd', long: 'short quiet' },
  tag: {
    letters: 'aldfn0123456789',
    values: 'm',
    long: 'list delete annotate message force sort contains no-contains points-at merged no-merged format',
  },
  version: { long: 'build-options' },
  whatchanged: SHOW,
  worktree: { letters: 'fbd', long: 'force detach porcelain dry-run verbose' },
  'write-tree': {},
};

const ACCEPTS = new Map(Object.entries(VERBS).map(([verb, known]) => [verb, onlyKnownOptions(known)]));

/** Words that say whose settings, or how to print them; they take no value. */
const CONFIG_SCOPE = /^--(?:global|local|system|worktree|show-origin|show-scope|null)$|^-z$/;
/** `list` and `get` only as the very first word: behind an option older versions take them for the name of a setting. */
const CONFIG_READS = /^--(?:get|get-all|get-regexp|list)$|^-l$/;
const CONFIG_VERBS: readonly Arg[] = ['list', 'get'];
const CONFIG_WITH = onlyKnownOptions({
  letters: 'lz',
  long: 'get get-all get-regexp list global local system worktree show-origin show-scope null name-only includes type bool int default all regexp',
});

/**
 * Reading the settings is harmless, writing them is a way to have anything started later. What reads stands first, where
 * it cannot be the value of another word: behind `--`, `-l` is a pattern, and the words before it set a value.
 */
function onlyReadsSettings(words: readonly Arg[]): boolean {
  const first = words.find((word) => word === null || !CONFIG_SCOPE.test(word));
  const reads = CONFIG_VERBS.includes(words[0] ?? null) || (first != null && CONFIG_READS.test(first));
  return reads && !words.includes('--') && CONFIG_WITH(words);
}

/** Whether git, with these arguments, starts nothing that they say. @param args Without `git` itself. */
export function isPlainGit(args: readonly Arg[]): boolean {
  const at = args.findIndex((arg) => arg === null || !BEFORE.has(arg));
  if (at === -1) return true;
  const verb = args[at];
  const rest = args.slice(at + 1);
  // `ext::sh -c id` is an address that is a command; other addresses of that form start programs as well.
  if (typeof verb !== 'string' || rest.some((arg) => arg === null || arg.includes('::'))) return false;
  // What is in there are settings and hooks.
  if (rest.some((arg) => arg !== null && namesGitFolder(arg))) return false;
  if (verb === 'config') return onlyReadsSettings(rest);
  // `git stash push -p` asks, hunk by hunk, through a program of the settings; behind `show` it prints.
  if (verb === 'stash' && rest[0] !== 'show' && rest.some((arg) => arg !== null && /^-[^-]*p/.test(arg)))
    return false;
  return ACCEPTS.get(verb)?.(rest) ?? false;
}

/** Whether a word leads into git's own folder, also by the short name that some disks have for it. */
export const namesGitFolder = (word: string): boolean =>
  word.split(/[/=:]/).some((part) => /^(?:\.git|git~\d+)$/.test(folded(part)));

/**
 * Whether git brings in files from elsewhere, or reaches a repository that may be anybody's. Among the files may be one with
 * settings of its own, and the next harmless sub-command in that folder starts what those name.
 * @param args Without `git` itself.
 */
export function bringsFiles(args: readonly string[]): boolean {
  const at = args.findIndex((arg) => !BEFORE.has(arg));
  const verb = args[at] ?? '';
  const rest = args.slice(at + 1);
  if (verb === 'remote') return rest.some((arg) => REMOTE_CHANGES.has(arg));
  // A repository or a checkout of it at any place, with hooks or as hooks.
  if (verb === 'init') return rest.some((arg) => !arg.startsWith('-'));
  if (verb === 'worktree') return rest[0] !== 'list' && rest[0] !== 'prune';
  return BRINGS.has(verb) || (verb === 'push' && !isUsualRemote(rest));
}

const REMOTE_CHANGES: ReadonlySet<string> = new Set(['update', 'add', 'set-url', 'rename']);

/** Any other name may be a folder, and what is pushed into one starts the hooks that are there. */
const isUsualRemote = (args: readonly string[]): boolean =>
  /^(?:origin|upstream)$/.test(args.find((arg) => !arg.startsWith('-')) ?? 'origin');

const BRINGS: ReadonlySet<string> = new Set(['clone', 'fetch', 'pull', 'submodule', 'apply', 'am']);

/** Sub-commands that leave the files of the project as they are. */
const READS: ReadonlySet<string> = new Set(
  (
    'status log show diff blame grep rev-parse rev-list ls-files ls-tree ls-remote cat-file describe shortlog merge-base ' +
    'name-rev show-ref for-each-ref check-ignore count-objects cherry diff-tree range-diff whatchanged version'
  ).split(' '),
);

/** Whether git, with arguments that start nothing, changes no file either. @param args Without `git` itself. */
export function isReadingGit(args: readonly string[]): boolean {
  const verb = args.find((arg) => !BEFORE.has(arg));
  return verb === undefined || READS.has(verb) || (verb === 'config' && isPlainGit(args));
}
