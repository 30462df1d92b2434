import { describe, expect, it } from 'vitest';

import type { Entry } from '../facts/fake-disk.ts';
import { type Asked, disk, judge, said, T } from './world.ts';

const program: Entry = { file: '\u007fELF', runs: true };
const at = (path: string, entry: Entry = program) => ({ disk: disk({ [path]: entry }) });

describe('"always" with any arguments', () => {
  it.each<[string | readonly string[], string, Asked?]>([
    [['ls', '-l'], '/usr/bin/ls'],
    ['ls -l', '/usr/bin/ls'],
    ['grep -n TODO data.txt', '/usr/bin/grep'],
    ['nice ls', '/usr/bin/ls'],
    ['echo hello', '/usr/bin/echo'],
    ['ls # a note', '/usr/bin/ls'],
    [['/bin/cat', 'data.txt'], '/usr/bin/cat'],
  ])('for %j is a rule for %s', async (what, pattern, asked) => {
    const { allowAlwaysAny } = await judge(what, asked);
    expect(allowAlwaysAny).toEqual([{ pattern, argPattern: null }]);
  });

  it.each<[string, string | readonly string[], Asked?]>([
    ['a carrier that this time carries nothing', 'find . -name x'],
    ['a program that starts others by an option', 'rg TODO'],
    ['git', 'git status'],
    ['tar', 'tar -tf x.tar'],
    ['awk', "awk '{print $1}' data.txt"],
    ['sort, which writes with -o', 'sort data.txt'],
    ['a program that copies', 'cp data.txt other.txt'],
    ['a program that removes', 'rm data.txt'],
    ['a program that makes files', 'touch data2.txt'],
    ['a program that writes what it is fed', 'tee data2.txt'],
    ['a program that can set the clock', 'date'],
    ['a program of which nobody knows what it does', ['./tool', 'x']],
    ['a linter, whose arguments name code', 'eslint x'],
    ['a script', './run.sh a'],
    ['a program that a runner starts', 'pnpm exec eslint x'],
    ['two commands', 'ls && cat data.txt'],
    ['a pipe', 'cat data.txt | wc'],
    ['the same program twice', 'ls && ls'],
    ['a shell', 'bash job.sh'],
    ['an interpreter', 'python3 run.py'],
    ['a launcher', 'npm install'],
    ['a wrapper with nothing to wrap', 'nice'],
    ['words that the shell computes', 'ls $X'],
    ['a redirection', 'ls > x'],
    ['a name that leads to another program', 'ls', at('/usr/bin/ls', { link: '/usr/bin/cp' })],
    ['a script of that name', ['/usr/bin/cat', 'x'], at('/usr/bin/cat', { file: '#!/bin/sh\n', runs: true })],
    ['a program of that name that others can replace', 'ls', at(`${T}/bin/ls`)],
    ['an environment that the request changes', ['ls'], { env: { FOO: '1' } }],
    ['a policy that needs no rule', 'ls', { security: 'full', ask: 'always' }],
    ['a policy whose file is bad', 'ls', { oneStricter: true }],
  ])('is not offered for %s', async (_why, what, asked) => {
    expect((await judge(what, asked)).allowAlwaysAny).toBeNull();
  });

  it('covers the program with other words in other folders, and no other program', async () => {
    const { allowAlwaysAny } = await judge('ls -l');
    const rules = allowAlwaysAny?.map((rule) => ({ ...rule })) ?? [];
    expect(said(await judge('ls -a /usr', { rules, cwd: '/workspace' }))).toBe('run rule-matches');
    expect((await judge('cat data.txt', { rules })).verdict).toBe('prompt');
    expect((await judge('ls -a > x', { rules })).verdict).toBe('prompt');
    expect((await judge('sudo ls', { rules })).verdict).toBe('prompt');
  });
});
