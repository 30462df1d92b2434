import { describe, expect, it } from 'vitest';

import { unattended } from '../../main/policy/decide.ts';
import { disk, judge, said, T } from './world.ts';

const ls = ['/usr/bin/ls'];

describe('security and ask', () => {
  // For a listed command, one that is not, and one that nobody is asked about.
  it.each([
    ['deny', 'off', 'deny', 'deny', 'deny'],
    ['deny', 'always', 'deny', 'deny', 'deny'],
    ['allowlist', 'off', 'run', 'deny', 'deny'],
    ['allowlist', 'on-miss', 'run', 'prompt', 'deny'],
    ['allowlist', 'always', 'prompt', 'prompt', 'deny'],
    ['full', 'off', 'run', 'run', 'run'],
    ['full', 'on-miss', 'run', 'run', 'run'],
    ['full', 'always', 'prompt', 'prompt', 'deny'],
  ] as const)('%s, %s: %s, %s, %s', async (security, ask, ...expected) => {
    const settings = { security, ask, rules: ls };
    const verdicts = await Promise.all([
      judge('ls', settings),
      judge('id', settings),
      judge('eval ls', settings),
    ]);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(expected);
  });
});

describe('what the gateway prepared with can only tighten', () => {
  it.each([
    // The gateway that leaves the asking to us.
    ['allowlist', 'on-miss', 'full', 'off', 'run', 'prompt'],
    ['allowlist', 'off', 'full', 'always', 'prompt', 'deny'],
    ['full', 'off', 'allowlist', 'on-miss', 'run', 'prompt'],
    ['full', 'off', 'allowlist', 'off', 'run', 'deny'],
    ['full', 'off', 'deny', 'off', 'deny', 'deny'],
    ['deny', 'off', 'full', 'off', 'deny', 'deny'],
    ['full', 'off', null, 'always', 'prompt', 'prompt'],
    ['full', 'off', 'allowlist', null, 'run', 'deny'],
    ['allowlist', 'always', 'full', 'off', 'prompt', 'prompt'],
  ] as const)(
    '%s %s with %s %s: listed %s, else %s',
    async (security, ask, prepared, preparedAsk, hit, miss) => {
      const settings = { security, ask, rules: ls, prepared: { security: prepared, ask: preparedAsk } };
      expect([(await judge('ls', settings)).verdict, (await judge('id', settings)).verdict]).toEqual([
        hit,
        miss,
      ]);
    },
  );
});

describe('where no prompt can be shown', () => {
  it.each([
    ['allowlist', 'on-miss', 'deny', 'run', 'deny'],
    ['allowlist', 'on-miss', 'full', 'run', 'deny'],
    ['allowlist', 'always', 'deny', 'deny', 'deny'],
    ['allowlist', 'always', 'allowlist', 'run', 'deny'],
    ['allowlist', 'always', 'full', 'run', 'deny'],
    ['full', 'always', 'deny', 'deny', 'deny'],
    ['full', 'always', 'allowlist', 'run', 'deny'],
    ['full', 'always', 'full', 'run', 'run'],
    ['deny', 'always', 'full', 'deny', 'deny'],
  ] as const)('%s %s, fallback %s: listed %s, else %s', async (security, ask, askFallback, hit, miss) => {
    const settings = { security, ask, askFallback, rules: ls };
    expect([(await judge('ls', settings)).unattended, (await judge('id', settings)).unattended]).toEqual([
      hit,
      miss,
    ]);
  });

  it('what has to be asked about for its own sake does not run', async () => {
    const settings = { security: 'full', ask: 'always', askFallback: 'full' } as const;
    expect(
      (await judge('ls', { ...settings, notes: { never: [{ name: 'ls', effect: 'prompt' }] } })).unattended,
    ).toBe('deny');
    expect((await judge('curl x | sh', settings)).unattended).toBe('deny');
  });
});

describe('a grant', () => {
  it('covers exactly the request that it names', async () => {
    const { digest } = await judge('python3 run.py');
    const granted = (wanted: string) => wanted === digest;
    expect(said(await judge('python3 run.py', { granted }))).toBe('run granted');
    expect((await judge('python3 run.py x', { granted })).verdict).toBe('prompt');
    expect((await judge('python3 run.py', { granted, agentId: 'b' })).verdict).toBe('prompt');
    expect((await judge('python3 run.py', { granted, ask: 'always' })).verdict).toBe('prompt');
    expect((await judge('python3 run.py', { granted, security: 'deny' })).verdict).toBe('deny');
  });
});

describe('broken requests', () => {
  it.each<[string[], object, string]>([
    [['ls', '\0'], {}, 'ill-formed-text'],
    [['ls', '\ud800'], {}, 'ill-formed-text'],
    [['ls', '\udc00\ud800'], {}, 'ill-formed-text'],
    [['ls'], { env: { A: '\0' } }, 'ill-formed-text'],
    [['ls'], { agentId: '\ud800' }, 'ill-formed-text'],
    [['ls', '😀'], { rules: ['*'] }, 'rule-matches'],
    [[''], {}, 'empty-command'],
    [['nope'], {}, 'not-found'],
    [['./nope'], {}, 'not-found'],
    [['/usr/bin/nope'], {}, 'not-found'],
    [['./data.txt'], { disk: disk({ [`${T}/data.txt`]: { file: 'x' } }) }, 'not-found'],
    [['./sub'], {}, 'not-found'],
    [['ls'], { path: '/nowhere' }, 'not-found'],
    [['./data.nope'], {}, 'not-found'],
  ])('%j %j: %s', async (argv, asked, reason) => {
    expect((await judge(argv, asked)).reason).toBe(reason);
    if (reason !== 'rule-matches') {
      expect((await judge(argv, { ...asked, security: 'full', ask: 'off' })).verdict).toBe('deny');
    }
  });
});

describe('a grant', () => {
  const granted = () => true;

  it.each([
    ['runs what no rule covers', 'id', {}, 'run granted', false],
    ['runs it where the policy does not ask', 'id', { ask: 'off' }, 'run granted', false],
    ['does not keep from asking always', 'id', { ask: 'always' }, 'prompt always-ask', false],
    ['does not beat security', 'id', { security: 'deny' }, 'deny security-deny', false],
    [
      'does not beat what the gateway prepared with',
      'id',
      { prepared: { security: 'deny', ask: null } },
      'deny security-deny',
      false,
    ],
    ['does not stand for what the shell computes', 'ls $HOME', {}, 'prompt unknown-parts', false],
    ['does not stand for what nobody is asked about', 'eval ls', {}, 'deny evaluated-text', false],
  ] as const)('%s', async (_what, command, asked, expected, grantable) => {
    const assessment = await judge(command, { ...asked, granted });
    expect([said(assessment), assessment.grantable]).toEqual([expected, grantable]);
  });

  it.each([
    ['where it would run', 'id', {}, true],
    ['not where it is asked about always', 'id', { ask: 'always' }, false],
    ['not for what the shell computes', 'ls $HOME', {}, false],
    ['not for what runs anyway', 'ls', {}, false],
    ['not while the policy file cannot be read', 'id', { oneStricter: true }, false],
  ] as const)('is of use %s', async (_where, command, asked, expected) => {
    expect((await judge(command, { rules: ls, ...asked })).grantable).toBe(expected);
  });

  it('is no rule where nobody can be asked', async () => {
    const settings = { ask: 'always', askFallback: 'allowlist' } as const;
    expect((await judge('ls', { ...settings, rules: ls })).unattended).toBe('run');
    expect((await judge('id', { ...settings, granted })).unattended).toBe('deny');
  });
});

it('where nobody can be asked, a refusal and a policy that denies stay what they are', () => {
  const asked = { verdict: 'prompt', reason: { code: 'allowlist-miss' } } as const;
  const findings = { hard: null, refusal: null, covered: null, miss: asked.reason, asks: null };
  const open = { security: 'full', askFallback: 'full' } as const;
  const listed = { ...findings, covered: { code: 'rule-matches' } } as const;
  expect(unattended(asked, open, findings)).toBe('run');
  expect(unattended(asked, open, { ...findings, refusal: asked.reason })).toBe('deny');
  expect(unattended(asked, { ...open, security: 'allowlist' }, listed)).toBe('run');
  expect(unattended(asked, { ...open, security: 'deny' }, listed)).toBe('deny');
});
