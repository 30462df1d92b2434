import { describe, expect, it } from 'vitest';

import type { Entry } from '../facts/fake-disk.ts';
import { ANYTHING, disk, judge, said, T } from './world.ts';

describe('the never-list', () => {
  const never = (effect: 'deny' | 'prompt', name = 'rm', agent?: string) => ({
    never: [{ name, effect, ...(agent === undefined ? {} : { agent }) }],
  });
  const everything = { security: 'full', ask: 'off' } as const;
  it.each([
    'rm x',
    '/usr/bin/rm x',
    'nice rm x',
    'env env rm x',
    'sh -c "rm x"',
    'ls && rm x',
    'sudo rm x',
    'xargs rm',
    'find . -exec rm {} +',
    'echo $(rm x)',
    'if ls; then rm x; fi',
    'command rm x',
    'ssh host rm x',
  ])('denies %s, whatever the policy', async (text) => {
    expect((await judge(text, { ...everything, notes: never('deny') })).reason).toBe('never-list');
    expect((await judge(text, { ...everything, notes: never('deny', 'RM') })).reason).toBe('never-list');
    const asked = await judge(text, { ...everything, notes: never('prompt') });
    expect([asked.verdict, asked.unattended, asked.allowAlways]).toEqual([
      asked.verdict === 'run' ? 'never' : asked.verdict,
      'deny',
      null,
    ]);
    expect((await judge(text, { ...everything, notes: never('deny', 'rmdir') })).verdict).toBe('run');
    expect((await judge(text, { ...everything, notes: never('deny', 'rm', 'other') })).verdict).toBe('run');
  });
  it.each(['$X', 'eval x', 'f(){ rm; }; f', '$(echo rm) x'])(
    'denies %s, since nobody can say what it runs',
    async (text) => {
      expect((await judge(text, { ...everything, notes: never('deny') })).verdict).toBe('deny');
      expect((await judge(text, { ...everything, notes: never('prompt') })).verdict).toBe('deny');
    },
  );
  it('knows a program by its file, too', async () => {
    const hidden = disk({ [`${T}/x`]: { link: '/usr/bin/rm' } });
    expect((await judge('./x y', { ...everything, notes: never('deny'), disk: hidden })).reason).toBe(
      'never-list',
    );
  });
  it.each([
    'python3 deploy',
    'python3 ./sub/DEPLOY',
    'node ./deploy',
    'sh deploy',
    './deploy',
    'nice ./deploy',
    'python3 other',
    './other x',
  ])('knows a file that is run: %s', async (text) => {
    const file: Entry = { file: 'x', runs: true };
    const there = disk({
      [`${T}/deploy`]: file,
      [`${T}/sub/DEPLOY`]: file,
      [`${T}/other`]: { link: 'deploy' },
    });
    const asked = { rules: ANYTHING, disk: there };
    expect(said(await judge(text, { ...asked, notes: never('deny', 'deploy') }))).toBe('deny never-list');
    expect(said(await judge(text, { ...asked, notes: never('prompt', 'deploy') }))).toBe(
      'prompt never-list-prompt',
    );
    expect((await judge(text, asked)).verdict).toBe('run');
  });
  it.each([
    ...[
      'nice',
      'nohup',
      'timeout 5',
      'time -p',
      'stdbuf -oL',
      'caffeinate',
      'arch -arm64',
      'xcrun',
      'env',
      'env A=1',
    ],
    ...[
      'env -i',
      'npx',
      'npm exec --',
      'pnpm exec',
      'pnpm dlx',
      'yarn exec',
      'yarn dlx',
      'bunx',
      'sudo',
      'doas',
      'xargs',
    ],
    ...[
      'parallel',
      'ssh h',
      'busybox',
      'toybox',
      'flock f',
      'setsid',
      'command',
      'exec',
      'A=1',
      '!',
      'cd sub &&',
      'ls |',
    ],
  ])('asks at least about %s rm, with every rule and a grant', async (prefix) => {
    const asked = { rules: ANYTHING, granted: () => true, notes: never('prompt') };
    const { verdict, allowAlways, grantable } = await judge(`${prefix} rm`, asked);
    expect([verdict === 'run', allowAlways, grantable]).toEqual([false, null, false]);
    expect((await judge(`${prefix} rm`, { ...asked, notes: never('deny') })).reason).toBe('never-list');
  });
  it('holds for one agent where it says so', async () => {
    expect(
      (await judge('rm x', { ...everything, agentId: 'other', notes: never('deny', 'rm', 'other') })).verdict,
    ).toBe('deny');
  });
  it('does not mind words that are no programs', async () => {
    expect((await judge('echo rm', { rules: ['*'], notes: never('deny') })).verdict).toBe('run');
  });
});
