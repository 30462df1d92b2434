import { existsSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { allow, answer, pairedNode, prompted, state, TestMac } from './paired-node.ts';

const quick = { timeout: 30_000 };

describe('a command of an agent', quick, () => {
  it('runs without a question when a rule covers it', async () => {
    const { gateway, mac } = await pairedNode({ policy: allow('/usr/bin/uname') });
    const result = await gateway.exec('uname');
    expect(result).toMatchObject({ outcome: 'finished', text: 'Linux\n' });
    expect(mac.recorded('decision')).toMatchObject([{ decision: 'run', by: { who: 'rule' } }]);
  });

  it('runs when the person allows it, in the folder and with the environment that were asked for', async () => {
    const { gateway, mac, node } = await pairedNode();
    const result = gateway.exec('pwd; printenv FOO', { cwd: mac.work, env: { LANG: 'C' } });
    const prompt = await prompted(node);
    expect(prompt.assessment.binding.cwd).toBe(mac.work);
    answer(node, prompt, 'allow-once');
    expect(await result).toMatchObject({
      outcome: 'finished',
      payload: { exitCode: 1, stdout: `${mac.work}\n` },
    });
  });

  it('does not run when the person denies it, and the agent reads that nothing was executed', async () => {
    const { gateway, mac, node } = await pairedNode();
    const result = gateway.exec('touch marker', { cwd: mac.work });
    answer(node, await prompted(node), 'deny');
    expect(await result).toMatchObject({
      outcome: 'denied-before-execution',
      text: expect.stringContaining('denied by the person at this Mac') as string,
    });
    expect(existsSync(join(mac.work, 'marker'))).toBe(false);
  });

  it('is allowed once: the same one asks again', async () => {
    const { gateway, node } = await pairedNode();
    for (let i = 0; i < 2; i += 1) {
      const result = gateway.exec('uname');
      answer(node, await prompted(node), 'allow-once');
      expect(await result).toMatchObject({ outcome: 'finished' });
    }
  });

  it('is allowed always: the same one in the same folder is silent, another asks', async () => {
    const { gateway, mac, node } = await pairedNode();
    const first = gateway.exec('uname -s', { cwd: mac.work });
    answer(node, await prompted(node), 'allow-always');
    expect(await first).toMatchObject({ outcome: 'finished', text: 'Linux\n' });
    expect(await gateway.exec('uname -s', { cwd: mac.work })).toMatchObject({ outcome: 'finished' });
    const other = gateway.exec('uname -a', { cwd: mac.work });
    answer(node, await prompted(node), 'deny');
    expect(await other).toMatchObject({ outcome: 'denied-before-execution' });
    // First who made the rule, then the rule itself.
    expect(mac.recorded('policy-edit').map(({ by, result }) => `${by} ${result}`)).toEqual([
      'latchkey applied',
      'person waiting',
      'person applied',
    ]);
  });
});

describe('a script', quick, () => {
  it('runs when it is approved and has not changed', async () => {
    const { gateway, mac, node } = await pairedNode();
    const path = mac.file('job.sh', 'echo ran "$1"\n');
    const result = gateway.exec('sh ./job.sh now', { cwd: mac.work });
    const prompt = await prompted(node);
    expect(prompt.assessment.operands.map((operand) => operand.path)).toEqual([path]);
    expect(Buffer.from(prompt.contents.get(path) ?? []).toString()).toBe('echo ran "$1"\n');
    answer(node, prompt, 'allow-once');
    expect(await result).toMatchObject({ outcome: 'finished', text: 'ran now\n' });
  });

  it.each(['job.sh', './job.sh'])(
    'that changes while the question is open does not run (%s)',
    async (command) => {
      const { gateway, mac, node } = await pairedNode();
      mac.file('job.sh', '#!/bin/sh\necho shown\n', 0o700);
      const result = gateway.exec(command === 'job.sh' ? 'sh job.sh' : command, { cwd: mac.work });
      const prompt = await prompted(node);
      mac.file('job.sh', '#!/bin/sh\ntouch evil\n', 0o700);
      answer(node, prompt, 'allow-once');
      expect(await result).toMatchObject({
        outcome: 'denied-before-execution',
        text: expect.stringContaining('changed after it was approved') as string,
      });
      expect(existsSync(join(mac.work, 'evil'))).toBe(false);
    },
  );

  it('that changes between the decision and the start does not run, and the record says what changed', async () => {
    const { gateway, mac } = await pairedNode({
      policy: { version: 1, defaults: { security: 'full', ask: 'off' } },
    });
    const path = mac.file('job.sh', 'echo shown\n');
    const record = join(mac.stateDir, 'audit.jsonl');
    const watcher = watch(record, () => {
      if (!readFileSync(record, 'utf8').includes('"kind":"decision"')) return;
      watcher.close();
      mac.file('job.sh', 'touch evil\n');
    });
    expect(await gateway.exec('sh job.sh', { cwd: mac.work })).toMatchObject({
      outcome: 'denied-before-execution',
      text: expect.stringContaining('changed after it was approved') as string,
    });
    expect(existsSync(join(mac.work, 'evil'))).toBe(false);
    expect(mac.recorded('drift')).toMatchObject([{ when: 'before' }]);
    expect(mac.recorded('drift')[0]?.differences).toContain(`operand ${path}: changed`);
  });

  it('that changes while it runs has run, and the record says so', async () => {
    const { gateway, mac } = await pairedNode({
      policy: { version: 1, defaults: { security: 'full', ask: 'off' } },
    });
    const path = mac.file('job.sh', 'echo "# more" >> "$0"\n');
    expect(await gateway.exec('sh job.sh', { cwd: mac.work })).toMatchObject({ outcome: 'finished' });
    expect(mac.recorded('drift')).toMatchObject([{ when: 'after' }]);
    expect(mac.recorded('drift')[0]?.differences).toContain(`operand ${path}: changed`);
  });

  it('that changes between prepare and run does not run', async () => {
    const { gateway, mac } = await pairedNode();
    mac.file('job.sh', 'echo first\n');
    const result = await gateway.exec('sh job.sh', {
      cwd: mac.work,
      beforeRun: () => void mac.file('job.sh', 'echo second\n'),
    });
    expect(result).toMatchObject({
      outcome: 'denied-before-execution',
      text: expect.stringContaining('changed after it was prepared') as string,
    });
  });

  it('given as inline code is refused without a question', async () => {
    const { gateway, node } = await pairedNode();
    expect(await gateway.exec('python3 -c "print(1)"')).toMatchObject({ outcome: 'denied-before-execution' });
    expect(node.snapshot().prompts).toEqual([]);
  });

  it('is asked about at prepare by nobody: prepare answers the plan, and run refuses', async () => {
    const { gateway } = await pairedNode();
    const result = await gateway.exec('python3 -c 1');
    expect(result.plan?.commandPreview).toBe('python3 -c 1');
  });
});

describe('a rule on a file that this user can write', quick, () => {
  it('made by "always" holds for the bytes that were shown: another content asks again', async () => {
    const { gateway, mac, node } = await pairedNode();
    mac.file('tool', '#!/bin/sh\necho shown\n', 0o700);
    const first = gateway.exec('./tool', { cwd: mac.work });
    const prompt = await prompted(node);
    answer(node, prompt, 'allow-always');
    expect(await first).toMatchObject({ outcome: 'finished', text: 'shown\n' });
    expect(await gateway.exec('./tool', { cwd: mac.work })).toMatchObject({ outcome: 'finished' });
    mac.file('tool', '#!/bin/sh\necho EVIL\n', 0o700);
    const again = gateway.exec('./tool', { cwd: mac.work });
    const changed = await prompted(node);
    expect(changed.assessment.reason).toBe('changed-since-allowed');
    answer(node, changed, 'deny');
    expect(await again).toMatchObject({ outcome: 'denied-before-execution' });
  });

  it('written by hand remembers what the file was when it first ran', async () => {
    const mac = new TestMac();
    const path = mac.file('tool', '#!/bin/sh\necho first\n', 0o700);
    const { gateway, node } = await pairedNode({ policy: allow(path), mac });
    expect(await gateway.exec(path)).toMatchObject({ outcome: 'finished', text: 'first\n' });
    mac.file('tool', '#!/bin/sh\necho EVIL\n', 0o700);
    const again = gateway.exec(path);
    const changed = await prompted(node);
    expect(changed.assessment.reason).toBe('changed-since-allowed');
    answer(node, changed, 'deny');
    expect(await again).toMatchObject({ outcome: 'denied-before-execution' });
  });
});

describe('a claim that somebody else said yes', quick, () => {
  it.each([
    ['an operator', { approved: true, approvalDecision: 'allow-once' }],
    ['a model', { approvalSource: 'auto-review' }],
    ['nobody', { approvalSource: 'ask-fallback' }],
  ])('counts for nothing: %s', async (_, run) => {
    const { gateway, node } = await pairedNode();
    const result = gateway.exec('uname', { run });
    answer(node, await prompted(node), 'deny');
    expect(await result).toMatchObject({ outcome: 'denied-before-execution' });
  });
});

describe('a request that is not what was prepared', quick, () => {
  it.each([
    ['another command', { command: ['/bin/sh', '-c', 'id'], rawCommand: 'id' }],
    ['another folder', { cwd: '/' }],
    ['another agent', { agentId: 'other' }],
    ['a text that says something else', { rawCommand: 'echo harmless' }],
  ])('is refused: %s', async (_, run) => {
    const { gateway, mac } = await pairedNode({
      policy: { version: 1, defaults: { security: 'full', ask: 'off' } },
    });
    expect(await gateway.exec('uname', { cwd: mac.work, run })).toMatchObject({
      outcome: 'denied-before-execution',
    });
  });
});

describe('pause', quick, () => {
  it('denies what waits, refuses what comes, and stands over a restart', async () => {
    const { gateway, mac, node } = await pairedNode({ policy: allow('/usr/bin/uname') });
    const waiting = gateway.exec('id');
    await prompted(node);
    await node.pause();
    expect(await waiting).toMatchObject({ outcome: 'denied-before-execution' });
    expect(await gateway.exec('uname')).toMatchObject({
      outcome: 'denied-before-execution',
      text: expect.stringContaining('paused by the user') as string,
    });

    await node.stop();
    const again = await mac.open();
    await again.start();
    expect(again.snapshot().state).toBe('paused');
    await again.resume();
    await state(again, 'connected');
    expect(await gateway.exec('uname')).toMatchObject({ outcome: 'finished' });
  });
});

describe('one idempotency key', quick, () => {
  it('means one execution and the same answer', async () => {
    const { gateway, mac } = await pairedNode({ policy: allow('/usr/bin/*') });
    const params = { command: ['/usr/bin/date', '+%N'] };
    const [first, second] = await Promise.all(
      [1, 2].map(() => gateway.invoke('system.run', params, { idempotencyKey: 'k' })),
    );
    expect(second).toEqual(first);
    expect(await gateway.invoke('system.run', params, { idempotencyKey: 'k' })).toEqual(first);
    expect(mac.recorded('start')).toHaveLength(1);
  });

  it('is remembered over a restart: it is not run again', async () => {
    const { gateway, mac, node } = await pairedNode({ policy: allow('/usr/bin/*') });
    const params = { command: ['/usr/bin/uname'] };
    await gateway.invoke('system.run', params, { idempotencyKey: 'k' });
    await node.stop();
    const again = await mac.open();
    await again.start();
    await state(again, 'connected');
    expect(await gateway.invoke('system.run', params, { idempotencyKey: 'k' })).toMatchObject({
      ok: false,
      code: 'UNAVAILABLE',
      message: expect.stringContaining('started before, outcome unknown') as string,
    });
    expect(
      await gateway.invoke('system.run', { command: ['/usr/bin/id'] }, { idempotencyKey: 'k' }),
    ).toMatchObject({
      code: 'SYSTEM_RUN_DENIED',
    });
  });
});

describe('a denial', quick, () => {
  it('is the answer to the same key over a restart, too', async () => {
    const { gateway, mac, node } = await pairedNode({
      policy: { version: 1, defaults: { security: 'deny' } },
    });
    const params = { command: ['/usr/bin/uname'] };
    const denied = await gateway.invoke('system.run', params, { idempotencyKey: 'k' });
    await node.stop();
    const again = await mac.open();
    await again.start();
    await state(again, 'connected');
    mac.policy({ version: 1, defaults: { security: 'full', ask: 'off' } });
    expect(await gateway.invoke('system.run', params, { idempotencyKey: 'k' })).toEqual(denied);
  });
});

describe('the policy file', quick, () => {
  const uname = allow('/usr/bin/uname');

  it('that goes bad keeps the last good policy, one step stricter', async () => {
    const { gateway, mac, node } = await pairedNode({ policy: uname });
    writeFileSync(join(mac.stateDir, 'exec-approvals.json'), '{ nonsense');
    const result = gateway.exec('uname');
    const prompt = await prompted(node);
    expect(prompt.choices).not.toContain('allow-always');
    expect(node.snapshot().policyDegraded).toBe(true);
    answer(node, prompt, 'deny');
    expect(await result).toMatchObject({ outcome: 'denied-before-execution' });
    mac.policy(uname);
    expect(await gateway.exec('uname')).toMatchObject({ outcome: 'finished' });
  });

  it('that is taken away does not bring looser defaults back', async () => {
    const { gateway, mac, node } = await pairedNode({
      policy: { version: 1, defaults: { security: 'deny' } },
    });
    rmSync(join(mac.stateDir, 'exec-approvals.json'));
    expect(await gateway.exec('uname')).toMatchObject({ outcome: 'denied-before-execution' });
    expect(node.snapshot().prompts).toEqual([]);
  });

  it('that denies meanwhile wins over a yes', async () => {
    const { gateway, mac, node } = await pairedNode();
    const result = gateway.exec('uname');
    const prompt = await prompted(node);
    mac.policy({ version: 1, defaults: { security: 'deny' } });
    answer(node, prompt, 'allow-once');
    expect(await result).toMatchObject({ outcome: 'denied-before-execution' });
  });

  it('that changed meanwhile takes no "always", and what it loosens does not count either', async () => {
    const { gateway, mac, node } = await pairedNode();
    const result = gateway.exec('uname');
    const prompt = await prompted(node);
    mac.policy(allow('/usr/bin/id'));
    answer(node, prompt, 'allow-always');
    expect(await result).toMatchObject({ outcome: 'denied-before-execution' });
    expect((await node.policy.read()).value).toEqual(allow());
    expect(JSON.parse(readFileSync(join(mac.stateDir, 'exec-approvals.json'), 'utf8'))).toEqual(
      allow('/usr/bin/id'),
    );
  });
});

describe('where nobody can be asked', quick, () => {
  it.each([
    ['deny', 'id', 'denied-before-execution'],
    ['allowlist', 'id', 'denied-before-execution'],
    ['full', 'id', 'denied-before-execution'],
    ['deny', 'uname', 'finished'],
  ] as const)(
    'the fallback %s decides about "%s", never above the list',
    async (askFallback, command, outcome) => {
      const { gateway } = await pairedNode({
        policy: {
          ...allow('/usr/bin/uname'),
          defaults: { security: 'allowlist', ask: 'on-miss', askFallback },
        },
        surface: false,
      });
      expect(await gateway.exec(command)).toMatchObject({ outcome });
    },
  );
});
