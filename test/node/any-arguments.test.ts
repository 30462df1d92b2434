import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { policyFile } from '../../main/policy/policy-file.ts';
import { answer, pairedNode, prompted, type TestMac } from './paired-node.ts';

const quick = { timeout: 30_000 };
const ran = { outcome: 'finished' };
const denied = { outcome: 'denied-before-execution' };

const entries = (mac: TestMac) =>
  policyFile.parse(JSON.parse(readFileSync(join(mac.stateDir, 'exec-approvals.json'), 'utf8'))).agents?.[
    'main'
  ]?.allowlist;

describe('a command that is allowed always with any arguments', quick, () => {
  it('is silent with other arguments in other folders, and the record says which yes it was', async () => {
    const { gateway, mac, node } = await pairedNode();
    const first = gateway.exec('uname -s', { cwd: mac.work });
    answer(node, await prompted(node), 'allow-always-any');
    expect(await first).toMatchObject(ran);
    expect(await gateway.exec('uname -a', { cwd: '/' })).toMatchObject(ran);
    expect(mac.recorded('decision')).toMatchObject([
      { decision: 'allow-always-any', by: { who: 'person' } },
      { decision: 'run', by: { who: 'rule' } },
    ]);
    expect(entries(mac)).toMatchObject([{ pattern: '/usr/bin/uname' }]);
    expect(entries(mac)?.[0]).not.toHaveProperty('argPattern');
  });

  it('lets no other program through, and none that writes where it prints', async () => {
    const { gateway, mac, node } = await pairedNode();
    const first = gateway.exec('uname -s', { cwd: mac.work });
    answer(node, await prompted(node), 'allow-always-any');
    await first;
    for (const command of ['whoami', 'uname > out', 'uname && whoami']) {
      const other = gateway.exec(command, { cwd: mac.work });
      answer(node, await prompted(node), 'deny');
      expect(await other).toMatchObject(denied);
    }
  });

  it.each(['find . -name x', 'cp a b', 'uname && whoami', './tool'])(
    'is not offered for %s: the answer is not taken, and nothing is stored',
    async (command) => {
      const { gateway, mac, node } = await pairedNode();
      mac.file('tool', '#!/bin/sh\necho tool\n', 0o700);
      const result = gateway.exec(command, { cwd: mac.work });
      const prompt = await prompted(node);
      expect(prompt.choices).toContain('allow-always');
      const { id, digest } = prompt;
      expect(node.answer({ id, digest, decision: 'allow-always-any' })).toBe('not-offered');
      answer(node, prompt, 'deny');
      expect(await result).toMatchObject(denied);
      expect(mac.recorded('policy-edit')).toEqual([]);
    },
  );

  it('"always" alone still means these arguments in this folder', async () => {
    const { gateway, mac, node } = await pairedNode();
    const first = gateway.exec('uname -s', { cwd: mac.work });
    answer(node, await prompted(node), 'allow-always');
    expect(await first).toMatchObject(ran);
    expect(entries(mac)).toMatchObject([
      { source: 'allow-always', argPattern: expect.stringMatching('^sha256:cwd-argv:v1:') as string },
    ]);
  });
});
