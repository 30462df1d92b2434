import { describe, expect, it } from 'vitest';

import { allow, pairedNode } from './paired-node.ts';

const quick = { timeout: 30_000 };
const open = { version: 1, defaults: { security: 'full', ask: 'off' } } as const;

describe('a request that is too much', quick, () => {
  it.each([
    ['more words than anybody reads', { command: Array.from({ length: 5000 }, () => 'a') }],
    ['a word longer than anybody reads', { command: ['echo', 'a'.repeat(300_000)] }],
    ['an environment longer than anybody reads', { command: ['echo'], env: { LANG: 'a'.repeat(300_000) } }],
  ])('is denied before it is judged: %s', async (_, params) => {
    const { gateway, mac } = await pairedNode({ policy: open });
    expect(await gateway.invoke('system.run', params)).toMatchObject({
      ok: false,
      code: 'SYSTEM_RUN_DENIED',
    });
    expect(await gateway.invoke('system.run.prepare', params)).toMatchObject({
      ok: false,
      code: 'INVALID_REQUEST',
    });
    expect(mac.recorded('start')).toEqual([]);
  });

  it('is denied or runs, and is never of unknown outcome, however deep its parameters are', async () => {
    const { gateway } = await pairedNode({ policy: open });
    const deep = `{"command":["/usr/bin/uname"],"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const link = await gateway.connected();
    link.sendInvoke({
      id: 'deep',
      command: 'system.run',
      paramsJSON: deep,
      timeoutMs: 30_000,
      idempotencyKey: 'd',
    });
    await expect.poll(() => link.answered).toContain('deep');
    expect(await gateway.invoke('system.run', { command: ['/usr/bin/uname'] })).toMatchObject({ ok: true });
  });

  it('is recorded with all the rules that cover it, however many commands there are', async () => {
    const { gateway, mac } = await pairedNode({ policy: allow('/usr/bin/uname') });
    const result = await gateway.exec(Array.from({ length: 40 }, () => 'uname').join(' && '));
    expect(result).toMatchObject({ outcome: 'finished' });
    expect(mac.recorded('decision')).toMatchObject([{ by: { who: 'rule', rules: [expect.any(String)] } }]);
  });
});

describe('a path that leads elsewhere for whoever follows it', quick, () => {
  it.each(['/proc/self/cwd/usr/bin/uname', '/dev/fd/0'])('is not run: %s', async (path) => {
    const { gateway } = await pairedNode({ policy: open });
    expect(await gateway.invoke('system.run', { command: [path] })).toMatchObject({
      code: 'SYSTEM_RUN_DENIED',
    });
  });
});
