import { describe, expect, it } from 'vitest';

import { carriedBy } from '../../main/policy/carriers.ts';
import { isPlainGit } from '../../main/policy/git-carrier.ts';
import { onlyLooks, onlyReads, onlySearches, startsNothing } from '../../main/policy/harmless.ts';

/**
 * What is known to start nothing, written a second time on purpose. A word that is lost from its list would only ask more
 * often, and one that comes into it would be seen here to be missing from what people looked up in the manuals.
 */
const rows = (text: string): [string, string[]][] =>
  text
    .trim()
    .split(/\n {4}(?! )/)
    .flatMap((row) => {
      const [names = '', words = ''] = row.split(':');
      return names.split(' ').map((name): [string, string[]] => [name, words.trim().split(/\s+/)]);
    });
const names = (text: string): string[] => text.trim().split(/\s+/);

describe('git starts nothing by', () => {
  it.each(
    rows(`
    add: -Aunvf --all --update --dry-run --verbose --force --intent-to-add --no-all --ignore-errors
    am: --abort --quit
    apply: -Rv3 -px --check --stat --numstat --summary --index --cached --3way --reverse --verbose --whitespace
    blame: -wselftc -Lx -Mx -Cx --porcelain --line-porcelain --date --show-email
    branch: -arvdDmMqlf --all --remotes --verbose --list --show-current --merged --no-merged --contains
        --no-contains --sort --format --delete --move --force --quiet --track --no-track --no-color --color
        --points-at --unset-upstream
    cat-file: -tspe
    check-ignore: -vqn --verbose --quiet --no-index --non-matching
    checkout: -fqtdl -bx -Bx --quiet --verbose --progress --no-progress --force --track --no-track --detach --orphan
        --ours --theirs --guess --no-guess
    cherry: -v
    cherry-pick: -nx --no-commit --abort --quit --allow-empty
    clean: -dfnqxX -ex --force --dry-run --quiet --exclude
    clone: -qvn -bx -jx -ox --quiet --verbose --progress --no-progress --depth --branch --single-branch
        --no-single-branch --bare --mirror --no-checkout --no-tags --shallow-since --shallow-submodules --recursive
        --recurse-submodules --origin --jobs --filter --sparse
    commit: -aqvsn -mx -Fx --message --all --amend --no-edit --signoff --allow-empty --allow-empty-message --quiet
        --verbose --dry-run --no-verify --author --date --file --fixup --short --porcelain --no-gpg-sign
        --reset-author --only
    count-objects: -vH
    describe: --tags --all --long --always --dirty --abbrev --match --contains --exact-match --first-parent
    diff diff-tree log reflog rev-list show whatchanged: -psiwbqzgRtmc0123456789 -nx -Ux -Sx -Gx -Lx --oneline
        --graph --all --decorate --no-decorate --stat --shortstat --numstat --name-only --name-status --summary
        --patch --no-patch --raw --since --until --after --before --author --committer --grep --format --pretty
        --date --max-count --skip --abbrev --abbrev-commit --no-abbrev-commit --no-merges --merges --first-parent
        --follow --reverse --topo-order --date-order --author-date-order --color --no-color --branches --tags
        --remotes --unified --word-diff --color-words --diff-filter --cached --staged --ignore-all-space
        --ignore-space-change --ignore-blank-lines --no-renames --find-renames --no-ext-diff --no-textconv
        --merge-base --check --exit-code --quiet --minimal --patience --histogram --dirstat --cc --full-index
        --no-index --relative --no-prefix --show-signature --walk-reflogs --cherry-pick --left-right --cherry-mark
        --count --merged --not --ancestry-path --simplify-by-decoration --no-walk
    fetch: -aptnfvqk -jx --quiet --verbose --progress --no-progress --all --prune --prune-tags --tags --no-tags
        --depth --deepen --unshallow --shallow-since --dry-run --force --append --jobs --set-upstream --multiple
    for-each-ref: --sort --format --count --contains --merged --points-at
    fsck: --full --lost-found --no-progress
    gc: --auto --aggressive --prune --quiet
    grep: -nilLwvEFPGchHIqoar0123456789 -ex -Ax -Bx -Cx --line-number --ignore-case --files-with-matches
        --files-without-match --word-regexp --invert-match --extended-regexp --fixed-strings --perl-regexp --count
        --heading --break --context --after-context --before-context --cached --untracked --show-function
        --name-only --color --no-color --column --only-matching
    init: -q -bx --quiet --bare --initial-branch
    ls-files: -comdstuz --cached --others --modified --deleted --stage --unmerged --ignored --exclude-standard
        --full-name --error-unmatch --deduplicate
    ls-remote: -htq --heads --tags --refs --quiet --exit-code --get-url --symref --sort
    ls-tree: -rdtlz --name-only --name-status --full-tree --full-name --abbrev --long
    merge: -qvn -mx --quiet --verbose --progress --no-progress --ff --no-ff --ff-only --no-edit --squash --no-squash
        --no-commit --commit --abort --quit --message --stat --no-stat --allow-unrelated-histories --autostash
    merge-base: -a --all --is-ancestor --fork-point --octopus --independent
    mv: -fnkv
    name-rev: --name-only --tags
    pull: -apqvfn --quiet --verbose --progress --no-progress --all --prune --prune-tags --tags --no-tags --depth
        --deepen --unshallow --shallow-since --dry-run --force --append --jobs --set-upstream --multiple --rebase
        --no-rebase --ff --no-ff --ff-only --no-edit --autostash --no-autostash --squash --no-stat
    push: -ufnqvd --quiet --verbose --progress --no-progress --set-upstream --force --force-with-lease
        --force-if-includes --tags --follow-tags --dry-run --delete --all --branches --prune --porcelain --atomic
        --no-verify --mirror
    range-diff: --no-color --color --stat
    rebase: -q --onto --abort --quit --autostash --no-autostash --quiet
    remote: -v --verbose --all --push --tags --no-tags
    reset: -q --hard --soft --mixed --keep --merge --quiet
    restore: -SWq -sx --staged --worktree --source --quiet --ours --theirs
    rev-parse: -q --show-toplevel --show-prefix --show-cdup --abbrev-ref --short --git-dir --git-common-dir --verify
        --quiet --is-inside-work-tree --is-bare-repository --symbolic-full-name --absolute-git-dir --all --branches
        --tags
    revert: -n --no-edit --no-commit --abort --quit
    rm: -rfqn --cached --force --dry-run --quiet --ignore-unmatch
    shortlog: -nse --numbered --summary --email --all --since --until --no-merges
    show-ref: -qds --heads --tags --verify --head --hash --abbrev --quiet
    stash: -uakq -mx --message --include-untracked --all --keep-index --no-keep-index --index --quiet --stat
        --staged
    status: -sbvz -ux --short --branch --porcelain --long --verbose --untracked-files --ignored --show-stash
        --ahead-behind --no-ahead-behind --renames --no-renames
    switch: -dfqt -cx -Cx --quiet --verbose --progress --no-progress --create --force-create --detach --force
        --discard-changes --track --no-track --guess --no-guess --orphan
    symbolic-ref: -qd --short --quiet
    tag: -aldfn0123456789 -mx --list --delete --annotate --message --force --sort --contains --no-contains
        --points-at --merged --no-merged --format
    version: --build-options
    worktree: -fbd --force --detach --porcelain --dry-run --verbose
    `),
  )('%s, with each of its known options, and does not know another', (verb, words) => {
    expect(words.filter((word) => !isPlainGit([verb, word]))).toEqual([]);
    expect(isPlainGit([verb, ...words, 'file'])).toBe(true);
    for (const word of ['--unknown', '--exec=x', `${words[0] ?? ''}~`, '-Z', '--upload-pack'])
      expect(isPlainGit([verb, ...words, word])).toBe(false);
  });

  it('stash show -p, which prints', () => {
    expect(isPlainGit(['stash', 'show', '-p'])).toBe(true);
    expect(isPlainGit(['stash', 'push', '-p'])).toBe(false);
  });
  it.each(names('--no-pager -P --version -v --no-optional-locks --literal-pathspecs'))(
    '%s before it',
    (word) => {
      expect(isPlainGit([word, 'status'])).toBe(true);
      expect(isPlainGit([word])).toBe(true);
    },
  );
  it.each(names('notes sparse-checkout write-tree'))('%s without options', (verb) => {
    expect(isPlainGit([verb, 'x'])).toBe(true);
    expect(isPlainGit([verb, '-q'])).toBe(false);
  });
});

describe('a program that starts others only by its options starts nothing by the known ones', () => {
  it.each(
    rows(`
    rsync: -avrltpogDnuzhPcxHAXiqdRSWkKLbm0123456789 --archive --verbose --recursive --delete --delete-after
        --delete-excluded --exclude --include --exclude-from --include-from --progress --stats --dry-run --compress
        --partial --human-readable --update --checksum --links --copy-links --perms --times --owner --group
        --bwlimit --itemize-changes --size-only --ignore-existing --existing --max-size --min-size --no-perms
        --no-owner --no-group --inplace --append --timeout --quiet --relative --one-file-system --backup
        --numeric-ids --version
    scp: -rpqCvB346TR -Px -lx -ix
    rg: -nilcvwxoSsFHINLau0pqUPhV. -ex -gx -tx -Tx -Ax -Bx -Cx -mx -jx -rx -dx -Mx -fx -Ex --line-number
        --no-line-number --ignore-case --files --files-with-matches --files-without-match --count --count-matches
        --glob --iglob --type --type-not --type-list --hidden --no-ignore --no-ignore-vcs --after-context
        --before-context --context --max-count --fixed-strings --word-regexp --line-regexp --only-matching
        --smart-case --case-sensitive --json --no-heading --heading --color --colors --no-filename --with-filename
        --sort --sortr --max-depth --multiline --multiline-dotall --pcre2 --invert-match --null --stats --version
        --help --follow --regexp --replace --threads --max-columns --passthru --trim --unrestricted --column
        --vimgrep --max-filesize --no-messages --no-config --text --encoding --quiet
    fd fdfind: -HIugFisapL01q -tx -ex -Ex -dx -Sx -cx --hidden --no-ignore --type --extension --exclude --max-depth
        --min-depth --exact-depth --glob --fixed-strings --full-path --absolute-path --follow --print0 --size
        --changed-within --changed-before --color --ignore-case --case-sensitive --max-results --version --help
    ag: -ilLcvwQsSnurafU -Ax -Bx -Cx -Gx -mx --hidden --nocolor --nogroup --literal --ignore-case
    bat: -pnA -lx -rx -Hx --plain --number --language --line-range --style --color --theme
    man: -kfw
    sort: -nrufbdhVgiMszcCm0123456789 -kx -tx --numeric-sort --reverse --unique --ignore-case --key
        --field-separator --human-numeric-sort --version-sort --stable --zero-terminated --check
        --general-numeric-sort --month-sort --dictionary-order --ignore-leading-blanks
    split: -dx -lx -bx -nx -ax -Cx --lines --bytes --number --suffix-length --numeric-suffixes --additional-suffix
        --verbose --line-bytes
    zip: -rqjvyXDufdxi0123456789 --recurse-paths --quiet --exclude
    curl: -sSfLiIkvgGjJORN#460123 -ox -Xx -Hx -dx -Fx -ux -Ax -ex -bx -cx -mx -Tx -rx -wx -zx -Cx -yx -Yx -Dx
        --silent --show-error --fail --fail-with-body --fail-early --location --include --head --insecure --verbose
        --output --remote-name --remote-name-all --remote-header-name --request --header --data --data-raw
        --data-binary --data-urlencode --data-ascii --form --form-string --user --user-agent --referer --cookie
        --cookie-jar --max-time --connect-timeout --retry --retry-delay --retry-max-time --retry-all-errors
        --retry-connrefused --compressed --http1.0 --http1.1 --http2 --http3 --ipv4 --ipv6 --globoff --get --url
        --range --upload-file --write-out --json --progress-bar --no-progress-meter --create-dirs --output-dir
        --dump-header --continue-at --limit-rate --max-redirs --resolve --proto --tlsv1.2 --tlsv1.3 --version --help
        --no-buffer --parallel --oauth2-bearer --url-query --post301 --post302
    wget: -qvcNrkpmnHdxS46LF -Ox -Px -tx -Tx -Ux -lx -ox -ax -Ax -Rx -Dx -wx -Qx --quiet --no-verbose --verbose
        --continue --output-document --output-file --directory-prefix --tries --timeout --user-agent
        --no-check-certificate --recursive --level --no-parent --mirror --convert-links --page-requisites --header
        --post-data --timestamping --no-clobber --content-disposition --show-progress --progress --max-redirect
        --spider --server-response --limit-rate --wait --accept --reject --version --help --no-directories
        --no-host-directories --cut-dirs --adjust-extension --span-hosts --domains --retry-connrefused
    nc: -zvnu46lkdN -wx -px -qx
    ncat: -zvnu46lkd -wx -px -qx
    `),
  )('%s', (name, words) => {
    expect(words.filter((word) => carriedBy(name, [name, word]) !== null)).toEqual([]);
    expect(carriedBy(name, [name, ...words, 'file'])).toBeNull();
    for (const word of ['--unknown', '--exec=x', '-?'])
      expect(carriedBy(name, [name, ...words, word])).not.toBeNull();
  });
});

describe('a name says what a program does', () => {
  const at = (realPath: string, by: 'name' | 'path') => ({
    given: realPath,
    by,
    file: {
      found: true as const,
      realPath,
      kind: 'file' as const,
      executable: true,
      replaceable: true,
      shared: false,
      sizeBytes: 1,
      modifiedAtMs: 0,
      components: [],
    },
  });
  it.each([
    ['/bin/ls', true],
    ['/sbin/ls', true],
    ['/usr/bin/ls', true],
    ['/usr/sbin/ls', true],
    ['/usr/local/bin/ls', true],
    ['/opt/homebrew/bin/ls', true],
    ['/home/u/ls', false],
    ['/home/u/bin/ls', false],
    ['/x/usr/bin/ls', false],
    ['/usr/bin.d/ls', false],
    ['/usr/bin/x/ls', false],
  ])('at %s: %s', (path, expected) => {
    expect(onlyReads(at(path, 'path'), [path])).toBe(expected);
    expect(startsNothing(at(path, 'path'), path)).toBe(expected);
    expect(onlyReads(at(path, 'name'), [path])).toBe(true);
  });

  it.each([
    ['sed -n p x', true],
    ['sed s/-i/x/ x', true],
    ['sed x --expression=--in', true],
    ['sed -i s/a/b/ x', false],
    ['sed -ni s/a/b/ x', false],
    ['sed --in-place s/a/b/ x', false],
    ['uniq', true],
    ['uniq -c', true],
    ['uniq x-', false],
    ['uniq in out', false],
    ['sort x-o y--output', true],
    ['sort -n --reverse x', true],
    ['sort -o x y', false],
    ['sort -nro x y', false],
    ['sort -T /tmp y', false],
    ['sort --output=x y', false],
    ['sort --temporary-directory=/tmp y', false],
    ['sort --compress-program=x y', false],
  ])('%s changes no file: %s', (line, expected) => {
    expect(onlyReads(null, line.split(' '))).toBe(expected);
  });
});

describe('whatever its words, nothing is started and no file that is there is changed by', () => {
  it.each(
    names(`
      ls cat head tail wc cut tr grep egrep fgrep nl tac rev fold expand basename dirname seq sleep stat uname
      whoami id which df du ps uptime sw_vers nproc tty true false echo printf test [ pwd cmp cksum md5sum sha1sum
      sha256sum shasum readlink realpath printenv groups mkdir touch date
    `),
  )('%s', (name) => {
    expect(onlyReads(null, [name, 'x', '-o', 'y'])).toBe(true);
    expect(startsNothing(null, name)).toBe(true);
    expect(onlyLooks(name)).toBe(!['mkdir', 'touch', 'date'].includes(name));
  });
});

describe('by what it is known for, no file that is there is changed by', () => {
  it.each(
    names(
      'find gfind rg fd fdfind ag awk gawk mawk nawk jq which diff comm paste column strings od hexdump zcat hostname ps',
    ),
  )('%s', (name) => {
    expect(onlySearches(null, name)).toBe(true);
    expect(onlyReads(null, [name, 'x'])).toBe(true);
  });
});

describe('whatever its words, nothing is started by', () => {
  it.each(
    names(`
      cp mv rm rmdir ln chmod chown chgrp tee uniq diff comm paste dd truncate mkfifo mktemp file base64 hexdump
      od xxd strings unlink gzip gunzip zcat bzip2 xz md5 dirs hostname column kill pkill killall shellcheck ruff
      black ping host nslookup dig netstat lsof pgrep who w users last tree sum b2sum sha224sum sha384sum
      sha512sum cal factor expr join tsort shuf pr fmt iconv sync logname numfmt shred chflags xattr plutil
      say pbcopy pbpaste mdfind mdls textutil afplay ditto gzcat bzcat xzcat zstd unzip zipinfo bc
      uuidgen sw_vers
    `),
  )('%s', (name) => {
    expect(startsNothing(null, name)).toBe(true);
  });
});

it.each(names('sh node env sudo xargs awk find git vim make tar curl ssh busybox parallel unknown'))(
  '%s is none of these',
  (name) => {
    expect(startsNothing(null, name)).toBe(false);
    expect(onlyLooks(name)).toBe(false);
  },
);
