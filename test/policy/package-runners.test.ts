import { describe, expect, it } from 'vitest';

import type { Entry } from '../facts/fake-disk.ts';
import { disk, judge, said, T } from './world.ts';

const program: Entry = { file: '\u007fELF', runs: true };
const TOOL = `${T}/node_modules/.bin/mytool`;
const project = (
  more: Readonly<Record<string, Entry>> = { [`${T}/package.json`]: { file: '{"name":"p"}' } },
) => disk({ [TOOL]: program, ...more });

const settings = (path: string, text: string) =>
  project({ [`${T}/package.json`]: { file: '{}' }, [path]: { file: text } });

const asked = (line: string, there = project()) => judge(line.split(' '), { disk: there, rules: [TOOL] });

describe('a package runner runs the command of the project that a rule covers', () => {
  it.each([
    'npx mytool a',
    'npx -y mytool a',
    'npx mytool --verbose',
    'npx --loglevel silent mytool a',
    'bunx mytool a',
    'npm exec mytool a',
    'npm exec -- mytool --verbose',
    'pnpm exec mytool --verbose',
    'pnpm --reporter silent exec mytool',
    'yarn exec mytool a',
  ])('%s', async (line) => {
    expect(said(await asked(line))).toBe('run rule-matches');
  });
});

describe('and no other, by an option that has a value in one of them alone', () => {
  it.each([
    ['npx --reporter evil mytool a', 'prompt carrier'],
    ['npx --no mytool --script-shell=x a', 'prompt carrier'],
    ['npm exec --reporter evil mytool', 'prompt carrier'],
    ['npm exec --no mytool', 'prompt carrier'],
    ['pnpm -p x.ts exec mytool', 'deny task-runner'],
    ['pnpm -y exec mytool', 'deny task-runner'],
    ['yarn -p x exec mytool', 'deny task-runner'],
    // npm reads what stands behind the command as its own
    ['npm exec mytool --script-shell=x', 'prompt carrier'],
    ['npm exec mytool --package=./evil --yes', 'prompt carrier'],
    ['npm x mytool -w sub', 'prompt carrier'],
    ['npm exec -y mytool a --prefix=/x', 'prompt carrier'],
  ])('%s: %s', async (line, expected) => {
    expect(said(await asked(line))).toBe(expected);
  });

  it.each([
    ["yarn exec 'ls; id'"],
    ["yarn exec 'ls $(id)'"],
    ['yarn exec $X'],
    ['yarn exec -- $X'],
    ['yarn exec -- "ls; id"'],
  ])('a text for a shell of its own is refused: %s', async (text) => {
    expect((await judge(text)).verdict).toBe('deny');
  });
});

describe('a project that brings commands of its own is asked for them first', () => {
  it.each<[what: string, Readonly<Record<string, Entry>>]>([
    ['a command', { [`${T}/package.json`]: { file: '{"bin":{"mytool":"./b.js"}}' } }],
    ['one, spelled otherwise', { [`${T}/package.json`]: { file: '{"b\\u0069n":"./b.js"}' } }],
    ['a folder of them', { [`${T}/package.json`]: { file: '{"directories":{"bin":"x"}}' } }],
    ['nothing that can be read', { [`${T}/package.json`]: { file: '{' } }],
    ['no object', { [`${T}/package.json`]: { file: 'null' } }],
    ['a number', { [`${T}/package.json`]: { file: '1' } }],
    ['no description yet', {}],
    ['a device for one', { [`${T}/package.json`]: { device: true } }],
  ])('%s: nobody can say what runs', async (_, more) => {
    for (const line of ['npx mytool', 'npm exec mytool', 'bunx mytool'])
      expect(said(await asked(line, project(more)))).toBe('prompt fetched-program');
  });

  it.each<[file: string, text: string]>([
    ['.yarnrc', 'yarn-path "./e.js"'],
    ['.yarnrc.yml', 'yarnPath: e.js'],
    ['.pnpmfile.cjs', 'e'],
    ['.pnpmfile.mjs', 'e'],
    ['pnpm-workspace.yaml', 'e'],
    ['.npmrc', 'script-shell=./e.sh'],
    ['bunfig.toml', 'e'],
    ['.pnp.cjs', 'e'],
  ])('one with settings for runners is not run by a rule or for a while: %s', async (file, text) => {
    for (const line of ['npx mytool', 'bunx mytool', 'pnpm exec mytool', 'yarn exec mytool'])
      for (const folder of [T, '/home', '/']) {
        const set = settings(`${folder}/${file}`.replace('//', '/'), text);
        const { verdict, grantable } = await asked(line, set);
        expect([line, verdict, grantable]).toEqual([line, 'prompt', false]);
      }
    expect(said(await asked('npx mytool', settings(`/home/u/${file}`, text)))).toBe('run rule-matches');
  });

  it.each(['{"packageManager":"pnpm@9"}', '{"pnpm":{}}', '{', 'null'])(
    'one that names the runner itself, or that nobody can read: %s',
    async (text) => {
      for (const line of ['pnpm exec mytool', 'yarn exec mytool'])
        expect(said(await asked(line, project({ [`${T}/package.json`]: { file: text } })))).toBe(
          'prompt fetched-program',
        );
    },
  );

  it('what npm is told of commands is nothing to pnpm', async () => {
    const brings = project({ [`${T}/package.json`]: { file: '{"bin":{"mytool":"./b.js"}}' } });
    expect(said(await asked('pnpm exec mytool', brings))).toBe('run rule-matches');
    expect(said(await asked('pnpm exec mytool', project({})))).toBe('run rule-matches');
  });

  it('the nearest one counts', async () => {
    const brings = { file: '{"bin":"x"}' };
    const inner = project({ [`${T}/package.json`]: { file: '{}' }, '/home/u/package.json': brings });
    expect(said(await asked('npx mytool', inner))).toBe('run rule-matches');
    const below = { disk: project({ [`${T}/package.json`]: brings, [`${T}/sub/x`]: { file: 'x' } }) };
    expect(said(await judge(['npx', 'mytool'], { ...below, rules: [TOOL], cwd: `${T}/sub` }))).toBe(
      'prompt fetched-program',
    );
  });

  it('none at all above a folder without any', async () => {
    const bare = disk({ '/node_modules/.bin/mytool': program, '/workspace': { folder: true } });
    const { reason } = await judge(['npx', 'mytool'], { disk: bare, cwd: '/workspace' });
    expect(reason).toBe('fetched-program');
  });

  it('and is bound, so that it brings none later', async () => {
    const { binding, operands } = await asked('npx mytool');
    expect(binding.files.find(({ given }) => given === `${T}/package.json`)?.sha256).toMatch(
      /^[0-9a-f]{64}$/,
    );
    expect(operands.map(({ path }) => path)).toEqual([TOOL]);
  });
});

describe('a file may do something else by another name', () => {
  const names = disk({
    '/usr/bin/xz': program,
    '/usr/bin/xzcat': { link: 'xz' },
    '/usr/bin/unxz': { link: 'xz' },
    '/usr/bin/mytool-1.2': program,
    '/usr/bin/mytool': { link: 'mytool-1.2' },
    '/usr/bin/tidy.js': program,
    '/usr/bin/tidy': { link: 'tidy.js' },
  });
  it.each([
    ['xz', '/usr/bin/xz', true],
    ['xzcat', '/usr/bin/xz', false],
    ['unxz', '/usr/bin/xz', false],
    ['mytool', '/usr/bin/mytool-1.2', true],
    ['tidy', '/usr/bin/tidy.js', true],
  ])('a rule for a file and "always" for %s: %s %s', async (name, pattern, can) => {
    const line = `${name} d.xz`;
    expect((await judge(line, { disk: names, rules: [pattern] })).verdict).toBe(can ? 'run' : 'prompt');
    expect((await judge(line, { disk: names })).allowAlways !== null).toBe(can);
    for (const wide of [[name], ['/usr/bin/*']])
      expect((await judge(line, { disk: names, rules: wide })).verdict).toBe('run');
  });
});
