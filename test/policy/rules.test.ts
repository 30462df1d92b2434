import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { exactArguments, matchesArguments } from '../../main/policy/arg-pattern.ts';
import { effectivePolicy, stricterByOne } from '../../main/policy/effective-policy.ts';
import { matchesGlob } from '../../main/policy/glob.ts';
import { DEFAULT_POLICY, type PolicyFile, policyFile, withAllowed } from '../../main/policy/policy-file.ts';
import { disk, judge, said, T } from './world.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a pattern', () => {
  it.each([
    ['/opt/**/rg', '/opt/homebrew/bin/rg', true],
    ['/opt/*/rg', '/opt/homebrew/bin/rg', false],
    ['/opt/**', '/opt/a/b', true],
    ['/usr/bin/g++', '/usr/bin/g++', true],
    ['/usr/bin/g++', '/usr/bin/ggg', false],
    ['/a[b]{c,d}!(e)', '/a[b]{c,d}!(e)', true],
    ['/a[b]', '/ab', false],
    ['r?', 'rg', true],
    ['/a?b', '/a/b', false],
    ['/a*b', '/a/b', false],
    ['*', 'a', true],
    ['*', 'a/b', false],
    ['', '', true],
    ['', 'a', false],
    ['/A', '/a', false],
    ['/é?', '/é😀', true],
  ])('%s for %s: %s', (pattern, path, expected) => {
    expect(matchesGlob(pattern, path)).toBe(expected);
  });

  it('never takes long', () => {
    const started = performance.now();
    expect(matchesGlob('*a'.repeat(200) + 'b', 'a'.repeat(2000))).toBe(false);
    expect(matchesGlob('**a'.repeat(200) + 'b', 'a'.repeat(2000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('argPattern', () => {
  it('has the exact form that the gateway computes', () => {
    expect(exactArguments('/workspace', ['hello world', ''])).toBe(
      'sha256:cwd-argv:v1:2b4f4aed226aa1fd771c852b8f74e4c162d440aafaf60bfef19746f3b2ee5890',
    );
  });
  it.each([
    [[], ['']],
    [['a', 'b'], ['a b']],
    [['a'], ['a', '']],
    [['1\0a'], ['1', 'a']],
  ])('the exact form tells %j from %j', (one, other) => {
    expect(matchesArguments(exactArguments('/w', one), '/w', one)).toBe(true);
    expect(matchesArguments(exactArguments('/w', one), '/w', other)).toBe(false);
    expect(matchesArguments(exactArguments('/w', one), '/v', one)).toBe(false);
  });
  it('that takes for ever is a miss, soon', () => {
    const started = performance.now();
    expect(matchesArguments('^(a+)+$', '/', [`${'a'.repeat(60)}!`])).toBe(false);
    expect(performance.now() - started).toBeLessThan(5000);
  });
  it('cannot reach this program', () => {
    expect(matchesArguments('${process.exit(1)}', '/', ['x'])).toBe(false);
    expect(matchesArguments('x', '/', ['x'])).toBe(true);
  });
});

describe('a rule on what runs others', () => {
  const SH = '/usr/bin';
  const OWN = `${T}/bin`;
  it.each<[string, string, string, covered?: boolean]>([
    // Shells
    [`${SH}/sh`, 'sh', 'run.sh'],
    [`${SH}/bash`, 'bash', '-ec ls'],
    [`${SH}/zsh`, 'zsh', '-f run.sh'],
    [`${SH}/fish`, 'fish', '-N -c ls'],
    // Interpreters
    [`${OWN}/python3`, 'python3', 'run.py'],
    [`${OWN}/node`, 'node', './run.js'],
    [`${OWN}/go`, 'go', 'run main.go'],
    [`${OWN}/java`, 'java', '-jar x.jar'],
    // Launchers
    [`${SH}/env`, 'env', 'ls'],
    [`${SH}/nice`, 'nice', '-n 5 ls'],
    [`${SH}/timeout`, 'timeout', '5 ls'],
    [`${SH}/caffeinate`, 'caffeinate', '-i ls'],
    [`${OWN}/pnpm`, 'pnpm', 'exec eslint x'],
    [`${OWN}/npm`, 'npm', 'install'],
    [`${OWN}/npx`, 'npx', 'eslint x', false],
    [`${SH}/env`, 'env', 'A=1 ls', false],
    // Carriers
    [`${SH}/sudo`, 'sudo', 'ls'],
    [`${SH}/doas`, 'doas', 'ls'],
    [`${SH}/xargs`, 'xargs', '-n 1 ls'],
    [`${SH}/find`, 'find', '. -delete'],
    [`${SH}/awk`, 'awk', 'BEGIN{system("id")}'],
    [`${SH}/ssh`, 'ssh', 'host ls'],
    [`${SH}/tar`, 'tar', '--to-command=id -xf x'],
    [`${OWN}/git`, 'git', '-c a.b=c status'],
    [`${SH}/busybox`, 'busybox', 'ls'],
    [`${SH}/docker`, 'docker', 'ps'],
  ])('%s covers %s %s only if it says so', async (pattern, name, args, covered = true) => {
    const argv = [name, ...args.split(' ')];
    const text = args.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const answer = async (rule: object) => (await judge(argv, { rules: [{ pattern, ...rule }] })).verdict;
    expect(await answer({})).toBe('prompt');
    expect(await answer({ argPattern: '' })).toBe('prompt');
    expect(await answer({ argPattern: '^something else$' })).toBe('prompt');
    expect(await answer({ argPattern: `^${text}$` })).toBe(covered ? 'run' : 'prompt');
  });
});

describe('the strictest command of a text decides', () => {
  const rules = ['/usr/bin/ls', '/usr/bin/echo'];
  const commands = { run: 'ls', prompt: 'id', deny: 'eval x' } as const;
  it.each(['&&', '||', ';', '|', '\n'])('%j', async (mark) => {
    for (const [first, one] of Object.entries(commands)) {
      for (const [second, two] of Object.entries(commands)) {
        const { verdict } = await judge(`${one} ${mark} ${two} ${mark} ls`, { rules });
        const strictest = [first, second].includes('deny')
          ? 'deny'
          : [first, second].includes('prompt')
            ? 'prompt'
            : 'run';
        expect([one, two, verdict]).toEqual([one, two, strictest]);
      }
    }
    const never = {
      never: [
        { name: 'echo', effect: 'prompt' },
        { name: 'ls', effect: 'deny' },
      ],
    };
    expect(said(await judge(`echo x ${mark} ls`, { rules, notes: never }))).toBe('deny never-list');
  });
});

describe('a rule for a file that this user can write', () => {
  const rules = [{ id: 'r1', pattern: `${T}/tool` }];
  const notes = { entries: { r1: { hashes: { [`${T}/tool`]: sha256('\u007fELF') } } } };
  it('remembers its content', async () => {
    expect(said(await judge('./tool', { rules, notes }))).toBe('run rule-matches');
    const changed = disk({ [`${T}/tool`]: { file: 'trojan', runs: true } });
    const assessment = await judge('./tool', { rules, notes, disk: changed });
    expect(said(assessment)).toBe('prompt changed-since-allowed');
    expect(assessment.text).toContain('changed since you allowed it');
  });
  it('says what it matched, to be remembered', async () => {
    expect((await judge('./tool', { rules })).matched).toEqual([
      { key: 'r1', pattern: `${T}/tool`, executable: `${T}/tool`, sha256: sha256('\u007fELF') },
    ]);
  });
});

describe('a rule with examples', () => {
  const rules = [{ id: 'r1', pattern: '/usr/bin/*', argPattern: '^-l$' }];
  it.each([
    [{ matches: [{ executable: '/usr/bin/ls', args: ['-l'] }] }, 'hit'],
    [{ matches: [{ executable: '/usr/bin/ls', args: ['-a'] }] }, 'miss'],
    [{ mismatches: [{ executable: '/usr/bin/ls', args: ['-a'] }] }, 'hit'],
    [{ mismatches: [{ executable: '/usr/bin/rm', args: ['-l'] }] }, 'miss'],
  ])('%j: %s', async (examples, allowlist) => {
    expect((await judge('ls -l', { rules, notes: { entries: { r1: examples } } })).allowlist).toBe(allowlist);
  });
  it('that fail is off and says so', () => {
    const file = { version: 1, agents: { main: { allowlist: rules } } } as PolicyFile;
    const notes = {
      version: 1 as const,
      never: [],
      entries: { r1: { hashes: {}, matches: [{ executable: '/x', args: [], cwd: '/' }], mismatches: [] } },
    };
    expect(effectivePolicy(file, null, notes).rules[0]?.off).toBe('examples-fail');
  });
});

describe('the policy file', () => {
  const file = (settings: object): PolicyFile => ({ version: 1, ...settings });
  const settings = ({ security, ask, askFallback }: ReturnType<typeof effectivePolicy>) => [
    security,
    ask,
    askFallback,
  ];

  it.each<[string, PolicyFile, string | null, string[]]>([
    ['says nothing', file({}), null, ['allowlist', 'on-miss', 'deny']],
    ['is the default', DEFAULT_POLICY, null, ['allowlist', 'on-miss', 'deny']],
    ['has defaults', file({ defaults: { security: 'full', ask: 'off' } }), 'a', ['full', 'off', 'deny']],
    [
      'has an agent',
      file({ defaults: { security: 'full' }, agents: { a: { security: 'deny' } } }),
      'a',
      ['deny', 'on-miss', 'deny'],
    ],
    [
      'has another agent',
      file({ agents: { b: { security: 'full' } } }),
      'a',
      ['allowlist', 'on-miss', 'deny'],
    ],
    [
      'has a rule for all agents',
      file({ agents: { '*': { ask: 'always' }, a: {} } }),
      'a',
      ['allowlist', 'always', 'deny'],
    ],
    [
      'has the older name',
      file({ agents: { default: { ask: 'always' } } }),
      'main',
      ['allowlist', 'always', 'deny'],
    ],
    [
      'is asked under the older name',
      file({ agents: { main: { ask: 'always' } } }),
      'default',
      ['allowlist', 'always', 'deny'],
    ],
    ['is asked for no agent', file({ agents: { main: { ask: 'off' } } }), null, ['allowlist', 'off', 'deny']],
    [
      'has words nobody knows',
      file({ defaults: { security: 'yes', ask: 3, askFallback: 'yes' } }),
      null,
      ['deny', 'always', 'deny'],
    ],
    ['has another version', file({ version: 2 }), null, ['deny', 'off', 'deny']],
    [
      'has an agent named like a method',
      file({ agents: {} }),
      'constructor',
      ['allowlist', 'on-miss', 'deny'],
    ],
  ])('that %s', (_, policy, agentId, expected) => {
    expect(settings(effectivePolicy(policy, agentId))).toEqual(expected);
  });

  it('keeps what it does not understand, and drops no other rule for one bad entry', () => {
    const strange = file({
      socket: { path: '/x' },
      agents: {
        main: {
          mcpTools: [1],
          allowlist: [
            7,
            { pattern: 5 },
            { pattern: '/usr/bin/ls', argPattern: '(' },
            { pattern: '/usr/bin/id', extra: 1 },
          ],
        },
      },
    });
    expect(policyFile.parse(strange)).toMatchObject({
      socket: { path: '/x' },
      agents: { main: { mcpTools: [1] } },
    });
    expect(effectivePolicy(strange, null).rules.map(({ pattern, off }) => [pattern, off])).toEqual([
      ['/usr/bin/ls', 'bad-arg-pattern'],
      ['/usr/bin/id', null],
    ]);
  });

  it('takes what "always" stores, once, and nothing else changes', () => {
    const before = file({ x: 1, agents: { b: { security: 'deny' } } });
    const pattern = { pattern: '/usr/bin/ls', argPattern: exactArguments('/', []) };
    const after = withAllowed(before, 'default', [pattern], 5);
    expect(after).toMatchObject({
      x: 1,
      agents: { b: { security: 'deny' }, main: { allowlist: [{ ...pattern, source: 'allow-always' }] } },
    });
    expect(withAllowed(after, null, [pattern], 6)).toEqual(after);
    expect(effectivePolicy(after, null).rules).toHaveLength(1);
    expect(effectivePolicy(after, 'b').rules).toHaveLength(0);
  });

  it('takes a rule for any arguments as one of the person, once, and it counts', async () => {
    const any = { pattern: '/usr/bin/ls', argPattern: null };
    const after = withAllowed(file({}), null, [any], 5);
    expect(after.agents?.['main']?.allowlist).toMatchObject([{ pattern: '/usr/bin/ls' }]);
    expect(withAllowed(after, null, [any], 6)).toEqual(after);
    expect(said(await judge('ls -a', { policy: after }))).toBe('run rule-matches');
  });

  it('that is bad makes the last good one stricter by one', async () => {
    const say = async (asked: object) => said(await judge('ls', { ...asked, oneStricter: true }));
    expect(stricterByOne(effectivePolicy(DEFAULT_POLICY, null)).oneStricter).toBe(true);
    expect(await say({ rules: ['/usr/bin/ls'] })).toBe('prompt policy-file-bad');
    expect(await say({ security: 'full', ask: 'off' })).toBe('prompt policy-file-bad');
    expect(await say({})).toBe('prompt allowlist-miss');
    expect(await say({ ask: 'off' })).toBe('deny ask-off');
    expect(await say({ ask: 'off', rules: ['/usr/bin/ls'] })).toBe('prompt policy-file-bad');
    expect((await judge('ls', { security: 'full', askFallback: 'full', oneStricter: true })).unattended).toBe(
      'deny',
    );
  });
});

describe('a rule for a script covers the shell that is told to run it, where it is one for shells', () => {
  const there = disk({
    [`${T}/s1`]: { file: '#!/bin/sh\nls\n', runs: true },
    [`${T}/s2`]: { file: '#!/usr/bin/env bash\nls\n', runs: true },
    [`${T}/s3`]: { file: 'ls\n', runs: true },
    [`${T}/n1`]: { file: '#!/usr/bin/env node\n`id`\n', runs: true },
    [`${T}/n2`]: { file: '#!/usr/bin/perl\n`id`\n', runs: true },
    [`${T}/n3`]: { file: '#!/usr/bin/env -S sh x\n', runs: true },
    [`${T}/n4`]: { file: '\u007fELF\u0000', runs: true },
    [`${T}/n5`]: { file: '#!sh\n', runs: true },
  });
  it.each([
    ['sh s1', 'run rule-matches'],
    ['sh ./s2', 'run rule-matches'],
    ['bash -x s3', 'run rule-matches'],
    ['sh n1', 'prompt allowlist-miss'],
    ['sh ./n2', 'prompt allowlist-miss'],
    ['sh n3', 'prompt allowlist-miss'],
    ['sh n4', 'prompt allowlist-miss'],
    ['sh n5', 'prompt allowlist-miss'],
  ])('%s: %s', async (line, expected) => {
    expect(said(await judge(line.split(' '), { disk: there, rules: [`${T}/*`] }))).toBe(expected);
  });
});
