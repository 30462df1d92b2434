import { describe, expect, it } from 'vitest';

import { loadsCode } from '../../main/policy/loads-code.ts';
import { disk, judge, LISTED, said, T } from './world.ts';

const NAMES =
  'eslint prettier mypy tsc pytest jest vitest webpack xcodebuild mariadb duckdb yt-dlp gh pandoc ssh-copy-id ssh-keygen rustc zig ' +
  'coffee fzf rustc-1.70 glab aws patch rename rustup widget lsof';
const world = disk(
  Object.fromEntries(NAMES.split(' ').map((name) => [`/usr/bin/${name}`, { file: '\u007fELF', runs: true }])),
);
const verdict = async (text: string, rules: readonly (string | object)[] = LISTED) =>
  (
    await judge(text, {
      disk: world,
      rules: rules.map((rule) => (typeof rule === 'string' ? rule : { ...rule })),
    })
  ).verdict;

describe('a rule that says nothing about arguments', () => {
  it.each([
    'eslint -c /tmp/evil.mjs a.js',
    'eslint .',
    'prettier --plugin /tmp/evil.mjs x',
    'mypy --config-file x y',
    'tsc',
    'pytest -p evil',
    'pytest',
    'jest --config=x',
    'vitest run',
    'webpack --config=x',
    'xcodebuild -project x',
    "mariadb -e '\\! id'",
    'duckdb -init f',
    'yt-dlp --exec=id u',
    "gh alias set x '!id'",
    'gh x',
    'glab x',
    'gh extension install x/y',
    'gh repo clone x/y -- --upload-pack=id',
    'gh repo clone x/y',
    'gh pr checkout 1',
    'gh pr co 1',
    'gh run download 1',
    'aws configure set credential_process id',
    'patch x y',
    'rename s/x/id/e y',
    'rustup default x',
    'gh --foo alias',
    'pandoc --filter=x y',
    'ssh-copy-id -o ProxyCommand=x h',
    'ssh-keygen -D x.so',
    'rustc -Clinker=x y',
    'rustc-1.70 y',
    'zig run a.zig',
    'coffee -e x',
    'fzf --preview=id',
    'widget --hook=id',
    'widget -x',
    'widget +x -- -y',
    'widget "$X"',
  ])('does not cover %s', async (text) => {
    expect(await verdict(text)).toBe('prompt');
  });

  it.each([
    'widget',
    'widget sync',
    'widget --help',
    'widget -v status --json',
    'lsof -i -P',
    'ls -la --color=always',
    'rg -n x',
    'jq -r .x data.txt',
    'gh',
    'gh pr list',
    'aws sts get-caller-identity',
  ])('covers %s', async (text) => {
    expect(await verdict(text)).toBe('run');
  });
});

describe('a rule that says which arguments', () => {
  it.each([
    ['gh repo clone x/y', '/usr/bin/gh', '^repo clone x/y$'],
    ['eslint .', `${T}/bin/eslint`, '^\\.$'],
    ['gh pr list --limit 5', '/usr/bin/gh', '^pr (list|view)( |$)'],
    ['widget --level 3', '/usr/bin/widget', '^--level \\d$'],
  ])('covers %s', async (text, pattern, argPattern) => {
    expect(await verdict(text, [{ pattern, argPattern }])).toBe('run');
  });
});

it('a program of a toolchain that is named in words is not run by a rule', async () => {
  expect(await verdict('rustup run stable x', ['/usr/bin/rustup'])).toBe('deny');
});

it.each(['widget --level 3', 'eslint .', 'pytest -q'])('%s can be allowed always as it is', async (text) => {
  expect((await judge(text, { disk: world })).allowAlways).toHaveLength(1);
});

it('a word that happens to be the name of a program is a verb to those that are known', async () => {
  const there = disk(
    Object.fromEntries(
      ['gh', 'aws', 'brew', 'pr', 'install', 'widget'].map((name) => [
        `/usr/bin/${name}`,
        { file: '\u007fELF', runs: true },
      ]),
    ),
  );
  const rules = LISTED;
  expect((await judge('gh pr list', { disk: there, rules })).verdict).toBe('run');
  expect((await judge('aws s3 ls', { disk: there, rules })).verdict).toBe('run');
  expect((await judge('widget pr list', { disk: there, rules })).verdict).toBe('prompt');
  const { grantable, allowAlways } = await judge('brew install x', { disk: there });
  expect([grantable, allowAlways !== null]).toEqual([true, true]);
  expect((await judge(`brew install ${T}/tool`, { disk: there })).allowAlways).toBeNull();
});

it.each(['coffee x.coffee', 'bb x.clj', 'nim c x.nim', 'ansible-playbook x.yml', 'bats x', 'jupyter3 x'])(
  'a yes to %s is for once: the file is a program, and is not bound',
  async (text) => {
    const [name = ''] = text.split(' ');
    const there = disk({ [`/usr/bin/${name}`]: { file: '\u007fELF', runs: true } });
    const { verdict, grantable, allowAlways } = await judge(text, { disk: there });
    expect([verdict, grantable, allowAlways]).toEqual(['prompt', false, null]);
    expect((await judge(text, { disk: there, granted: () => true })).verdict).toBe('prompt');
  },
);

it('a file of code that an option names is not allowed always, since it is not bound', async () => {
  expect((await judge('widget --config=/tmp/x.mjs', { disk: world })).allowAlways).toBeNull();
});

it('the never-list looks at the words of a program that runs what they name', async () => {
  const notes = { never: [{ name: 'rm' }] };
  const full = { security: 'full', ask: 'off', notes, disk: world } as const;
  expect(said(await judge("fzf --preview='rm {}'", full))).toBe('deny never-list');
  expect(said(await judge("widget --preview='rm {}'", full))).toBe('run policy-full');
});

it('a program is known by its name with a version or an ending, too', () => {
  expect(['eslint.js', 'pytest-3', 'gs', 'widget'].map((name) => loadsCode(name, [name]))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

it('the sub-command of gh that the shell computes could be an alias', () => {
  expect(loadsCode('gh', ['gh', null])).toBe(true);
  expect(loadsCode('gh', ['gh', 'repo', null])).toBe(true);
  expect(loadsCode('gh', ['gh', '--version'])).toBe(false);
});
