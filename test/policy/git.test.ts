import { describe, expect, it } from 'vitest';

import { disk, judge, LISTED, said, T } from './world.ts';

const git = { pattern: `${T}/bin/git` };

describe('a rule for git without an argument pattern', () => {
  it.each([
    'config --get user.name',
    'config --get-all --show-origin remote.origin.url',
    'config --global --list',
    'config -z -l',
    'config -l',
    'config list',
    'config get --all user.name',
    'remote -v',
    '--version',
    'push',
    'push -u origin main',
    'push --force-with-lease upstream x',
    'status',
  ])('covers git %s', async (args) => {
    expect(said(await judge(`git ${args}`, { rules: [git] }))).toBe('run rule-matches');
  });

  it.each([
    'config -- core.fsmonitor /tmp/evil -l',
    'config -- core.fsmonitor /tmp/evil --list',
    'config -l -- core.fsmonitor /tmp/evil',
    'config core.fsmonitor /tmp/evil -l',
    'config core.fsmonitor /tmp/evil',
    'config --default -l core.fsmonitor x',
    'config set core.fsmonitor /tmp/evil',
    'config set --all core.fsmonitor /tmp/evil',
    'config --global get core.fsmonitor x',
    'config unset core.fsmonitor --get',
    'config get --file=/tmp/evil core.fsmonitor',
    'config --global',
    'config edit',
    'config',
  ])('does not cover git %s, which could write a setting', async (args) => {
    expect(said(await judge(`git ${args}`, { rules: [git] }))).toBe('prompt carrier');
  });

  it.each([
    'clone https://example.com/x',
    'fetch',
    'fetch origin main',
    '--no-pager pull --rebase',
    'remote update',
    'remote add x /tmp/evil',
    'remote set-url origin /tmp/evil',
    'push /tmp/evil main',
    'worktree add x',
    'worktree move w x',
    'worktree repair /tmp/x',
    'init x',
    'push sub',
    'apply x.patch',
    'am --abort',
  ])('does not cover git %s, which brings in files and with them another repository', async (args) => {
    expect(said(await judge(`git ${args}`, { rules: [git] }))).toBe('prompt rule-too-wide');
  });

  it.each<[what: string, entries: Parameters<typeof disk>[0], cwd: string, expected: string]>([
    ['itself', { [`${T}/HEAD`]: { file: 'x' } }, T, 'prompt rule-too-wide'],
    ['a folder in it', { [`${T}/HEAD`]: { file: 'x' } }, `${T}/sub`, 'prompt rule-too-wide'],
    ['a link to nowhere', { [`${T}/HEAD`]: { link: 'refs/heads/main' } }, T, 'prompt rule-too-wide'],
    [
      'beside an empty .git',
      { [`${T}/HEAD`]: { file: 'x' }, [`${T}/.git`]: { folder: true } },
      T,
      'prompt rule-too-wide',
    ],
    [
      'above an empty .git',
      { '/home/u/HEAD': { file: 'x' }, [`${T}/.git`]: { folder: true } },
      T,
      'prompt rule-too-wide',
    ],
    [
      'above a checkout',
      { '/home/u/HEAD': { file: 'x' }, [`${T}/.git/HEAD`]: { file: 'x' } },
      T,
      'run rule-matches',
    ],
    [
      'above a checkout whose HEAD is a link',
      { '/home/u/HEAD': { file: 'x' }, [`${T}/.git/HEAD`]: { link: 'refs/x' } },
      `${T}/sub`,
      'run rule-matches',
    ],
    [
      'above a worktree',
      { '/home/u/HEAD': { file: 'x' }, [`${T}/.git`]: { file: 'gitdir: x' } },
      T,
      'run rule-matches',
    ],
  ])('does not count within a repository itself: %s', async (_, entries, cwd, expected) => {
    expect(said(await judge('git status', { rules: [git], cwd, disk: disk(entries) }))).toBe(expected);
  });

  it.each(['cp x HEAD; git status', 'mv x ../HEAD && git log', 'tee /HEAD; git status'])(
    'nor where a command before it makes one: %s',
    async (text) => {
      expect(said(await judge(text, { rules: [...LISTED, git] }))).toBe('deny after-other-program');
    },
  );

  it('and a HEAD that git is told about is a name', async () => {
    expect((await judge('git reset --hard HEAD; git status')).verdict).toBe('prompt');
  });

  it('covers what brings in files where it says so', async () => {
    const rules = [{ ...git, argPattern: '^pull$' }];
    expect(said(await judge('git pull', { rules }))).toBe('run rule-matches');
    expect(said(await judge('git pull --rebase', { rules }))).toBe('prompt allowlist-miss');
  });
});

it('git pull can be allowed always as it is, and covers nothing else then', async () => {
  const { allowAlways } = await judge('git pull');
  expect(allowAlways).toHaveLength(1);
  const rules = (allowAlways ?? []).map((rule) => ({ ...rule, source: 'allow-always' }));
  expect(said(await judge('git pull', { rules }))).toBe('run rule-matches');
  expect(said(await judge('git pull x', { rules }))).toBe('prompt allowlist-miss');
});

it('a file is not run behind what could have written a setting of git', async () => {
  expect(said(await judge('git config -- core.x y -l; node run.js', { rules: LISTED, disk: disk() }))).toBe(
    'deny after-other-program',
  );
});
