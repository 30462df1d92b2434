import { describe, expect, it } from 'vitest';

import { withModes, withoutRule, withRule } from '../../main/app/policy-edits.ts';

const file = {
  version: 1 as const,
  socket: { token: 'kept' },
  defaults: { security: 'deny' as const, autoAllowSkills: false },
  agents: {
    main: { ask: 'always' as const, allowlist: [{ id: 'a', pattern: '/bin/ls', source: 'person' }] },
    other: { security: 'full' as const },
  },
};

describe('an edit of the policy', () => {
  it('changes the words it names, and keeps everything else', () => {
    expect(withModes(file, null, { security: 'allowlist', ask: null, askFallback: 'deny' })).toEqual({
      ...file,
      defaults: { security: 'allowlist', askFallback: 'deny', autoAllowSkills: false },
    });
  });

  it('takes a word away, so that the layer above counts', () => {
    expect(withModes(file, 'main', { security: null, ask: null, askFallback: null }).agents).toEqual({
      ...file.agents,
      main: { allowlist: file.agents.main.allowlist },
    });
  });

  it('adds a rule at the end, also for an agent that has none', () => {
    const rule = { id: 'b', pattern: '/bin/cat' };
    expect(withRule(file, 'main', rule).agents?.['main']?.allowlist).toEqual([
      ...file.agents.main.allowlist,
      rule,
    ]);
    expect(withRule(file, '*', rule).agents?.['*']).toEqual({ allowlist: [rule] });
  });

  it('removes one rule', () => {
    expect(withoutRule(file, 'main', 'a').agents?.['main']?.allowlist).toEqual([]);
    expect(withoutRule(file, 'main', 'nobody')).toEqual(file);
  });

  it('takes an agent by the name of an object’s own members for what it is', () => {
    const edited = withRule(file, '__proto__', { id: 'x', pattern: '/bin/ls' });
    expect(Object.keys(edited.agents ?? {})).toEqual(['main', 'other', '__proto__']);
    expect({}).not.toHaveProperty('allowlist');
  });
});
