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

  it.each([T, `${T}/objects`, `${T}/sub`])(
    'does not cover git status within a repository itself: %s',
    async (cwd) => {
      const bare = {
        [`${T}/HEAD`]: { file: 'x' },
        [`${T}/objects`]: { folder: true },
        [`${T}/refs`]: { folder: true },
      } as const;
      const asked = async (more: Parameters<typeof disk>[0]) =>
        said(await judge('git status', { rules: [git], cwd, disk: disk(more) }));
      expect(await asked(bare)).toBe('prompt rule-too-wide');
      expect(await asked({ ...bare, [`${T}/.git`]: { folder: true } })).toBe('run rule-matches');
      for (const missing of Object.keys(bare).filter((path) => !cwd.startsWith(path))) {
        const rest = Object.fromEntries(Object.entries(bare).filter(([path]) => path !== missing));
        expect(await asked(rest)).toBe('run rule-matches');
      }
    },
  );

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
