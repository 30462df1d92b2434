import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { commandText, rawCommandMatches, shellPayload } from '../../main/request/command-text.ts';
import { commandParams } from '../../main/request/run-request.ts';
import { illFormedField } from '../../main/request/well-formed.ts';

describe('the text of a command', () => {
  it.each([
    [['uname', '-a'], 'uname -a'],
    [['/bin/sh', '-c', 'echo hi'], '/bin/sh -c "echo hi"'],
    [['echo', '  hi  '], 'echo "  hi  "'],
    [['echo', 'a"b'], 'echo "a\\"b"'],
    [['echo', ''], 'echo ""'],
    [['echo', 'a\tb', 'c\nd'], 'echo "a\tb" "c\nd"'],
    [['echo', "it's", '$x', 'a\\b'], "echo it's $x a\\b"],
  ])('of %j is %s', (argv, text) => {
    expect(commandText(argv)).toBe(text);
    expect(rawCommandMatches(text, argv)).toBe(true);
  });

  it.each([
    [['/bin/sh', '-c', 'ls'], 'ls'],
    [['bash', '-c', ''], ''],
    [['/bin/sh', '-lc', 'ls'], null],
    [['/bin/sh', '-c', 'ls', 'x'], null],
    [['/bin/sh', '-c'], null],
    [['/tmp/sh', '-c', 'ls'], null],
    [['env', 'sh', '-c', 'ls'], null],
  ])('of a plain shell may be what it runs: %j: %j', (argv, payload) => {
    expect(shellPayload(argv)).toBe(payload);
  });

  it('fits nothing but its own command', () => {
    const argv = fc.array(fc.string(), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(argv, fc.string(), (words, raw) => {
        expect(rawCommandMatches(raw, words)).toBe(raw === commandText(words) || raw === shellPayload(words));
        expect(rawCommandMatches(null, words)).toBe(true);
      }),
    );
  });
});

describe('a text that no process can be given', () => {
  const request = { argv: ['ls'], rawCommand: null, cwd: null, env: {}, agentId: null, sessionKey: null };
  it.each([
    [{ argv: ['ls', 'a\0'] }, 'command[1]'],
    [{ argv: ['\ud800'] }, 'command[0]'],
    [{ argv: ['\udc00\ud800'] }, 'command[0]'],
    [{ cwd: '/\0' }, 'cwd'],
    [{ env: { A: '\0' } }, 'env.A'],
    [{ env: { 'A\0': '' } }, 'env'],
    [{ sessionKey: '\udfff' }, 'sessionKey'],
    [{ rawCommand: '\0' }, 'rawCommand'],
    [{ argv: ['😀é\u2028'] }, null],
  ])('%j: %s', (fields, name) => {
    expect(illFormedField({ ...request, ...fields })).toBe(name);
  });
});

describe('what is longer than can be shown whole is refused, not cut', () => {
  const most = { command: ['ls', 'é'.repeat(32 * 1024 - 1)], env: { A: 'x'.repeat(64 * 1024 - 1) } };
  it.each([
    ['all that can be shown', most, true],
    ['a command of one byte more', { ...most, command: [...most.command, 'x'] }, false],
    ['an environment of one byte more', { ...most, env: { ...most.env, B: '' } }, false],
    ['the name of an agent', { command: ['ls'], agentId: 'x'.repeat(257) }, false],
    ['the key of a session', { command: ['ls'], sessionKey: 'x'.repeat(1025) }, false],
    ['a folder', { command: ['ls'], cwd: `/${'é'.repeat(2048)}` }, false],
  ])('%s', (_what, params, taken) => {
    expect(commandParams.safeParse(params).success).toBe(taken);
  });
});
