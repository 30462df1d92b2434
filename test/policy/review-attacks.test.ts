import { describe, expect, it } from 'vitest';

import { effectivePolicy } from '../../main/policy/effective-policy.ts';
import { type PolicyFile, policyFile, withAllowed } from '../../main/policy/policy-file.ts';
import { type Entry } from '../facts/fake-disk.ts';
import { disk, judge, LISTED, said, T } from './world.ts';

const program: Entry = { file: '\u007fELF', runs: true };
const more =
  'vim.basic view rview vimdiff mksh bash-5.2 ssh-agent dbus-run-session run-parts fakeroot gcc hg batch m4 scp rsync wget fd man nc zip ag diff crystal newlisp d8 ocaml vite-node scala python3-dbg python3.11-intel64 python3.13t perl5.36-x86_64-linux-gnu wrapper';
const there = disk({
  ...Object.fromEntries(more.split(' ').map((name) => [`/usr/bin/${name}`, program])),
  [`${T}/to-run`]: { link: 'run.py' },
  [`${T}/to-sub`]: { link: 'sub' },
  [`${T}/same-file`]: { link: `${T}/./run.py` },
  [`${T}/dangling`]: { link: 'bin/ls' },
  '/usr/bin/chmod': program,
  '/usr/bin/ln': program,
  [`${T}/inspect`]: { file: 'decoy' },
  [`${T}/eval`]: { file: 'decoy' },
  [`${T}/node_modules/.bin/eslint`]: { file: '#!/usr/bin/env node\n', runs: true },
  [`${T}/node_modules/.bin/git`]: program,
  ...Object.fromEntries(['spawner', 'batch', 'which'].map((name) => [`/usr/bin/${name}`, program])),
});
const verdict = async (what: string | string[], env: Record<string, string> = {}) =>
  said(await judge(what, { rules: LISTED, disk: there, env }));

/** Ways round the judgement that a hostile reader found, by number, with every program listed. */
describe('review', () => {
  it.each<[number, string | string[], string]>([
    [1, ['bash', '-kc', 'echo PATH=/tmp/evil; ls PATH=/tmp/evil'], 'deny runtime-option'],
    [1, ['bash', '-o', 'keyword', '-c', 'ls'], 'deny runtime-option'],
    [1, ['bash', '-ko', 'errexit', 'run.sh'], 'deny runtime-option'],
    [1, ['bash', '-H', '-c', 'ls'], 'deny runtime-option'],
    [1, ['bash', '-O', 'expand_aliases', '-c', 'ls'], 'deny runtime-option'],
    [1, ['bash', '-O', 'extglob', '-c', 'ls'], 'deny runtime-option'],
    [1, ['zsh', '-b', '-fc', 'ls'], 'deny runtime-option'],
    [1, ['zsh', '-f', '+f', '-c', 'ls'], 'deny runtime-option'],
    [1, ['zsh', '-fopipefail', '-c', 'ls'], 'deny runtime-option'],
    [1, ['ksh', '-c', 'test $TERM -eq 1'], 'deny opaque-text'],
    [10, ['fish', '-N', '-c', 'ls', '-c', 'id'], 'deny runtime-option'],
    [10, ['fish', '-N', '-c', 'ls', 'x'], 'deny runtime-option'],
    [10, ['fish', '-cN', 'ls'], 'deny runtime-option'],
    [10, ['fish', '-o', 'errexit', '-c', 'ls'], 'deny runtime-option'],
    [16, 'node inspect run.js', 'deny script-name'],
    [16, 'crystal eval run.sh', 'deny script-name'],
    [16, 'newlisp a.py b.py', 'deny runtime-option'],
    [16, 'd8 run.js run.mjs', 'deny runtime-option'],
    [17, 'perl5.36-x86_64-linux-gnu -e 1', 'deny runtime-option'],
    [17, 'python3.11-intel64 -c 1', 'deny runtime-option'],
    [17, 'python3-dbg -c 1', 'deny runtime-option'],
    [17, 'python3.13t -c 1', 'deny runtime-option'],
    [17, 'bash-5.2 -s', 'deny standard-input'],
    [2, 'printf -vPATH /tmp/evil; ls', 'deny assignment-refused'],
    [2, 'printf -v PATH /tmp/evil; ls', 'deny assignment-refused'],
    [2, 'printf -vX /tmp/evil; ls', 'deny evaluated-text'],
    [2, 'printf -v X /tmp/evil; python3 run.py', 'deny after-shell-change'],
    [2, 'builtin printf -v X y; ls', 'prompt unknown-parts'],
    [2, 'printf "$X" PATH; ls', 'deny evaluated-text'],
    [2, 'read -aPATH; ls', 'deny assignment-refused'],
    [2, 'read -rdPATH; ls', 'deny assignment-refused'],
    [2, 'read -r X; ls', 'prompt unknown-parts'],
    [2, 'read "X[TERM]"', 'deny evaluated-text'],
    [3, "printf -v 'x[TERM]' hi", 'deny evaluated-text'],
    [3, "test -v 'x[TERM]'", 'deny evaluated-text'],
    [3, '[ TERM -eq 1 ]', 'deny evaluated-text'],
    [3, 'test TERM -gt 1', 'deny evaluated-text'],
    [3, 'test -t TERM', 'deny evaluated-text'],
    [3, 'exit TERM', 'deny evaluated-text'],
    [3, 'shift TERM', 'deny evaluated-text'],
    [3, 'exit 3', 'prompt allowlist-miss'],
    [3, '[ $X -eq 1 ] && ls', 'prompt unknown-parts'],
    [3, "RANDOM='a[$(id)]'", 'deny assignment-refused'],
    [3, "SECONDS='a[$(id)]'; ls", 'deny assignment-refused'],
    [5, 'cp data.txt run.sh && sh run.sh', 'deny after-other-program'],
    [5, 'mv data.txt run.sh; ./run.sh', 'deny after-other-program'],
    [5, "sed -i '' s/a/b/ run.js; node run.js", 'deny after-other-program'],
    [5, 'ls | tee run.js; node run.js', 'deny after-other-program'],
    [5, 'curl -o run.js x; node run.js', 'deny after-other-program'],
    [5, 'git pull && node run.js', 'deny after-other-program'],
    [5, 'sort -o run.js data.txt; node run.js', 'deny script-under-carrier'],
    [5, 'uniq data.txt run.js; node run.js', 'deny after-other-program'],
    [5, 'nice cp data.txt run.sh && sh run.sh', 'deny after-other-program'],
    [5, "sh -c 'cp data.txt run.sh'; sh run.sh", 'deny after-other-program'],
    [5, "cp data.txt run.sh; sh -c 'sh run.sh'", 'deny after-other-program'],
    [5, 'node run.js | tee run.js', 'deny after-other-program'],
    [5, 'node run.js | cat > run.js', 'deny after-other-program'],
    [5, 'node run.js | ls $(cp data.txt run.js)', 'deny after-other-program'],
    [5, 'echo $(cp data.txt run.js); node run.js', 'deny after-other-program'],
    [5, 'cp data.txt x; ls', 'run rule-matches'],
    [5, 'node run.js; cp data.txt run.js', 'prompt allowlist-miss'],
    [5, 'ls; cat x | grep y; sort x | uniq; python3 run.py | head', 'prompt allowlist-miss'],
    [5, 'python3 a.py && python3 b.py', 'prompt allowlist-miss'],
    [5, 'touch out && python3 a.py', 'prompt allowlist-miss'],
    [5, 'git status && node run.js', 'prompt allowlist-miss'],
    [5, 'git --no-pager log -1; node run.js', 'prompt allowlist-miss'],
    [5, 'git config --get user.name; node run.js', 'prompt allowlist-miss'],
    [5, 'git stash; node run.js', 'deny after-other-program'],
    [5, 'git checkout x && node run.js', 'deny after-other-program'],
    [5, 'git diff > x.diff; node run.js', 'deny after-shell-change'],
    [5, 'find . -name x; rg y; python3 run.py', 'prompt allowlist-miss'],
    [5, 'python3 run.py | tee log', 'prompt allowlist-miss'],
    [5, 'python3 run.py | tee -a sub/log x.log', 'prompt allowlist-miss'],
    [5, 'python3 run.py | tee ./run.py', 'deny after-other-program'],
    [5, 'python3 run.py | tee to-run', 'deny after-other-program'],
    [5, 'python3 run.py | tee same-file', 'deny after-other-program'],
    [5, 'python3 run.py | tee --output-error run.py', 'deny after-other-program'],
    [5, 'cp a.py copy.py && python3 run.py', 'prompt allowlist-miss'],
    [5, 'cp a.py sub && python3 run.py', 'prompt allowlist-miss'],
    [5, 'cp sub/run.py . && python3 run.py', 'deny after-other-program'],
    [5, 'cp -r sub copy && python3 run.py', 'deny after-other-program'],
    [5, 'cp a.py to-sub && sh sub/script.sh', 'prompt allowlist-miss'],
    [5, 'cp script.sh to-sub && sh sub/script.sh', 'deny after-other-program'],
    [5, 'mv sub gone && sh sub/script.sh', 'deny after-other-program'],
    [5, 'mv a.py gone && sh sub/script.sh', 'prompt allowlist-miss'],
    [5, 'rm -rf sub && sh sub/script.sh', 'deny after-other-program'],
    [5, 'rm -rf out; rm x; python3 run.py', 'prompt allowlist-miss'],
    [5, 'chmod +x run.sh && ./run.sh', 'deny after-other-program'],
    [5, 'chmod -R 755 sub && ./run.sh', 'prompt allowlist-miss'],
    [5, 'mv l2 log && tee log && python3 run.py', 'deny after-other-program'],
    [5, 'ln -s run.py log && python3 run.py', 'deny after-other-program'],
    [5, 'cp evil bin/python3 && python3 run.py', 'deny after-other-program'],
    [5, 'cp evil bin/ls; ls', 'deny after-other-program'],
    [5, 'cp ls bin; ls', 'deny after-other-program'],
    [5, 'cd bin && cp evil ls && ls', 'deny after-other-program'],
    [5, 'mv ls bin/; ls', 'deny after-other-program'],
    [5, 'tee bin/ls; ls', 'deny after-other-program'],
    [5, 'tee dangling; ls', 'deny after-other-program'],
    [5, 'rm bin/git; git status', 'deny after-other-program'],
    [5, 'rm -rf bin; git status', 'deny after-other-program'],
    [5, 'cp bin/git x; git status', 'run rule-matches'],
    [5, 'ls | tee log; git status', 'run rule-matches'],
    [5, 'git gc; ls', 'run rule-matches'],
    [5, 'cp evil bin/ls; /usr/bin/ls', 'run rule-matches'],
    [11, 'X=PATH=/tmp/evil; export $X; ls', 'deny evaluated-text'],
    [11, 'export `echo PATH=/tmp`; ls', 'deny evaluated-text'],
    [11, 'export A=$X; ls', 'deny evaluated-text'],
    [11, 'export A="$X"; ls', 'prompt unknown-parts'],
    [11, 'set -k; ls', 'deny evaluated-text'],
    [11, 'set -o keyword; ls', 'deny evaluated-text'],
    [11, 'set $X; ls', 'deny evaluated-text'],
    [11, 'set -euo pipefail; ls', 'prompt unknown-parts'],
    [11, 'declare -n r=PATH; r=/tmp/evil; ls', 'deny evaluated-text'],
    [11, 'typeset -n r=PATH; r=/tmp/evil; ls', 'deny evaluated-text'],
    [11, "declare -i r='a[0]'; ls", 'deny evaluated-text'],
    [11, 'set -A PATH /tmp/evil; ls', 'deny evaluated-text'],
    [11, 'unset $X; ls', 'deny evaluated-text'],
    [11, 'shopt -s expand_aliases; ls', 'deny evaluated-text'],
    [11, 'IFS=x; ls', 'deny assignment-refused'],
    [11, 'export ENV=x; sh run.sh', 'deny assignment-refused'],
    [11, 'for i in a; do ls; hash -p /tmp/x ls; done', 'deny evaluated-text'],
    [12, 'jobs -x ls', 'deny evaluated-text'],
    [12, 'wait -p PATH; ls', 'deny assignment-refused'],
    [12, 'wait $X; ls', 'deny evaluated-text'],
    [12, 'sleep 1 & wait $!', 'prompt unknown-parts'],
    [13, 'enable -f x.so ls', 'deny evaluated-text'],
    [8, 'git rebase --exe=id', 'prompt carrier'],
    [8, 'git grep --op=id x', 'prompt carrier'],
    [8, 'git grep -nOid x', 'prompt carrier'],
    [8, 'git rebase -fx id', 'prompt carrier'],
    [8, 'git clone --upload=id u', 'prompt carrier'],
    [8, 'git clone -u id u', 'prompt carrier'],
    [8, 'git clone -qu id u', 'prompt carrier'],
    [8, 'git clone --template=x u', 'prompt carrier'],
    [8, 'git clone --config core.pager=id u', 'prompt carrier'],
    [8, 'git clone ext::id', 'prompt carrier'],
    [8, 'git push --receive-pack=id', 'prompt carrier'],
    [8, 'git archive --output=x HEAD', 'prompt carrier'],
    [8, 'git archive --remote=x HEAD', 'prompt carrier'],
    [8, 'git log --output=x', 'prompt carrier'],
    [8, 'git diff --ext-diff', 'prompt carrier'],
    [8, 'git config core.pager id', 'prompt carrier'],
    [8, 'git config --unset x.y', 'prompt carrier'],
    [8, 'git config --get-urlmatch x y', 'prompt carrier'],
    [8, 'git -C x status', 'prompt carrier'],
    [8, 'git --git-dir=x status', 'prompt carrier'],
    [8, 'git --exec-path=x status', 'prompt carrier'],
    [8, 'git --work-tree x status', 'prompt carrier'],
    [8, 'git add -e', 'prompt carrier'],
    [8, 'git add -p', 'prompt carrier'],
    [8, 'git stash -p', 'prompt carrier'],
    [8, 'git merge -s x y', 'prompt carrier'],
    [8, 'git init --template=x', 'prompt carrier'],
    [8, 'git checkout -- --exec=x', 'prompt carrier'],
    [8, 'git help add', 'prompt carrier'],
    [9, 'scp -qoProxyCommand=id a b:c', 'prompt carrier'],
    [9, 'wget --use-ask=id u', 'prompt carrier'],
    [9, 'wget -qe use_askpass=id u', 'prompt carrier'],
    [9, 'rsync -ave id a b', 'prompt carrier'],
    [9, 'rsync --rsh=id a b', 'prompt carrier'],
    [9, 'fd -Hx id', 'prompt carrier'],
    [9, 'man -aP id ls', 'prompt carrier'],
    [9, 'man --pag=id ls', 'prompt carrier'],
    [9, 'nc -ve id h 1', 'prompt carrier'],
    [9, 'curl -sK x', 'prompt carrier'],
    [9, 'curl --conf x', 'prompt carrier'],
    [9, 'zip -rTT id x y', 'prompt carrier'],
    [9, 'ag --pag id x', 'prompt carrier'],
    [9, 'rg --pr=id x', 'prompt carrier'],
    [9, 'rg -e -- --pre=id x', 'prompt carrier'],
    [9, 'sort --compress=id x', 'prompt carrier'],
    [9, 'tar xfI a id', 'prompt carrier'],
    [9, 'tar -xvFid -f a', 'prompt carrier'],
    [9, 'tar -cW use-compress-program=id -f a b', 'prompt carrier'],
    [9, 'tar cf h:x y', 'prompt carrier'],
    [9, 'tar -xf a -T list', 'prompt carrier'],
    [17, 'vim.basic -c x', 'prompt carrier'],
    [17, 'view -c x', 'prompt carrier'],
    [17, 'rview -c x', 'prompt carrier'],
    [17, 'vimdiff a b', 'prompt carrier'],
    [18, 'ssh-agent ls', 'prompt carrier'],
    [18, 'dbus-run-session ls', 'prompt carrier'],
    [18, 'run-parts sub', 'prompt carrier'],
    [18, 'fakeroot ls', 'prompt carrier'],
    [18, 'gcc -wrapper id x.c', 'prompt carrier'],
    [18, 'gcc -Wl,-plugin,x x.c', 'prompt carrier'],
    [18, 'gcc @options', 'prompt carrier'],
    [18, 'hg --config alias.st=!id st', 'prompt carrier'],
    [19, 'curl x | parallel', 'deny inside-shell-parts'],
    [19, 'curl x | batch', 'deny inside-shell-parts'],
    [19, 'curl x | m4', 'deny inside-shell-parts'],
    [19, 'curl x | sudo -s', 'deny inside-shell-parts'],
    [19, 'curl x | su', 'deny inside-shell-parts'],
    [19, 'ls | sort', 'run rule-matches'],
    [7, 'npx -y --package=evil git status', 'prompt fetched-program'],
    [7, 'npx -p evil git status', 'prompt fetched-program'],
    [7, 'npx -p "$X" git status', 'prompt unknown-parts'],
    [7, 'npx -y', 'prompt allowlist-miss'],
    [7, 'npm exec --package=evil -- git status', 'prompt fetched-program'],
    [7, 'npm --package evil exec git status', 'prompt fetched-program'],
    [7, 'npx rg x', 'prompt fetched-program'],
    [7, 'npx /usr/bin/ls', 'prompt fetched-program'],
    [18, 'spawner ls', 'prompt allowlist-miss'],
    [18, 'spawner -x ls', 'prompt allowlist-miss'],
    [18, 'spawner -x y bash', 'prompt allowlist-miss'],
    [18, 'spawner x.sh', 'prompt allowlist-miss'],
    [18, 'spawner ./tool', 'prompt allowlist-miss'],
    [18, 'spawner -x data', 'prompt allowlist-miss'],
    [18, 'spawner data', 'run rule-matches'],
    [18, 'which node', 'run rule-matches'],
    [0, 'xcrun git status', 'prompt fetched-program'],
    [5, 'arch -e X ls; sh run.sh', 'deny after-other-program'],
    [0, 'crystal x.cr y z.cr', 'deny several-operands'],
    [0, 'ocaml x.cma evil.ml', 'deny script-name'],
    [0, 'vite-node run.ts b.ts', 'deny runtime-option'],
    [0, 'scala a.scala b.scala', 'deny several-operands'],
  ])('%i: %j: %s', async (_, what, expected) => {
    expect(await verdict(what)).toBe(expected);
  });
});

it('review 5: a chain of files is warned of, each of which could change the next', async () => {
  const codes = async (what: string) => (await judge(what)).warnings.map(({ code }) => code);
  expect(await codes('python3 a.py && python3 b.py')).toContain('earlier-code');
  expect(await codes('python3 a.py && ls')).not.toContain('earlier-code');
});

/** What everybody asks for every day is still covered by a plain rule on the program. */
describe('everyday commands', () => {
  it.each([
    'git status',
    'git status -sb',
    'git --no-pager log --oneline -5',
    'git log -p -n 3 --since=yesterday',
    'git diff --cached --stat',
    'git add -A',
    'git add x.py sub',
    "git commit -m 'fix x.py'",
    "git commit -am 'x'",
    'git push -u origin main',
    'git checkout -b x',
    'git switch -c x',
    'git branch -a',
    'git merge --no-ff x',
    'git stash',
    'git stash show -p',
    'git show HEAD',
    'git remote -v',
    'git rev-parse --show-toplevel',
    'git ls-files -o --exclude-standard',
    'git config --get user.name',
    'git --version',
    'ls -la',
    'cat run.py',
    'head -n 5 run.sh',
    "grep -rn 'def x' .",
    "rg -n --glob '*.ts' python3",
    "rg -e 'x' -C3 sub",
    "find . -name '*.py' -type f",
    'fd -H -e ts x',
    'curl -fsSL https://example.org/x',
    "curl -sS -X POST -H 'A: b' -d '{}' https://example.org/x",
    'wget -qO- https://example.org/x',
    'wget -nv https://example.org/x',
    'tar xf x.tar',
    'tar czf x.tgz sub',
    'tar -xzf x.tgz -C sub --strip-components=1',
    'rsync -av sub/ copy/',
    'scp x h:y',
    'sort -rn data.txt',
    'zip -r x.zip sub',
    'gcc -O2 -Wall -o x x.c -lm',
    'cp -r sub copy',
    'rm -rf sub',
    'touch run.sh',
    'date',
    'echo python3 sh',
    "sed 's/a/b/' x",
    "awk '{print $1}' x",
    'jq . data.txt',
    'cp run.sh copy.sh',
  ])('%s runs', async (what) => {
    expect(await verdict(what)).toBe('run rule-matches');
  });
});

it.each<[number, string[], Record<string, string>, string]>([
  [3, ['sh', '-c', 'ls'], { TERM: 'a[$(/tmp/evil)]' }, 'deny environment-refused'],
  [3, ['sh', '-c', 'ls'], { LC_ALL: 'x y' }, 'deny environment-refused'],
  [3, ['sh', '-c', 'ls'], { TERM: 'xterm-256color', LANG: 'de_DE.UTF-8@euro' }, 'run rule-matches'],
  [14, ['ls'], { FOO: '1' }, 'prompt environment-override'],
  [14, ['ls'], { TMPDIR: '/tmp' }, 'prompt environment-override'],
  [14, ['ls'], { TERM: 'a b' }, 'prompt environment-override'],
  [14, ['ls'], { GIT_PAGER: 'cat', PAGER: '', TERM: 'xterm' }, 'run rule-matches'],
  ...'NODE_X TS_NODE_X ERL_X SSH_X CAML_X OCAMLX PLTX GUILE_X OCTAVE_X DART_X X_PAGER X_EDITOR X_HELPER X_OPTIONS X_OPTS X_FLAGS BASH_X'
    .split(' ')
    .map((name): [number, string[], Record<string, string>, string] => [
      14,
      ['ls'],
      { [name]: 'x' },
      'deny environment-refused',
    ]),
  [14, ['ls'], { NODE_ENV: '--x' }, 'deny environment-refused'],
])('review %i: %j with %j: %s', async (_, argv, env, expected) => {
  expect(await verdict(argv, env)).toBe(expected);
});

it('review 14: what is covered by no rule is not offered for one', async () => {
  expect((await judge(['ls'], { env: { FOO: '1' } })).allowAlways).toBeNull();
});

it('review 7: a command of the project is bound as a file of it', async () => {
  const { operands, matched } = await judge(['npx', 'eslint', '.'], { rules: ['eslint'], disk: there });
  const file = `${T}/node_modules/.bin/eslint`;
  expect([operands.map(({ path }) => path), matched]).toEqual([[file], []]);
  const { allowAlways } = await judge(['npx', 'eslint', '.'], { disk: there });
  expect(allowAlways?.map(({ pattern }) => pattern)).toEqual([file]);
});

it('review 24: all patterns of a judgement share one budget, and one that is stopped says so', async () => {
  const slow = Array.from({ length: 8 }, (_, at) => ({
    pattern: '/usr/bin/ls',
    argPattern: `^(a+)+${'b'.repeat(at)}$`,
  }));
  const start = performance.now();
  const text = `${'a'.repeat(60)}!`;
  const assessment = await judge(`ls ${text}; ls ${text}x; ls ${text}y`, { rules: slow });
  expect(said(assessment)).toBe('prompt pattern-too-slow');
  expect(performance.now() - start).toBeLessThan(3000);
});

it('review 26: a policy file with an agent that no record can hold is bad', () => {
  const text = '{"version":1,"agents":{"__proto__":{"security":"deny"},"main":{"security":"full"}}}';
  expect(policyFile.safeParse(JSON.parse(text)).success).toBe(false);
  expect(effectivePolicy(JSON.parse(text) as PolicyFile, 'main').security).toBe('deny');
  const file = { version: 1 as const, agents: {} };
  expect(withAllowed(file, '__proto__', [{ pattern: '/x', argPattern: null }], 0)).toBe(file);
});
