import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';

import { fact } from './fact.ts';
import { makeMac, pairBySetupCode, type PairedNode, type TestMac } from './paired-node.ts';
import { type RealGateway, startGateway } from './real-gateway.ts';

const policyRead = z.object({
  file: z.looseObject({
    agents: z.record(
      z.string(),
      z.object({ allowlist: z.array(z.object({ pattern: z.string() })).optional() }),
    ),
  }),
});

/** What `openclaw approvals` can do to the policy of this Mac. */
describe('openclaw approvals', () => {
  let gateway: RealGateway;
  let mac: TestMac;
  let node: PairedNode;
  beforeAll(async () => {
    gateway = await startGateway(inject('installation'));
    mac = makeMac(['/usr/bin/uname', '/usr/bin/id']);
    node = await pairBySetupCode(gateway, mac);
  });
  afterAll(async () => {
    await mac.remove();
    await gateway.stop();
  });

  const rules = async (): Promise<string[]> => {
    const { stdout } = await gateway.openclaw('approvals', 'get', '--node', node.nodeId, '--json');
    const { agents } = policyRead.parse(JSON.parse(stdout)).file;
    return Object.values(agents).flatMap(({ allowlist }) => (allowlist ?? []).map(({ pattern }) => pattern));
  };
  const set = (name: string, ...patterns: string[]) => {
    const path = join(mac.home, name);
    const file = {
      version: 1,
      defaults: { security: 'allowlist', ask: 'on-miss', askFallback: 'deny', autoAllowSkills: false },
      agents: { main: { allowlist: patterns.map((pattern) => ({ pattern })) } },
    };
    writeFileSync(path, JSON.stringify(file));
    return gateway.openclaw('approvals', 'set', '--node', node.nodeId, '--file', path);
  };

  test('set --node: what only tightens is made at once, and said', async () => {
    const { exitCode, stdout } = await set('tighter.json', '/usr/bin/uname');
    fact('approvals set, tighter', stdout);
    expect(exitCode).toBe(0);
    expect(await node.headless.next('policy-edit', ({ state }) => state === 'applied')).toBeDefined();
    expect(await rules()).toEqual(['/usr/bin/uname']);
  });

  test('set --node: what loosens waits for the person, who chooses from it', async () => {
    const { exitCode, stdout, stderr } = await set(
      'looser.json',
      '/usr/bin/uname',
      '/usr/bin/who',
      '/bin/**',
    );
    fact('approvals set, looser', stdout + stderr);
    expect(exitCode).not.toBe(0);
    expect(stdout + stderr).toContain('waiting for the person at this Mac');
    expect(await rules()).toEqual(['/usr/bin/uname']);
    const edit = await node.headless.next('policy-edit', ({ state }) => state === 'waiting');
    node.headless.edit(edit.id, [edit.changes[0]?.id ?? '']);
    await node.headless.next('policy-edit-closed');
    expect(await rules()).toEqual(['/usr/bin/uname', '/usr/bin/who']);
  });

  test('allowlist add --node waits, allowlist remove --node is made', async () => {
    const on = ['--node', node.nodeId, '--agent', 'main'];
    const added = await gateway.openclaw('approvals', 'allowlist', 'add', ...on, '/usr/bin/w');
    fact('approvals allowlist add', added.stdout + added.stderr);
    expect(added.stdout + added.stderr).toContain('waiting for the person at this Mac');
    const removed = await gateway.openclaw('approvals', 'allowlist', 'remove', ...on, '/usr/bin/who');
    fact('approvals allowlist remove', removed.stdout + removed.stderr);
    expect(removed.exitCode).toBe(0);
    expect(await rules()).toEqual(['/usr/bin/uname']);
  });
});
