import { describe, expect, it } from 'vitest';

import { policyFingerprint, policySnapshot } from '../../main/approvals/policy-snapshot.ts';
import { effectivePolicy, stricterByOne } from '../../main/policy/effective-policy.ts';
import type { PolicyFile } from '../../main/policy/policy-file.ts';
import { NO_RULES } from '../../main/policy/rules-file.ts';

const file: PolicyFile = {
  version: 1,
  defaults: { security: 'allowlist', ask: 'on-miss', askFallback: 'allowlist' },
  agents: {
    main: {
      allowlist: [
        { pattern: '/usr/bin/zsh' },
        { pattern: '/usr/bin/git', argPattern: '^status$', id: 'x', lastUsedAt: 5 },
        { pattern: '/usr/bin/git' },
        { pattern: '/usr/bin/git' },
        { pattern: '/usr/bin/git', argPattern: '^status$', source: 'allow-always' },
        { pattern: '/usr/bin/bad', argPattern: '(' },
      ],
    },
  },
};
const policy = effectivePolicy(file, 'main');

describe('the policy as the gateway is told', () => {
  it('is what counts, each rule once, in the order of its bytes, without ids and times', () => {
    expect(policySnapshot(policy)).toEqual({
      security: 'allowlist',
      ask: 'on-miss',
      askFallback: 'allowlist',
      autoAllowSkills: false,
      allowlistRules: [
        { pattern: '/usr/bin/git' },
        { pattern: '/usr/bin/git', argPattern: '^status$' },
        { pattern: '/usr/bin/git', argPattern: '^status$', source: 'allow-always' },
        { pattern: '/usr/bin/zsh' },
      ],
    });
  });

  it('asks about everything while the policy file is bad', () => {
    expect(policySnapshot(stricterByOne(policy))).toMatchObject({ ask: 'always', askFallback: 'deny' });
  });
});

describe('the name of a policy', () => {
  it.each([
    ['another level', { ...policy, security: 'full' }],
    ['another question', { ...policy, ask: 'always' }],
    ['another fallback', { ...policy, askFallback: 'deny' }],
    ['a rule less', { ...policy, rules: policy.rules.slice(1) }],
    ['a never-list', effectivePolicy(file, 'main', { ...NO_RULES, never: [{ name: 'rm', effect: 'deny' }] })],
    ['a bad file', stricterByOne(policy)],
  ] as const)('is another one with %s', (_what, other) => {
    expect(policyFingerprint(other)).not.toBe(policyFingerprint(policy));
  });

  it('is the same for the same policy', () => {
    expect(policyFingerprint(effectivePolicy(file, 'main'))).toBe(policyFingerprint(policy));
  });
});
