import { expect, it } from 'vitest';

import { disk, judge } from './world.ts';

const program = { file: '\u007fELF', runs: true };
const world = disk({
  '/usr/bin/coreutils': program,
  '/usr/bin/fzf': program,
  '/usr/bin/at': program,
  ...Object.fromEntries(
    ['gnice', 'genv', 'grm', 'custom', 'man', 'lockf', 'apply', 'command', '\u017fudo'].map((name) => [
      `/usr/bin/${name}`,
      program,
    ]),
  ),
});
const under = (text: string | readonly string[], name = 'rm') =>
  judge(text, { security: 'full', ask: 'off', notes: { never: [{ name, effect: 'deny' }] }, disk: world });

it.each<string | readonly string[]>([
  "bash -ic 'rm x'",
  "sudo sh -c 'rm x'",
  "find . -exec sh -c 'rm x' ';'",
  "script -q -c 'rm x' /dev/null",
  "csh -c 'rm x'",
  "su -c 'rm x'",
  "ssh h 'rm x'",
  "ssh h 'ls;/bin/rm x'",
  `ssh h 'r"m" x'`,
  "flock f -c 'rm x'",
  "watch 'rm x'",
  'sort --compress-program=rm f',
  'coreutils --coreutils-prog=rm x',
  'tar --to-command=rm -xf x',
  'sudo rm $X',
  "bash -c 'rm x' > log",
  "sudo sh -c 'rm x' > log",
  'command xargs node --import=x run.js',
  'gnice rm x',
  'genv A=1 rm x',
  'grm x',
  'man -Prm ls',
  'man -P/bin/rm ls',
  'lockf f rm x',
  "apply 'rm %1' x",
  'custom rm x',
  'custom --run rm x',
  'custom -xrm x',
  // On a Mac that is a script which runs its words.
  ['/usr/bin/command', 'rm', 'x'],
  'env command rm x',
])('a program of the never-list in a text is found: %j', async (what) => {
  expect((await under(what)).reason).toBe('never-list');
});

it('a letter that a disk takes for another one hides no name', async () => {
  expect((await under('\u017fudo ls', 'sudo')).reason).toBe('never-list');
  expect((await under('ssh h /x/s\u200budo', 'sudo')).reason).toBe('never-list');
});

it.each([
  "bash -ic 'r$(echo)m x'",
  'python3 -c pass',
  'echo x | sh',
  'echo x | python3',
  'echo x | python3 -',
  'python3',
  "sudo sh -c 'x=r; ${x}m'",
  "perl -e 'exec q(r).q(m)'",
  "bash -c 'r${x}m' > log",
  'sudo $X',
  'sudo $(echo rm) x',
  'find . -exec $X {} +',
  'echo rm x | parallel',
  'echo rm x | at now',
])('a text that nobody can take apart could hold one: %s', async (what) => {
  expect((await under(what)).reason).toBe('never-list');
});

it.each([
  'python3 run.py > out',
  'ls | python3 run.py',
  'sh s.sh 2>&1',
  'git commit -m "$MSG"',
  'git status',
  'echo rm',
  'npm rm x',
  'custom x y rm',
  'make all',
  'ssh h ls | head',
  'find . -name "$X"',
])('a file, a task or a plain command runs all the same: %s', async (what) => {
  expect((await under(what)).verdict).toBe('run');
});
