import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { openNode } from '../../main/node/open-node.ts';
import { WhoseYes } from '../../main/node/whose-yes.ts';
import { startPracticeGateway } from '../gateway-practice/practice-gateway.ts';
import { aPairing } from '../pairing/a-pairing.ts';
import { DurableSecrets } from '../state/durable-secrets.ts';
import { answer, pairedNode, PATH, prompted, state, TestMac } from './paired-node.ts';

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
    const gatewayId = node.snapshot().gateway?.id;
    expect(mac.recorded('whose-yes')).toMatchObject([
      { gatewayId, before: false, trustsGateway: true, by: 'person' },
      { gatewayId, before: true, trustsGateway: false, by: 'person' },
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

  it('one gateway’s trust is none for another, and is there again for the first', async () => {
    const { gateway: first, mac, node } = await pairedNode();
    await node.whoseYes.dangerouslyTrustGateway(true);
    await node.whoseYes.showOtherHosts(true);
    const second = await startPracticeGateway({ probes: false });
    onTestFinished(() => second.stop());
    await node.pair({ by: 'setup-code', setupCode: second.setupCode() });
    await state(node, 'awaiting-approval');
    expect(node.snapshot().authority).toMatchObject({
      trustsGatewayApprovals: false,
      showsOtherHosts: false,
    });
    second.approveDevice();
    node.retry();
    await state(node, 'connected');
    second.approveCommands();
    const asked = second.exec('touch marker', { cwd: mac.work, ...approved('approval-1') });
    answer(node, await prompted(node), 'deny');
    expect(await asked).toMatchObject({ outcome: 'denied-before-execution' });

    const [id] = node.gateways.all.filter(({ address }) => address === `${first.url}/`);
    await node.gateways.switchTo(id?.id ?? '');
    await state(node, 'connected');
    expect(node.snapshot().authority).toMatchObject({ trustsGatewayApprovals: true, showsOtherHosts: true });
    expect(await first.exec('touch one', { cwd: mac.work, ...approved('approval-2') })).toMatchObject({
      outcome: 'finished',
    });
  });

  it('is kept over a restart, and ends with the pairing', async () => {
    const mac = new TestMac(new DurableSecrets());
    const { gateway, node } = await pairedNode({ mac });
    await node.whoseYes.dangerouslyTrustGateway(true);
    await node.stop();
    const again = await mac.open();
    await again.start();
    await state(again, 'connected');
    expect(again.whoseYes.trustsGateway).toBe(true);
    await again.pair({ by: 'setup-code', setupCode: gateway.setupCode() });
    expect(again.whoseYes.trustsGateway).toBe(false);
  });

  it('is not what the file says: neither one that was changed, nor the setting of earlier versions', async () => {
    const mac = new TestMac(new DurableSecrets());
    const { node } = await pairedNode({ mac, settings: { dangerouslyTrustGatewayApprovals: true } });
    expect(node.whoseYes.trustsGateway).toBe(false);
    await node.stop();
    const path = join(mac.stateDir, 'gateways.json');
    const trusting = readFileSync(path, 'utf8').replace(
      '"dangerouslyTrustApprovals": false',
      '"dangerouslyTrustApprovals": true',
    );
    expect(trusting).toContain('"dangerouslyTrustApprovals": true');
    writeFileSync(path, trusting);
    const again = await mac.open();
    await again.start();
    await state(again, 'connected');
    expect(again.whoseYes.trustsGateway).toBe(false);
  });

  it('is not more than could be sealed', async () => {
    const secrets = new DurableSecrets();
    const { node } = await pairedNode({ mac: new TestMac(secrets) });
    secrets.locked = true;
    await expect(node.whoseYes.dangerouslyTrustGateway(true)).rejects.toThrow('could not be sealed');
    expect(node.whoseYes.trustsGateway).toBe(false);
    secrets.locked = false;
    await node.whoseYes.dangerouslyTrustGateway(true);
    secrets.locked = true;
    await node.whoseYes.dangerouslyTrustGateway(false);
    expect(node.whoseYes.trustsGateway).toBe(false);
  });

  it('cannot be said of no gateway', async () => {
    const mac = new TestMac();
    const node = await mac.open();
    await expect(node.whoseYes.dangerouslyTrustGateway(true)).rejects.toThrow('pair this Mac');
  });

  it.each([
    ['is not trusted', true],
    ['is not trusted any more', false],
  ])('with a record that cannot be written, a gateway %s', async (_what, trusted) => {
    let record = aPairing({ dangerouslyTrustApprovals: !trusted });
    const whoseYes = new WhoseYes({
      link: {
        get record() {
          return record;
        },
        trust: (changes) => Promise.resolve(void (record = { ...record, ...changes })),
      },
      journal: { append: () => Promise.reject(new Error('full')) },
      forced: undefined,
    });
    await expect(whoseYes.dangerouslyTrustGateway(trusted)).rejects.toThrow('full');
    expect(whoseYes.trustsGateway).toBe(false);
  });
});
