import { describe, expect, it } from 'vitest';

import type { Entry } from '../facts/fake-disk.ts';
import { type Asked, disk, judge, LISTED, said, T } from './world.ts';

const program: Entry = { file: '\u007fELF', runs: true };
const app = '/Applications/Latchkey.app/Contents/MacOS/Latchkey';
const KEY = 'ghp_abcdefghijklmnopqrst';
const there = disk({
  '/usr/bin/busybox': program,
  '/usr/bin/rm': { link: 'busybox' },
  '/usr/bin/sh': { link: 'busybox' },
  [`${T}/by-us`]: { file: `#!${app}\n`, runs: true },
  [`/usr/bin/${KEY}`]: program,
  [app]: program,
});
const open = { security: 'full', ask: 'off', disk: there } as const;
const state = '/home/u/Library/Application Support/Latchkey/exec-approvals.json';

describe('even where everything is allowed', () => {
  it.each<[string | readonly string[], string, Asked?]>([
    ['sudo timeout 5 sudo nope', 'deny not-found', { rules: LISTED }],
    ['sudo timeout 5 sudo command ls', 'deny not-found', { rules: LISTED }],
    ['env -i nope', 'deny not-found', { rules: LISTED }],
    ['watch /bin/sh', 'deny script-under-carrier', { rules: ['*', ...LISTED] }],
    ["sed -n 'r /etc/passwd' x", 'deny script-under-carrier', { rules: ['*', ...LISTED] }],
    ['nohup env nohup cd sub', 'deny not-found', { rules: LISTED }],
    [['./by-us'], 'deny own-program', open],
    [`ELECTRON_RUN_AS_NODE=1 ${app}`, 'deny assignment-refused', open],
    [[KEY], 'deny secret-in-code', { rules: ['*', ...LISTED], disk: there }],
    [['/usr/bin/sh', '-c', 'eval x'], 'deny evaluated-text', { rules: ['*'], disk: there }],
  ])('%j: %s', async (what, expected, asked) => {
    expect(said(await judge(what, asked))).toBe(expected);
  });
});

describe('"always" is not offered', () => {
  it.each<[string | readonly string[], Asked?]>([
    ['jq bash -c ls'],
    ['nice'],
    ['env'],
    ['npx'],
    [['cat', state], { rules: ['*'] }],
    [['cat', state]],
    ['ls; jq bash'],
    ['wait; ls'],
    ['wait; ls', { rules: LISTED }],
    ['./pnpm.js exec tsx ./run.ts'],
  ])('for %j', async (what, asked) => {
    expect((await judge(what, asked)).allowAlways).toBeNull();
  });
  it('with any arguments where the file is only called like one that has many names', async () => {
    const other = disk({ '/usr/bin/coreutils-9': program, '/usr/bin/cat': { link: 'coreutils-9' } });
    expect((await judge('cat y', { disk: other })).allowAlwaysAny).toBeNull();
    const newer = disk({ '/usr/bin/cat-9': program, '/usr/bin/cat': { link: 'cat-9' } });
    const { allowAlways, allowAlwaysAny } = await judge('cat y', { disk: newer });
    expect([allowAlways !== null, allowAlwaysAny]).toEqual([true, null]);
  });
  it('with any arguments for a program that is a name of busybox', async () => {
    expect((await judge('rm x', { disk: there })).allowAlwaysAny).toBeNull();
  });
});

describe('an approval counts once only', () => {
  it.each<[string | readonly string[], Asked?]>([
    [['/bin/sh', '-lc', '$0 "$1"', '/usr/bin/touch', '/tmp/m']],
    [['./pnpm.js', 'exec', 'tsx', './run.ts']],
    [['cat', state], { rules: ['*'] }],
  ])('for %j', async (what, asked) => {
    expect((await judge(what, asked)).onceOnly).toBe(true);
  });
});

describe('what is bound', () => {
  const front = `path ${T}/bin`;
  it.each<[string | readonly string[], string, readonly string[]]>([
    [['ls', '-l'], '/usr/bin/ls', [`cwd ${T}`, 'executable /usr/bin/ls', front]],
    ['echo hello', '/bin/sh', [`cwd ${T}`, 'executable /bin/sh', 'executable /usr/bin/echo', front]],
    [
      ['pnpm', 'node', './run.js'],
      `${T}/bin/pnpm`,
      [`cwd ${T}`, `operand ${T}/run.js`, `executable ${T}/bin/pnpm`, `executable ${T}/bin/node`],
    ],
  ])('for %j is %s with %j', async (what, started, files) => {
    const { binding } = await judge(what);
    expect(binding.program).toBe(started);
    expect(binding.files.map(({ role, given }) => `${role} ${given}`)).toEqual(files);
  });
});
