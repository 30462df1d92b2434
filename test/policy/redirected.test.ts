import { describe, expect, it } from 'vitest';

import { ANYTHING, disk, judge, LISTED, said, T } from './world.ts';

const settings = (path: string, text: string) =>
  disk({
    [path]: { file: text },
    [`${T}/sub/x.ts`]: { file: 'x' },
    [`${T}/x.d`]: { file: '#!/usr/bin/env -S\n', runs: true },
    [`${T}/deno.sh`]: { file: '#!/usr/bin/env deno\n1\n', runs: true },
    [`${T}/r.R`]: { file: '#!/usr/bin/env Rscript\n1\n', runs: true },
    ...Object.fromEntries(['x.R', 'x.py', 'x.exs', 'x.dart'].map((name) => [`${T}/${name}`, { file: 'x' }])),
    ...Object.fromEntries(
      'ts-node ts-node-esm ts-node-transpile-only elixir dart'
        .split(' ')
        .map((name) => [`/usr/bin/${name}`, { file: '\u007fELF', runs: true }]),
    ),
    [`${T}/bun.ts`]: { file: '#!/usr/bin/env bun\n1\n', runs: true },
    '/usr/bin/deno': { file: '\u007fELF', runs: true },
    '/usr/bin/bun': { file: '\u007fELF', runs: true },
  });
const REMAPS = '{"imports":{"./run.ts":"./evil.ts"}}';
const PATHS = '{"compilerOptions":{"paths":{"*":["./evil.ts"]}}}';

describe('a file is refused where settings of the project could make it another one', () => {
  it.each<[command: string, path: string, text: string]>([
    ['deno run ./run.ts', `${T}/deno.json`, REMAPS],
    ['deno run.ts', `${T}/deno.jsonc`, REMAPS],
    ['deno run ./run.ts', '/home/deno.json', REMAPS],
    ['deno run ./run.ts', '/deno.json', '{"importMap":"x.json"}'],
    ['deno run ./run.ts', `${T}/deno.json`, "{imports:{'./run.ts':'./e.ts'}}"],
    ['deno run ./run.ts', `${T}/deno.json`, '{"imports":{"./run.ts" /* */:"./e.ts"}}'],
    ['deno run ./run.ts', `${T}/deno.json`, '{"imports":{"\\u002e/run.ts":"./e.ts"}}'],
    ['deno run ./run.ts', `${T}/deno.json`, '{"imports":{"/home/":"./e.ts"}}'],
    ['deno run ./run.ts', `${T}/deno.json`, '{"imports":{"file:///home/":"./e.ts"}}'],
    ['deno run ./run.ts', `${T}/deno.json`, '{"imports":{"https://a/":"./e.ts"}}'],
    ['deno run ./run.ts', `${T}/deno.json`, '{"imports":{" file:///home/":"./e.ts"}}'],
    ['deno run ./run.ts', `${T}/deno.json`, '{"imports":{"fi\tle:///home/":"./e.ts"}}'],
    ['deno run ./run.ts', `${T}/deno.json`, '{"imports":{"\u0001./run.ts":"./e.ts"}}'],
    ['deno run ./run.ts', `${T}/deno.json`, '{"scopes":{}}'],
    ['deno run ./run.ts', `${T}/deno.json`, '{"extends":"x"}'],
    ['deno run ./run.ts', `${T}/deno.json`, '{"workspace":["a"]}'],
    ['deno run ./run.ts', `${T}/deno.json`, '{"links":["a"]}'],
    ['deno run ./run.ts', `${T}/deno.json`, ' '.repeat(70_000)],
    ['deno run ./sub/x.ts', `${T}/sub/deno.json`, REMAPS],
    ['./deno.sh', `${T}/deno.json`, REMAPS],
    ['bun ./run.ts', `${T}/tsconfig.json`, PATHS],
    ['bun run ./run.ts', '/home/jsconfig.json', PATHS],
    ['bun ./run.ts', `${T}/tsconfig.json`, '{"extends":"./x.json"}'],
    ['bun ./run.ts', `${T}/tsconfig.json`, '{"compilerOptions":{"baseUrl":"x"}}'],
    ['bun ./run.ts', `${T}/tsconfig.json`, '{"compilerOptions":{"p\\u0061ths":{}}}'],
    ['./bun.ts', `${T}/tsconfig.json`, PATHS],
    ['bun ./run.ts', `${T}/bunfig.toml`, 'preload = ["./evil.ts"]'],
    ['bun ./run.ts', '/home/bunfig.toml', '"pre\\u006coad" = ["./evil.ts"]'],
    ['ts-node ./run.ts', `${T}/tsconfig.json`, '{"ts-node":{"require":["./evil.js"]}}'],
    ['ts-node-esm ./run.ts', '/home/tsconfig.json', '{"ts-node":{"transpiler":"./evil.js"}}'],
    ['ts-node-transpile-only ./run.ts', `${T}/tsconfig.json`, '{"ts-node":{"compiler":"./evil.js"}}'],
    ['ts-node ./run.ts', `${T}/tsconfig.json`, '{"extends":"./x.json"}'],
    ['ts-node ./run.ts', `${T}/tsconfig.json`, '{"ts-node":{"requir\\u0065":["./evil.js"]}}'],
    ['Rscript ./x.R', `${T}/.Rprofile`, 'evil()'],
    ['Rscript --no-save ./x.R', `${T}/.Renviron`, 'R_PROFILE_USER=evil.R'],
    ['./r.R', `${T}/.Rprofile`, 'evil()'],
    ['uv run ./x.py', `${T}/.python-version`, './evil'],
    ['uv run ./x.py', `${T}/.python-versions`, './evil'],
    ['uv run ./x.py', `${T}/uv.toml`, 'x'],
    ['uv run ./x.py', '/home/pyproject.toml', '[build-system]'],
    ['uv run ./x.py', `${T}/.venv/bin/python`, 'evil'],
    ['uv run ./x.py', `${T}/.venv`, '/elsewhere'],
    ['elixir ./x.exs', `${T}/.erlang`, 'evil().'],
    ['dart run ./x.dart', `${T}/hook/build.dart`, 'evil();'],
    ['dart ./x.dart', `${T}/hook/link.dart`, 'evil();'],
  ])('%s with %s: %s', async (command, path, text) => {
    const there = settings(path, text);
    for (const asked of [{}, { rules: ANYTHING }, { granted: () => true }])
      expect(said(await judge(command, { disk: there, ...asked }))).toBe('deny redirecting-settings');
  });

  it('what is not there is refused for that', async () => {
    expect(said(await judge('bun ./nope.ts'))).toBe('deny not-bindable');
  });

  it('a folder of that name, that nobody can read, refuses as well', async () => {
    const there = disk({ [`${T}/deno.json`]: { device: true } });
    expect(said(await judge('deno run ./run.ts', { disk: there }))).toBe('deny redirecting-settings');
  });

  it.each<[command: string, path: string, text: string]>([
    ['deno run --no-config ./run.ts', `${T}/deno.json`, REMAPS],
    ['deno run ./run.ts', `${T}/deno.json`, '{"imports":{"@std/fs":"jsr:@std/fs@1"},"tasks":{"a":"ls"}}'],
    [
      'deno run ./run.ts',
      `${T}/deno.json`,
      '{"exports":{".":"./mod.ts"},"imports":{"scope-x":"npm:link@1"}}',
    ],
    ['deno run ./run.ts', `${T}/sub/deno.json`, REMAPS],
    ['bun ./run.ts', `${T}/tsconfig.json`, '{"compilerOptions":{"strict":true}}'],
    ['node ./run.js', `${T}/tsconfig.json`, PATHS],
    ['bun ./run.ts', `${T}/bunfig.toml`, 'logLevel = "debug"'],
    [
      'ts-node ./run.ts',
      `${T}/tsconfig.json`,
      '{"compilerOptions":{"strict":true},"ts-node":{"files":true}}',
    ],
    ['Rscript --vanilla ./x.R', `${T}/.Rprofile`, 'evil()'],
    ['Rscript ./x.R', '/home/u/.Rprofile', 'options(digits = 3)'],
    ['elixir ./x.exs', '/home/u/.erlang', 'mine().'],
    ['uv run ./x.py', `${T}/sub/.python-version`, '3.12'],
    ['dart ./x.dart', `${T}/pubspec.yaml`, 'name: x'],
  ])('%s with %s: %s is asked about', async (command, path, text) => {
    const { verdict, operands } = await judge(command, { disk: settings(path, text) });
    expect([verdict, operands.length]).toEqual(['prompt', 1]);
  });

  it.each(['tsx ./run.js', 'tsx ./x', 'ts-node run.js', 'esno run.mjs', 'swc-node run.js'])(
    '%s could be a typed file of that name',
    async (command) => {
      expect((await judge(command)).verdict).toBe('deny');
    },
  );
});

it.each<[firstLine: string, verdict: string]>([
  ['#!/home/u/p/evil', 'deny'],
  ['#!/bin/sh', 'deny'],
  ['#!/usr/bin/perl -w', 'prompt'],
  ['#!/usr/bin/env perl', 'prompt'],
  ['# perl', 'prompt'],
])('perl hands a file on to the program in its first line: %s', async (firstLine, verdict) => {
  const there = disk({ [`${T}/p.pl`]: { file: `${firstLine}\n# perl\n1\n` } });
  expect((await judge('perl p.pl', { disk: there })).verdict).toBe(verdict);
});

describe('what a version manager starts is refused where the project could name anything at all', () => {
  const shims = (path: string, text: string) =>
    disk({
      [path]: { file: text },
      [`${T}/bin/rustup`]: { file: '\u007fELF', runs: true },
      [`${T}/bin/rustfmt`]: { link: 'rustup' },
      [`${T}/bin/mise`]: { file: '\u007fELF', runs: true },
      [`${T}/bin/mytool`]: { link: 'mise' },
      [`${T}/shims/tool`]: { file: '\u007fELF', runs: true },
      [`${T}/bin/linked`]: { link: '../shims/tool' },
      [`${T}/bin/volted`]: { link: 'volta-shim' },
      [`${T}/bin/volta-shim`]: { file: '\u007fELF', runs: true },
      [`${T}/bin/protoed`]: { link: 'proto-shim' },
      [`${T}/bin/proto-shim`]: { file: '\u007fELF', runs: true },
      [`${T}/bin/rusted`]: { link: 'rustup-init' },
      [`${T}/bin/rustup-init`]: { file: '\u007fELF', runs: true },
      [`${T}/script`]: { file: '#!/usr/bin/env mytool\n1\n', runs: true },
    });
  const path = `${T}/shims:${T}/bin:/usr/bin`;
  it.each<[command: string, path: string, text: string]>([
    ['rustfmt a.rs', `${T}/rust-toolchain.toml`, '[toolchain]\npath = "/evil"'],
    ['rusted a.rs', `${T}/rust-toolchain`, '[toolchain]\n"p\\u0061th" = "/evil"'],
    ['rustfmt a.rs', '/home/rust-toolchain', '[toolchain]\npath = "/evil"'],
    ['tool x', `${T}/.tool-versions`, 'tool path:/evil'],
    ['linked x', `${T}/.tool-versions`, 'tool path:/evil'],
    ['mytool y', `${T}/mise.toml`, '[env]\n_.source = "./evil.sh"'],
    ['mytool y', `${T}/.mise.toml`, '[env]\nX = "{{ 1 }}"'],
    ['mytool y', `${T}/mise.local.toml`, '[env]\nX = "{{ exec(1) }}"'],
    ['mytool y', `${T}/mise.toml`, '[env]\n_.file = ".env"'],
    ['mytool y', `${T}/mise.toml`, '[hooks]\nenter = "id"'],
    ['mytool y', `${T}/.mise.local.toml`, '[env]\n_.source = "./evil.sh"'],
    ['mytool y', `${T}/mise/config.toml`, '[env]\n_.source = "./evil.sh"'],
    ['mytool y', `${T}/.mise/config.toml`, '[env]\n_.source = "./evil.sh"'],
    ['mytool y', `${T}/.config/mise.toml`, '[env]\n_.source = "./evil.sh"'],
    ...'java perl php go'
      .split(' ')
      .map((name): [string, string, string] => ['tool x', `${T}/.${name}-version`, '../../evil']),
    ['protoed x', `${T}/.prototools`, '[plugins]\nx = "https://x"'],
    ['volted x', `${T}/.node-version`, '../../evil'],
    ['tool x', `${T}/.python-version`, '../../evil'],
    ['tool x', `${T}/.ruby-version`, './evil'],
    ['./script', `${T}/mise.toml`, '[env]\n_.source = "./evil.sh"'],
    ['sudo rustfmt a.rs', `${T}/rust-toolchain.toml`, '[toolchain]\npath = "/evil"'],
  ])('%s with %s: %s', async (command, file, text) => {
    const there = shims(file, text);
    for (const asked of [{}, { rules: ANYTHING }, { granted: () => true }])
      expect(said(await judge(command, { disk: there, path, ...asked }))).toBe('deny redirecting-settings');
  });

  it.each<[command: string, path: string, text: string]>([
    ['rustfmt a.rs', `${T}/rust-toolchain.toml`, '[toolchain]\nchannel = "1.80"\nprofile = "minimal"'],
    ['tool x', `${T}/.tool-versions`, 'tool 3.12.1'],
    ['mytool y', `${T}/mise.toml`, '[tools]\nnode = "22"\n"npm:prettier" = "3"'],
    ['git status', `${T}/mise.toml`, '[env]\n_.source = "./evil.sh"'],
  ])('%s with %s: %s is asked about', async (command, file, text) => {
    expect((await judge(command, { disk: shims(file, text), path })).verdict).toBe('prompt');
  });
});

describe('and where a command before it could write such settings', () => {
  it.each([
    'cp a.json deno.json && deno run ./run.ts',
    'tee deno.jsonc && deno run ./run.ts',
    'mv a.json ../deno.json && deno run ./run.ts',
    'cp a.json tsconfig.json && bun ./run.ts',
    'cp a.json sub/deno.json && deno run sub/x.ts',
    'cp a bunfig.toml && bun ./run.ts',
    'cp a .Rprofile && Rscript ./x.R',
    'cp a .python-version && uv run ./x.py',
    'cp a .venv/bin/python && uv run ./x.py',
    'cp -r a .venv && uv run ./x.py',
    'cp a .npmrc && npx mytool',
    'cp a ../.yarnrc && yarn exec mytool',
    'tee .pnpmfile.cjs && pnpm exec mytool',
    'cp other.json package.json && npx mytool',
    'rm package.json && npx mytool',
    'cp a.json ../package.json && pnpm exec mytool',
  ])('%s', async (text) => {
    const there = disk({
      [`${T}/sub/x.ts`]: { file: 'x' },
      [`${T}/package.json`]: { file: '{}' },
      [`${T}/node_modules/.bin/mytool`]: { file: '\u007fELF', runs: true },
    });
    const rules = [...LISTED, `${T}/**`, { pattern: '**', argPattern: '.' }];
    expect(said(await judge(text, { disk: there, rules }))).toBe('deny after-other-program');
  });

  it('and not otherwise', async () => {
    expect((await judge('cp a.json b.json && deno run ./run.ts')).verdict).toBe('prompt');
  });
});
