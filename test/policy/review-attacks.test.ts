import { describe, expect, it } from 'vitest';

import { type Entry } from '../facts/fake-disk.ts';
import { disk, judge, LISTED, said, T } from './world.ts';

const program: Entry = { file: '\u007fELF', runs: true };
const more =
  'vim.basic view rview vimdiff mksh bash-5.2 ssh-agent dbus-run-session run-parts fakeroot gcc hg batch m4 scp rsync wget fd man nc zip ag diff crystal newlisp d8 python3-dbg python3.11-intel64 python3.13t perl5.36-x86_64-linux-gnu wrapper';
const there = disk({
  ...Object.fromEntries(more.split(' ').map((name) => [`/usr/bin/${name}`, program])),
  [`${T}/inspect`]: { file: 'decoy' },
  [`${T}/eval`]: { file: 'decoy' },
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
    [5, 'sed -i s/a/b/ run.js; node run.js', 'deny after-other-program'],
    [5, 'ls | tee run.js; node run.js', 'deny after-other-program'],
    [5, 'curl -o run.js x; node run.js', 'deny after-other-program'],
    [5, 'git pull && node run.js', 'deny after-other-program'],
    [5, 'sort -o run.js data.txt; node run.js', 'deny after-other-program'],
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
  ])('%i: %j: %s', async (_, what, expected) => {
    expect(await verdict(what)).toBe(expected);
  });
});

it('review 5: a chain of files is warned of, each of which could change the next', async () => {
  const codes = async (what: string) => (await judge(what)).warnings.map(({ code }) => code);
  expect(await codes('python3 a.py && python3 b.py')).toContain('earlier-code');
  expect(await codes('python3 a.py && ls')).not.toContain('earlier-code');
});
