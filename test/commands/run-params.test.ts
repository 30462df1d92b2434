import { describe, expect, it } from 'vitest';

import { planMismatch, runParams } from '../../main/commands/run-params.ts';

const run = (overrides: object) =>
  runParams.parse({
    command: ['/bin/sh', '-c', 'ls'],
    cwd: '/a',
    agentId: 'main',
    sessionKey: 's',
    ...overrides,
  });

const plan = { argv: ['/bin/sh', '-c', 'ls'], cwd: '/a', agentId: 'main', sessionKey: 's' };

describe('a run and the plan that it brings along', () => {
  it.each([
    ['no plan', {}, null],
    ['the plan as prepared', { systemRunPlan: plan }, null],
    [
      'a plan with the fields that the gateway left out',
      { systemRunPlan: { argv: plan.argv, cwd: null } },
      null,
    ],
    ['another command', { systemRunPlan: { ...plan, argv: ['/bin/sh', '-c', 'ls '] } }, 'the command'],
    ['a longer command', { systemRunPlan: { ...plan, argv: [...plan.argv, 'x'] } }, 'the command'],
    ['another folder', { systemRunPlan: { ...plan, cwd: '/b' } }, 'cwd'],
    ['another agent', { systemRunPlan: { ...plan, agentId: 'other' } }, 'agentId'],
    ['another session', { systemRunPlan: { ...plan, sessionKey: 'other' } }, 'sessionKey'],
  ])('%s', (_, overrides, expected) => {
    const mismatch = planMismatch(run(overrides));
    expect(mismatch === null ? null : mismatch.slice(0, expected?.length)).toBe(expected);
  });
});
