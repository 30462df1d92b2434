import { describe, expect, it } from 'vitest';

import { onlyTightens } from '../../main/policy/only-tightens.ts';
import type { PolicyFile } from '../../main/policy/policy-file.ts';

const git = { pattern: '/usr/bin/git' };
const policy = (defaults: object, agents: object = {}): PolicyFile => ({
  version: 1,
  defaults: { security: 'allowlist', ask: 'on-miss', askFallback: 'deny', ...defaults },
  agents: agents as NonNullable<PolicyFile['agents']>,
});

describe('an edit only tightens', () => {
  it.each<[string, PolicyFile, PolicyFile, boolean]>([
    ['nothing changed', policy({}), policy({}), true],
    ['allowlist to deny', policy({}), policy({ security: 'deny' }), true],
    ['deny to allowlist', policy({ security: 'deny' }), policy({}), false],
    ['allowlist to full', policy({}), policy({ security: 'full' }), false],
    ['full to allowlist that asks', policy({ security: 'full', ask: 'off' }), policy({}), true],
    ['ask on a miss to always', policy({}), policy({ ask: 'always' }), true],
    ['always to on a miss', policy({ ask: 'always' }), policy({}), false],
    ['ask on a miss to never ask, which denies', policy({}), policy({ ask: 'off' }), true],
    ['never ask to ask on a miss', policy({ ask: 'off' }), policy({}), false],
    [
      'always to off: a listed command would run unasked',
      policy({ ask: 'always' }),
      policy({ ask: 'off' }),
      false,
    ],
    [
      'full: always to off',
      policy({ security: 'full', ask: 'always' }),
      policy({ security: 'full', ask: 'off' }),
      false,
    ],
    ['a looser fallback', policy({}), policy({ askFallback: 'allowlist' }), false],
    ['a stricter fallback', policy({ askFallback: 'full' }), policy({}), true],
    ['a rule less', policy({}, { main: { allowlist: [git] } }), policy({}), true],
    ['a rule more', policy({}), policy({}, { main: { allowlist: [git] } }), false],
    ['a rule for all agents', policy({}), policy({}, { '*': { allowlist: [git] } }), false],
    [
      'a rule for all becomes one agent’s',
      policy({}, { '*': { allowlist: [git] } }),
      policy({}, { main: { allowlist: [git] } }),
      true,
    ],
    [
      'a rule moved to another agent',
      policy({}, { main: { allowlist: [git] } }),
      policy({}, { b: { allowlist: [git] } }),
      false,
    ],
    [
      'a rule that loses its argPattern',
      policy({}, { main: { allowlist: [{ ...git, argPattern: '^status$' }] } }),
      policy({}, { main: { allowlist: [git] } }),
      false,
    ],
    ['a stricter agent is taken out', policy({}, { main: { security: 'deny' } }), policy({}), false],
    [
      'a strict default for strangers goes',
      policy({ security: 'deny' }, { main: { security: 'allowlist' } }),
      policy({}, { main: { security: 'allowlist' } }),
      false,
    ],
    ['skills are switched on', policy({}), policy({ autoAllowSkills: true }), false],
    ['skills are switched off', policy({ autoAllowSkills: true }), policy({}), true],
    ['a word that nobody knows', policy({}), policy({ security: 'maybe' }), true],
    [
      'the defaults are opened under a stricter entry for all',
      policy({}, { '*': { security: 'deny' } }),
      policy({ security: 'full', ask: 'off' }, { '*': { security: 'deny' } }),
      false,
    ],
    [
      'the defaults ask less under an agent of its own',
      policy({ ask: 'always' }, { '*': { ask: 'always' } }),
      policy({ ask: 'on-miss' }, { '*': { ask: 'always' } }),
      false,
    ],
    [
      'an entry for all that says what the defaults say goes: they may say something else tomorrow',
      policy({}, { '*': { security: 'allowlist' } }),
      policy({}, { '*': {} }),
      false,
    ],
    [
      'an agent loses its own full',
      policy({}, { main: { security: 'full' } }),
      policy({}, { main: {} }),
      true,
    ],
    [
      'the older name of the main agent is opened under its entry',
      policy({}, { main: { security: 'deny' } }),
      policy({}, { main: { security: 'deny' }, default: { security: 'full' } }),
      false,
    ],
    [
      'allowlist that always asks to full that always asks: a later on-miss would mean all',
      policy({ ask: 'always' }),
      policy({ security: 'full', ask: 'always' }),
      false,
    ],
    [
      'skills: an agent’s own no goes, while the defaults say yes',
      policy({ autoAllowSkills: true }, { main: { autoAllowSkills: false } }),
      policy({ autoAllowSkills: true }, { main: {} }),
      false,
    ],
    [
      'skills: an agent’s own no goes, while the defaults say no as well',
      policy({}, { main: { autoAllowSkills: false } }),
      policy({}, { main: {} }),
      false,
    ],
    [
      'skills: one agent less',
      policy({ autoAllowSkills: true }),
      policy({ autoAllowSkills: true }, { main: { autoAllowSkills: false } }),
      true,
    ],
    [
      'full that never asks comes to ask, while an agent has a list of its own',
      policy({ security: 'full', ask: 'off' }, { main: { security: 'deny' } }),
      policy({ security: 'full', ask: 'on-miss' }, { main: { security: 'deny' } }),
      false,
    ],
    [
      'an agent’s full that never asks comes to ask',
      policy({}, { main: { security: 'full', ask: 'off' } }),
      policy({}, { main: { security: 'allowlist', ask: 'always' } }),
      true,
    ],
    [
      'the rule of an agent becomes one under its older name',
      policy({}, { main: { allowlist: [git] } }),
      policy({}, { default: { allowlist: [git, 7] } }),
      true,
    ],
    ['from what is no policy', { version: 2 } as unknown as PolicyFile, policy({}), false],
    ['the older name of the main agent', policy({}), policy({}, { default: { allowlist: [git] } }), false],
    ['another version', policy({}), { version: 2 } as unknown as PolicyFile, false],
  ])('%s', (_, before, after, expected) => {
    expect(onlyTightens(before, after)).toBe(expected);
  });
});
