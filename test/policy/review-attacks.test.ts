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
  ])('%i: %j: %s', async (_, what, expected) => {
    expect(await verdict(what)).toBe(expected);
  });
});
