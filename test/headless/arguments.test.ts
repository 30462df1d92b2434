import { describe, expect, it } from 'vitest';

import { parseHeadlessArguments } from '../../main/headless/arguments.ts';
import { parseInputLine } from '../../main/headless/line-protocol.ts';

describe('the command line', () => {
  it('takes a state folder and a setup code', () => {
    expect(
      parseHeadlessArguments(['--state-dir', '/s', '--setup-code', 'c', '--memory-secrets']),
    ).toMatchObject({
      'state-dir': '/s',
      'setup-code': 'c',
      'memory-secrets': true,
    });
  });

  it.each([
    ['no state folder', []],
    ['an empty state folder', ['--state-dir', '']],
    ['an option that is not ours', ['--state-dir', '/s', '--token', 't']],
    ['a word that is no option', ['--state-dir', '/s', 'x']],
    ['a code and an address', ['--state-dir', '/s', '--setup-code', 'c', '--gateway', 'ws://h']],
    ['a token without an address', ['--state-dir', '/s', '--token-stdin']],
  ])('refuses %s', (_, argv) => {
    expect(() => parseHeadlessArguments(argv)).toThrow();
  });
});

describe('a line of input', () => {
  it.each([
    { decide: { id: 'p', digest: 'd', decision: 'allow-once' } },
    { decide: { id: 'p', digest: 'd', decision: 'deny' } },
    { pause: true },
    { resume: true },
    { unpair: true },
  ])('is taken: %j', (line) => {
    expect(parseInputLine(JSON.stringify(line))).toEqual(line);
  });

  it.each([
    ['not JSON', 'allow'],
    ['nothing', ''],
    ['another decision', '{"decide":{"id":"p","digest":"d","decision":"allow"}}'],
    ['no digest', '{"decide":{"id":"p","decision":"allow-once"}}'],
    ['something more', '{"pause":true,"resume":true}'],
    ['a pause that is none', '{"pause":false}'],
    ['a list', '[{"pause":true}]'],
    ['too long', `{"pause":true${' '.repeat(65_536)}}`],
  ])('is refused: %s', (_, line) => {
    expect(parseInputLine(line)).toBeUndefined();
  });
});
