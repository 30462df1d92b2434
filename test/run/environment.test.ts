import { userInfo } from 'node:os';

import { describe, expect, it } from 'vitest';

import { childEnvironment, readHostIdentity } from '../../main/run/environment.ts';

const host = {
  home: '/Users/me',
  user: 'me',
  shell: '/bin/zsh',
  tmpdir: '/var/folders/x/T',
  lang: 'de_DE.UTF-8',
  sshAuthSock: '/private/tmp/agent',
};
const base = {
  HOME: '/Users/me',
  USER: 'me',
  LOGNAME: 'me',
  SHELL: '/bin/zsh',
  TMPDIR: '/var/folders/x/T',
  LANG: 'de_DE.UTF-8',
  PATH: '/usr/bin:/bin',
  LATCHKEY_RUN: 'a-run',
};
const choices = { path: '/usr/bin:/bin', passSshAgent: false, marker: 'a-run', overrides: {} };

it('is made of these variables and no other', () => {
  expect(childEnvironment(host, choices)).toEqual(base);
});

it('names the agent only where that was chosen and there is one', () => {
  const chosen = { ...choices, passSshAgent: true };
  expect(childEnvironment(host, chosen)).toEqual({ ...base, SSH_AUTH_SOCK: '/private/tmp/agent' });
  expect(childEnvironment({ ...host, sshAuthSock: null }, chosen)).toEqual(base);
});

it('takes overrides as they are, also of names that JavaScript treats in its own way', () => {
  const overrides = JSON.parse(
    '{"FOO":"","LANG":"C","TMPDIR":"/x","__proto__":"a","constructor":"b"}',
  ) as Record<string, string>;
  const env = childEnvironment(host, { ...choices, overrides });
  expect(Object.entries(env)).toEqual(
    Object.entries({ ...base, LANG: 'C', TMPDIR: '/x' }).concat([
      ['FOO', ''],
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]),
  );
});

describe('refuses what no judgement may let through', () => {
  it.each(['HOME', 'USER', 'LOGNAME', 'SHELL', 'PATH', 'Path', 'path', 'SSH_AUTH_SOCK', 'LATCHKEY_RUN'])(
    '%s',
    (name) => {
      expect(() => childEnvironment(host, { ...choices, overrides: { [name]: '/x' } })).toThrow(
        `${name} cannot be set`,
      );
    },
  );

  it.each([
    ['', 'x'],
    ['A=B', 'x'],
    ['BAD-KEY', 'x'],
    ['BASH_FUNC_ls%%', 'x'],
    ['1A', 'x'],
    ['A\0', 'x'],
    ['FOO\n', 'x'],
    ['FOO', 'a\0b'],
  ])('%j=%j', (name, value) => {
    expect(() => childEnvironment(host, { ...choices, overrides: { [name]: value } })).toThrow(
      /no environment can hold/,
    );
  });
});

describe('who we are', () => {
  it('takes user and shell from the user database, and the home folder from HOME as every program does', () => {
    const identity = readHostIdentity({
      HOME: '/Users/other',
      USER: 'evil',
      LOGNAME: 'evil',
      SHELL: '/evil',
    });
    const { username, shell } = userInfo();
    expect(identity).toMatchObject({ home: '/Users/other', user: username, shell });
  });

  it.each([{}, { HOME: '' }, { HOME: 'relative' }])(
    'asks the user database for a home folder with %j',
    (own) => {
      expect(readHostIdentity(own).home).toBe(userInfo().homedir);
    },
  );

  it.each([
    [{}, { tmpdir: '/tmp', sshAuthSock: null }],
    [
      { TMPDIR: '', SSH_AUTH_SOCK: '' },
      { tmpdir: '/tmp', sshAuthSock: null },
    ],
    [
      { TMPDIR: 'here', SSH_AUTH_SOCK: 'there' },
      { tmpdir: '/tmp', sshAuthSock: null },
    ],
    [
      { TMPDIR: '/t', SSH_AUTH_SOCK: '/s', LANG: 'fr_FR.UTF-8' },
      { tmpdir: '/t', sshAuthSock: '/s', lang: 'fr_FR.UTF-8' },
    ],
  ])('of %j takes only absolute paths', (own, expected) => {
    expect(readHostIdentity(own)).toMatchObject(expected);
  });

  it('has a language where we were started without one', () => {
    expect(readHostIdentity({}).lang).toMatch(/UTF-8$/);
  });
  it.each(['zh_CN.GBK', 'ja_JP', '', 'C'])('and not one of other letters than were judged: %j', (LANG) => {
    expect(readHostIdentity({ LANG }).lang).toMatch(/UTF-8$/);
  });
});
