import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { DurableSecrets, newProcess } from '../state/durable-secrets.ts';
import { allow, answer, pairedNode, prompted, state, TestMac } from './paired-node.ts';

const slow = { timeout: 30_000 };

it(
  'who deletes the Keychain items and the whole folder gains nothing: the person pairs anew, and is asked',
  slow,
  async () => {
    const secrets = new DurableSecrets();
    const mac = new TestMac(secrets);
    const { node, gateway } = await pairedNode({ mac, policy: allow('/usr/bin/uname') });
    await node.whoseYes.dangerouslyTrustGateway(true);
    await node.stop();
    const pairings = readFileSync(join(mac.stateDir, 'gateways.json'), 'utf8');
    secrets.content = new Map();
    for (const name of readdirSync(mac.stateDir)) rmSync(join(mac.stateDir, name), { recursive: true });
    mac.policy({ version: 1, defaults: { security: 'full', ask: 'on-miss', askFallback: 'full' } });
    mac.settings({ dangerouslyAllowPlaintextGateway: true, passSshAgent: true, touchId: 'never' });

    const again = await mac.open();
    again.attachSurface();
    await again.start();
    expect(pairings).toContain('"dangerouslyTrustApprovals": true');
    expect(again.snapshot()).toMatchObject({ state: 'unpaired', gateway: null });
    expect(again.settings.current).toMatchObject({
      dangerouslyAllowPlaintextGateway: false,
      passSshAgent: false,
      touchId: 'high',
    });
    gateway.removeDevice();
    await again.pair({ by: 'setup-code', setupCode: gateway.setupCode() });
    await state(again, 'awaiting-approval');
    gateway.approveDevice();
    again.retry();
    await state(again, 'connected');
    gateway.approveCommands();
    const asked = gateway.exec('uname', {
      runId: 'r',
      run: { approved: true, approvalDecision: 'allow-once' },
    });
    answer(again, await prompted(again), 'deny');
    expect(await asked).toMatchObject({ outcome: 'denied-before-execution' });
    // What was put there can be read and refused, change by change.
    expect(again.edits.pending).toMatchObject([{ from: { kind: 'file', file: 'exec-approvals.json' } }]);
  },
);

it(
  'of a policy that is there at the first start, what tightens counts without a question',
  slow,
  async () => {
    const mac = new TestMac(new DurableSecrets());
    mac.policy({ version: 1, defaults: { security: 'deny', ask: 'off', askFallback: 'deny' } });
    const node = await mac.open();
    expect((await node.policy.forAgent('main')).effective.security).toBe('deny');
  },
);

it('where secrets end with the process, the files that are there are the person’s', slow, async () => {
  const mac = new TestMac(newProcess());
  mac.policy(allow('/usr/bin/uname'));
  const node = await mac.open();
  expect((await node.policy.forAgent('main')).effective.rules.map(({ pattern }) => pattern)).toEqual([
    '/usr/bin/uname',
  ]);
  expect(node.edits.pending).toEqual([]);
});
