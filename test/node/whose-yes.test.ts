import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { openNode } from '../../main/node/open-node.ts';
import { WhoseYes } from '../../main/node/whose-yes.ts';
import { settingsSchema } from '../../main/state/settings.ts';
import { answer, pairedNode, PATH, prompted, TestMac } from './paired-node.ts';

const approved = (runId: string) => ({
  interactive: true,
  runId,
  run: { approved: true, approvalDecision: 'allow-once' as const },
});

describe('whose yes counts', { timeout: 30_000 }, () => {
  it('changes at once, both ways, and stands in the record', async () => {
    const { gateway, mac, node } = await pairedNode();
    await node.whoseYes.dangerouslyTrustGateway(true);
    expect(node.snapshot().authority.trustsGatewayApprovals).toBe(true);
    const ran = await gateway.exec('touch one', { cwd: mac.work, ...approved('approval-1') });
    expect(ran).toMatchObject({ outcome: 'finished' });

    await node.whoseYes.dangerouslyTrustGateway(false);
    const asked = gateway.exec('touch two', { cwd: mac.work, ...approved('approval-2') });
    const prompt = await prompted(node);
    expect(prompt.claim?.by).toBe('operator');
    answer(node, prompt, 'deny');
    await asked;
    expect(existsSync(join(mac.work, 'two'))).toBe(false);
    expect(mac.recorded('whose-yes').map(({ trustsGateway, by }) => [trustsGateway, by])).toEqual([
      [true, 'person'],
      [false, 'person'],
    ]);
  });

  it('is what the command line says, over the setting, and that stands in the record', async () => {
    const mac = new TestMac();
    const node = await openNode({
      ...{ stateDir: mac.stateDir, program: 'a test', secrets: mac.secrets, path: PATH, bundle: [] },
      dangerouslyTrustGatewayApprovals: true,
    });
    onTestFinished(() => node.stop());
    expect(node.snapshot().authority).toMatchObject({ trustsGatewayApprovals: true, isForced: true });
    expect(mac.recorded('whose-yes')).toMatchObject([{ trustsGateway: true, by: 'command-line' }]);
  });

  it.each([
    ['is not trusted', true, 'here'],
    ['is not trusted any more', false, 'here'],
  ])('with a record that cannot be written, a gateway %s', async (_what, trusted) => {
    let current = { ...settingsSchema.parse({}), dangerouslyTrustGatewayApprovals: !trusted };
    const whoseYes = new WhoseYes({
      settings: {
        get current() {
          return current;
        },
        change: (choices) => Promise.resolve(void (current = { ...current, ...choices })),
      },
      journal: { append: () => Promise.reject(new Error('full')) },
      forced: undefined,
    });
    await expect(whoseYes.dangerouslyTrustGateway(trusted)).rejects.toThrow('full');
    expect(whoseYes.trustsGateway).toBe(false);
  });
});
