import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { LatchkeyNode } from '../../main/node/latchkey-node.ts';
import type { OperatorStatus } from '../../main/operator/operator-status.ts';
import type { PracticeGatewayOptions } from '../gateway-practice/practice-gateway.ts';
import { allow, answer, pairedNode, prompted, state, TestMac } from './paired-node.ts';

const quick = { timeout: 30_000 };
const asked = { asksOperators: true } as const;

/** Resolves once the operator connection stands like that. */
function operatorIs(node: LatchkeyNode, wanted: OperatorStatus['state']): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (node.operator.status.state !== wanted) return;
      node.off('changed', look);
      resolve();
    };
    node.on('changed', look);
    look();
  });
}

/** A node that is an operator of its gateway as well, through its own approval. */
async function operatorNode(
  options: NonNullable<Parameters<typeof pairedNode>[0]> & {
    heardBy?: PracticeGatewayOptions['approvalsHeardBy'];
  } = {},
) {
  const { heardBy, ...rest } = options;
  const paired = await pairedNode({ ...rest, gateway: { approvalsHeardBy: heardBy ?? 'sessions' } });
  const { gateway, node } = paired;
  await node.operator.enable({ by: 'setup-code', setupCode: gateway.setupCode() });
  await operatorIs(node, 'awaiting-approval');
  gateway.approveOperator();
  node.operator.retry();
  await operatorIs(node, 'connected');
  return paired;
}

describe('the operator connection', quick, () => {
  it('waits for an approval of its own, and keeps a token of its own beside the first', async () => {
    const { gateway, mac, node } = await pairedNode();
    await node.operator.enable({ by: 'setup-code', setupCode: gateway.setupCode() });
    await operatorIs(node, 'awaiting-approval');
    expect(node.snapshot().authority.operator.command).toMatch(/^openclaw devices approve operator-/);
    expect(node.snapshot().state).toBe('connected');
    gateway.approveOperator();
    node.operator.retry();
    await operatorIs(node, 'connected');
    const secret = JSON.parse((await mac.secrets.read(node.snapshot().gateway?.id ?? '')) ?? '') as Record<
      string,
      unknown
    >;
    expect(secret['operatorToken']).toBe(gateway.book.devices[0]?.operatorToken);
    expect(secret['deviceToken']).toBe(gateway.book.devices[0]?.token);
  });

  it('comes back after a restart without another approval', async () => {
    const { gateway, mac, node } = await operatorNode();
    await node.stop();
    const again = await mac.open();
    await again.start();
    await operatorIs(again, 'connected');
    expect(gateway.operators).toBe(1);
  });

  it('switched off is gone, with its token; the node stays', async () => {
    const { gateway, mac, node } = await operatorNode();
    await node.operator.disable();
    await expect.poll(() => gateway.operators).toBe(0);
    const gatewayId = node.snapshot().gateway?.id;
    expect(mac.recorded('operator')).toMatchObject([
      { gatewayId, what: 'connection', before: false, after: true, by: 'person' },
      { gatewayId, what: 'connection', before: true, after: false, by: 'person' },
    ]);
    expect(await mac.secrets.read(node.snapshot().gateway?.id ?? '')).toContain('"operatorToken":null');
    expect(node.snapshot()).toMatchObject({ state: 'connected', authority: { operator: { state: 'off' } } });
  });

  it('that the gateway takes back says so and drops its token; the node stays', async () => {
    const { gateway, mac, node } = await operatorNode({ policy: allow('/usr/bin/uname') });
    gateway.revokeOperator();
    await operatorIs(node, 'attention');
    expect(node.operator.status.text).toContain('not accept this Mac as an operator any more');
    expect(await mac.secrets.read(node.snapshot().gateway?.id ?? '')).toContain('"operatorToken":null');
    expect(await gateway.exec('uname')).toMatchObject({ outcome: 'finished' });
  });

  it('that is lost does not touch the node, and comes back', async () => {
    const { gateway, node } = await operatorNode({ policy: allow('/usr/bin/uname') });
    gateway.cutOperators();
    await operatorIs(node, 'offline');
    expect(node.snapshot().state).toBe('connected');
    expect(await gateway.exec('uname')).toMatchObject({ outcome: 'finished' });
    node.operator.retry();
    await operatorIs(node, 'connected');
  });

  it('ends with the pairing: both connections are closed, and nothing is left in the secret store', async () => {
    const { gateway, mac, node } = await operatorNode();
    const id = node.snapshot().gateway?.id ?? '';
    await node.unpair();
    await state(node, 'unpaired');
    await expect.poll(() => gateway.operators).toBe(0);
    expect(await mac.secrets.read(id)).toBeNull();
    await expect(node.operator.enable({ by: 'token', token: 'x' })).rejects.toThrow('pair this Mac');
  });

  it.each([
    ['a text that is no setup code', { by: 'setup-code', setupCode: 'nonsense' }],
    ['an empty token', { by: 'token', token: ' ' }],
  ] as const)('is not asked for with %s', async (_, request) => {
    const { node } = await pairedNode();
    await expect(async () => node.operator.enable(request)).rejects.toThrow();
    expect(node.operator.status.state).toBe('off');
  });
});

describe.each(['sessions', 'everybody'] as const)(
  "the gateway's own approval requests, heard by %s",
  quick,
  (heardBy) => {
    it('are asked here, and a yes runs exactly that without a second question', async () => {
      const { gateway, mac, node } = await operatorNode({ heardBy });
      mac.file('job.sh', 'echo ran\n');
      const result = gateway.exec('sh job.sh', { cwd: mac.work, ...asked });
      const prompt = await prompted(node);
      expect(prompt.assessment.operands.map(({ path }) => path)).toEqual([join(mac.work, 'job.sh')]);
      expect(prompt.choices).toEqual(['allow-once', 'deny']);
      answer(node, prompt, 'allow-once');
      expect(await result).toMatchObject({ outcome: 'finished', text: 'ran\n' });
      expect(mac.recorded('decision').map(({ decision, by }) => [decision, by.who])).toEqual([
        ['allow-once', 'person'],
        ['allow-once', 'person'],
      ]);
    });

    it('bring the environment that was prepared, and it is what runs', async () => {
      const { gateway, node } = await operatorNode({ heardBy });
      const result = gateway.exec('printenv LANG', { env: { LANG: 'C' }, ...asked });
      const prompt = await prompted(node);
      expect(prompt.request.env).toEqual({ LANG: 'C' });
      answer(node, prompt, 'allow-once');
      expect(await result).toMatchObject({ outcome: 'finished', text: 'C\n' });
    });

    it('are answered no: the gateway sends nothing', async () => {
      const { gateway, mac, node } = await operatorNode({ heardBy });
      const result = gateway.exec('touch marker', { cwd: mac.work, ...asked });
      answer(node, await prompted(node), 'deny');
      expect(await result).toMatchObject({ outcome: 'tool-error', text: 'exec denied: user-denied' });
      expect(existsSync(join(mac.work, 'marker'))).toBe(false);
    });

    it('go away when another surface answers first', async () => {
      const { gateway, mac, node } = await operatorNode({ heardBy });
      const result = gateway.exec('touch marker', { cwd: mac.work, ...asked });
      const closed = new Promise((resolve) => node.once('prompt-closed', (_, outcome) => resolve(outcome)));
      await prompted(node);
      gateway.approvals.resolve(gateway.approvals.waiting[0]?.id ?? '', 'deny');
      expect(await closed).toEqual({ kind: 'closed', reason: 'answered-elsewhere' });
      expect(await result).toMatchObject({ outcome: 'tool-error' });
    });

    it('that another surface allowed are asked here all the same, as a claim', async () => {
      const { gateway, node } = await operatorNode({ heardBy });
      const result = gateway.exec('uname', asked);
      await prompted(node);
      const next = new Promise<Parameters<typeof answer>[1]>((resolve) => node.once('prompt', resolve));
      gateway.approvals.resolve(gateway.approvals.waiting[0]?.id ?? '', 'allow-once');
      const claimed = await next;
      expect(claimed.claim?.by).toBe('operator');
      answer(node, claimed, 'deny');
      expect(await result).toMatchObject({ outcome: 'denied-before-execution' });
    });

    it('what changed after the yes is asked again, as a claim', async () => {
      const { gateway, mac, node } = await operatorNode({ heardBy });
      mac.file('job.sh', '#!/bin/sh\necho shown\n', 0o700);
      const result = gateway.exec('./job.sh', {
        cwd: mac.work,
        ...asked,
        beforeRun: () => void mac.file('other', 'x'),
        run: { env: { LANG: 'C' } },
      });
      answer(node, await prompted(node), 'allow-once');
      await expect.poll(() => node.snapshot().prompts[0]?.claim?.by).toBe('operator');
      answer(node, await prompted(node), 'deny');
      expect(await result).toMatchObject({ outcome: 'denied-before-execution' });
    });

    it.each(['locked', 'paused', 'sleep'] as const)(
      'a yes does not outlive the moment when this Mac is %s: the run is asked about again',
      async (reason) => {
        const { gateway, node } = await operatorNode({ heardBy });
        const result = gateway.exec('uname', {
          ...asked,
          beforeRun: () => {
            node.closePrompts(reason);
          },
        });
        const first = await prompted(node);
        const next = new Promise<Parameters<typeof answer>[1]>((resolve) => node.once('prompt', resolve));
        answer(node, first, 'allow-once');
        const again = await next;
        expect(again.claim?.by).toBe('operator');
        answer(node, again, 'deny');
        expect(await result).toMatchObject({ outcome: 'denied-before-execution' });
      },
    );

    it('one yes is for one run: the same approval sent twice asks', async () => {
      const { gateway, node } = await operatorNode({ heardBy });
      const first = gateway.exec('uname', asked);
      answer(node, await prompted(node), 'allow-once');
      const { runId } = await first;
      const run = { approved: true, approvalDecision: 'allow-once' };
      const replayed = gateway.exec('uname', { runId, run });
      const prompt = await prompted(node);
      expect(prompt.claim?.by).toBe('operator');
      answer(node, prompt, 'deny');
      expect(await replayed).toMatchObject({ outcome: 'denied-before-execution' });
    });

    it('for what is never run are answered no without asking', async () => {
      const { gateway, node } = await operatorNode({ heardBy });
      expect(await gateway.exec('python3 -c 1', asked)).toMatchObject({ text: 'exec denied: user-denied' });
      expect(node.snapshot().prompts).toEqual([]);
    });

    it('are answered no while this Mac is paused', async () => {
      const { gateway, node } = await operatorNode({ heardBy });
      const waiting = gateway.exec('uname', asked);
      await prompted(node);
      await node.pause();
      expect(await waiting).toMatchObject({ text: 'exec denied: user-denied' });
      expect(await gateway.exec('uname', asked)).toMatchObject({ text: 'exec denied: user-denied' });
    });

    it('that waited while the connection was away are asked when it is back', async () => {
      const { gateway, node } = await operatorNode({ heardBy });
      gateway.cutOperators();
      await operatorIs(node, 'offline');
      const result = gateway.exec('uname', asked);
      await expect.poll(() => gateway.approvals.waiting.length).toBe(1);
      node.operator.retry();
      answer(node, await prompted(node), 'allow-once');
      expect(await result).toMatchObject({ outcome: 'finished' });
    });

    it('that were answered while nobody could hear it are told, not asked again', async () => {
      const { gateway, node } = await operatorNode({ heardBy });
      const result = gateway.exec('uname', asked);
      const prompt = await prompted(node);
      const lost = operatorIs(node, 'offline');
      answer(node, prompt, 'allow-once');
      gateway.cutOperators();
      await lost;
      node.operator.retry();
      expect(await result).toMatchObject({ outcome: 'finished' });
      expect(node.snapshot().prompts).toEqual([]);
    });

    it('that are closed by the lock stay with the gateway, and are asked again when somebody looks', async () => {
      const { gateway, node } = await operatorNode({ heardBy });
      const result = gateway.exec('uname', asked);
      await prompted(node);
      node.closePrompts('locked');
      expect(gateway.approvals.waiting).toHaveLength(1);
      node.operator.lookAgain();
      answer(node, await prompted(node), 'deny');
      await result;
    });
  },
);

describe('approval requests for other computers', quick, () => {
  const other = {
    command: 'rm -rf build',
    host: 'node',
    nodeId: 'other-node',
    cwd: '/srv',
    sessionKey: 'agent:main:main',
    agentId: 'main',
  };

  it('are not shown unless the person wants them', async () => {
    const { gateway, node } = await operatorNode({ heardBy: 'everybody' });
    void gateway.approvals.ask(other);
    const own = gateway.exec('uname', asked);
    const prompt = await prompted(node);
    expect(prompt.host).toBeUndefined();
    expect(node.snapshot().prompts).toHaveLength(1);
    answer(node, prompt, 'deny');
    await own;
  });

  it('say which computer, that nothing is bound, and are answered there only', async () => {
    const { gateway, mac, node } = await operatorNode({ heardBy: 'everybody' });
    await node.whoseYes.showOtherHosts(true);
    const decided = gateway.approvals.ask(other);
    const prompt = await prompted(node);
    expect(prompt).toMatchObject({ host: 'Build server (other-node)', choices: ['allow-once', 'deny'] });
    expect(prompt.assessment.text).toContain('another computer');
    answer(node, prompt, 'allow-once');
    expect((await decided).decision).toBe('allow-once');
    expect(mac.recorded('start')).toEqual([]);
  });
});

it('a gateway of its own name cannot send runs over the operator connection', quick, async () => {
  const { gateway, node } = await operatorNode({
    mac: new TestMac(),
    policy: { version: 1, defaults: { security: 'full', ask: 'off' } },
  });
  gateway.tellOperators('node.invoke.request', {
    id: 'x',
    nodeId: node.snapshot().gateway?.deviceId,
    command: 'system.run',
    paramsJSON: '{"command":["/usr/bin/true"]}',
  });
  const result = await gateway.exec('uname');
  expect(result.outcome).toBe('finished');
  expect(node.snapshot().running).toBe(0);
});
