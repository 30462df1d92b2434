import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { LatchkeyNode } from '../../main/node/latchkey-node.ts';
import type { ExecOptions } from '../gateway-practice/exec-call.ts';
import { allow, answer, pairedNode, prompted } from './paired-node.ts';

const quick = { timeout: 30_000 };
const yes = (runId = 'approval-1'): ExecOptions => ({
  interactive: true,
  runId,
  run: { approved: true, approvalDecision: 'allow-once' },
});

/** A node whose person lets the approvals of its gateway count. */
async function trustingNode(options: Parameters<typeof pairedNode>[0] = {}): ReturnType<typeof pairedNode> {
  const paired = await pairedNode(options);
  await paired.node.whoseYes.dangerouslyTrustGateway(true);
  return paired;
}

describe('while approvals count on this Mac only', quick, () => {
  it('prepare leaves the policy out, so that the question is asked here', async () => {
    const { gateway } = await pairedNode();
    const prepared = await gateway.invoke('system.run.prepare', { command: ['/usr/bin/true'] });
    expect(prepared).toMatchObject({ ok: true });
    expect(prepared).not.toHaveProperty('payload.execPolicy');
    expect(prepared).not.toHaveProperty('payload.plan.policySnapshot');
  });

  it.each([
    ['an operator', { approved: true, approvalDecision: 'allow-once' }, 'operator'],
    ['a model', { approvalSource: 'auto-review' }, 'model'],
    ['nobody', { approvalSource: 'ask-fallback' }, 'nobody'],
  ])(
    'a yes by %s is forged for all this Mac knows: it asks, and says what was claimed',
    async (_, run, by) => {
      const { gateway, mac, node } = await pairedNode();
      const result = gateway.exec('touch marker', { cwd: mac.work, run });
      const prompt = await prompted(node);
      expect(prompt.claim?.by).toBe(by);
      answer(node, prompt, 'deny');
      expect(await result).toMatchObject({ outcome: 'denied-before-execution' });
      expect(existsSync(join(mac.work, 'marker'))).toBe(false);
    },
  );

  it('a request that claims nothing is shown without a claim', async () => {
    const { gateway, node } = await pairedNode();
    const result = gateway.exec('uname');
    const prompt = await prompted(node);
    expect(prompt.claim).toBeUndefined();
    answer(node, prompt, 'deny');
    await result;
  });
});

describe('while the approvals of the gateway count', quick, () => {
  it('prepare tells the policy as it is', async () => {
    const { gateway } = await trustingNode({ policy: allow('/usr/bin/uname') });
    expect(
      await gateway.invoke('system.run.prepare', { command: ['/usr/bin/true'], agentId: 'main' }),
    ).toMatchObject({
      ok: true,
      payload: {
        execPolicy: { security: 'allowlist', ask: 'on-miss' },
        plan: {
          policySnapshot: {
            security: 'allowlist',
            ask: 'on-miss',
            askFallback: 'deny',
            autoAllowSkills: false,
            allowlistRules: [{ pattern: '/usr/bin/uname' }],
          },
        },
      },
    });
  });

  it('prepare refuses what no approval could be for, before any operator is asked', async () => {
    const { gateway } = await trustingNode();
    expect(await gateway.exec('python3 -c 1', { interactive: true })).toMatchObject({
      outcome: 'tool-error',
      text: expect.stringContaining('Nothing was executed') as string,
    });
  });

  it("an operator's yes runs what was prepared without a second question, also where nobody could be asked", async () => {
    const { gateway, mac } = await trustingNode({ surface: false });
    mac.file('job.sh', 'echo ran\n');
    expect(await gateway.exec('sh job.sh', { cwd: mac.work, ...yes() })).toMatchObject({
      outcome: 'finished',
      text: 'ran\n',
    });
    expect(mac.recorded('decision')).toMatchObject([
      { decision: 'allow-once', by: { who: 'gateway', approval: 'approval-1' } },
    ]);
  });

  it('an "always" by an operator counts once and makes no rule here', async () => {
    const { gateway, mac } = await trustingNode();
    const always = { ...yes(), run: { approved: true, approvalDecision: 'allow-always' } };
    expect(await gateway.exec('uname', always)).toMatchObject({ outcome: 'finished' });
    expect(mac.recorded('policy-edit')).toEqual([]);
  });

  it.each([
    ['a model', { approvalSource: 'auto-review' }],
    ['nobody', { approvalSource: 'ask-fallback' }],
    ['somebody without a decision', { approved: true }],
    [
      'an operator and a model at once',
      { approved: true, approvalDecision: 'allow-once', approvalSource: 'auto-review' },
    ],
  ])('a yes by %s counts for nothing: it asks', async (_, run) => {
    const { gateway, node } = await trustingNode();
    const result = gateway.exec('uname', { interactive: true, run });
    answer(node, await prompted(node), 'deny');
    expect(await result).toMatchObject({ outcome: 'denied-before-execution' });
  });

  it('a run that no operator approved asks here', async () => {
    const { gateway, node } = await trustingNode();
    const result = gateway.exec('uname', { interactive: true });
    answer(node, await prompted(node), 'deny');
    expect(await result).toMatchObject({ outcome: 'denied-before-execution' });
  });

  it('one approval is for one run', async () => {
    const { gateway } = await trustingNode();
    expect(await gateway.exec('uname', yes())).toMatchObject({ outcome: 'finished' });
    expect(await gateway.exec('uname', yes())).toMatchObject({
      outcome: 'denied-before-execution',
      text: expect.stringContaining('used before') as string,
    });
    expect(await gateway.exec('uname', yes('approval-2'))).toMatchObject({ outcome: 'finished' });
  });

  it('the never-list and a denying policy beat it', async () => {
    const { gateway, mac } = await trustingNode({
      policy: { version: 1, defaults: { security: 'allowlist', ask: 'always' } },
    });
    const beforeRun = () => mac.policy({ version: 1, defaults: { security: 'deny' } });
    expect(await gateway.exec('uname', { ...yes(), beforeRun })).toMatchObject({
      outcome: 'denied-before-execution',
    });
  });

  it.each([
    ['a file that it runs', (mac: Mac) => void mac.file('job.sh', 'echo EVIL\n')],
    [
      'the policy, to a stricter one',
      (mac: Mac) => mac.policy({ ...allow(), defaults: { security: 'allowlist', ask: 'always' } }),
    ],
    [
      'the policy, to a looser one, by the person',
      async (_mac: Mac, node: LatchkeyNode) => {
        const { hash } = await node.policy.read();
        const looser = {
          ...allow('/usr/bin/uname'),
          defaults: { ...allow().defaults, askFallback: 'full' as const },
        };
        await node.policy.edit(hash, looser, { by: 'person', gatewayId: null });
      },
    ],
  ])('is refused, not asked, when this changed since it was prepared: %s', async (_, change) => {
    const { gateway, mac, node } = await trustingNode();
    mac.file('job.sh', 'echo ran\n');
    const beforeRun = () => change(mac, node);
    expect(await gateway.exec('sh job.sh', { cwd: mac.work, ...yes(), beforeRun })).toMatchObject({
      outcome: 'denied-before-execution',
      text: expect.stringContaining('request it again') as string,
    });
    expect(node.snapshot().prompts).toEqual([]);
  });

  it.each([
    ['another command', { command: ['/bin/sh', '-c', 'id'], rawCommand: 'id' }],
    ['another environment', { env: { LANG: 'C' } }],
    ['another session', { sessionKey: 'agent:main:other', systemRunPlan: undefined }],
    ['a plan that says nothing of the policy', { systemRunPlan: { argv: ['/bin/sh', '-c', 'uname'] } }],
    [
      'a plan that says another policy',
      {
        systemRunPlan: {
          argv: ['/bin/sh', '-c', 'uname'],
          policySnapshot: {
            security: 'full',
            ask: 'off',
            askFallback: 'deny',
            autoAllowSkills: false,
            allowlistRules: [],
          },
        },
      },
    ],
  ])('is refused with %s than the one that was prepared and approved', async (_, run) => {
    const { gateway, mac, node } = await trustingNode();
    const edited = { ...yes(), run: { ...yes().run, ...run } };
    expect(await gateway.exec('uname', { cwd: mac.work, ...edited })).toMatchObject({
      outcome: 'denied-before-execution',
    });
    expect(node.snapshot().prompts).toEqual([]);
  });

  it('is refused after a restart, which forgets what was prepared', async () => {
    const { gateway } = await trustingNode();
    const params = { command: ['/usr/bin/true'], runId: 'r', approved: true, approvalDecision: 'allow-once' };
    expect(await gateway.invoke('system.run', params)).toMatchObject({
      ok: false,
      code: 'SYSTEM_RUN_DENIED',
      message: expect.stringContaining('did not prepare it') as string,
    });
  });
});

type Mac = Awaited<ReturnType<typeof pairedNode>>['mac'];
