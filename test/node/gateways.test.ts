import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import type { LatchkeyNode } from '../../main/node/latchkey-node.ts';
import { type PracticeGateway, startPracticeGateway } from '../gateway-practice/practice-gateway.ts';
import { selfSignedCertificate } from '../gateway-practice/self-signed-certificate.ts';
import { DurableSecrets } from '../state/durable-secrets.ts';
import { allow, answer, pairedNode, prompted, state, TestMac } from './paired-node.ts';

const quick = { timeout: 30_000 };

async function practice(options: Parameters<typeof startPracticeGateway>[0] = {}): Promise<PracticeGateway> {
  const gateway = await startPracticeGateway({ probes: false, ...options });
  onTestFinished(() => gateway.stop());
  return gateway;
}

/** Pairs with one more gateway, as the person does it. */
async function pairWith(node: LatchkeyNode, gateway: PracticeGateway): Promise<void> {
  await node.pair({ by: 'setup-code', setupCode: gateway.setupCode() });
  await approve(node, gateway);
}

async function approve(node: LatchkeyNode, gateway: PracticeGateway): Promise<void> {
  await state(node, 'awaiting-approval');
  gateway.approveDevice();
  node.retry();
  await state(node, 'connected');
  gateway.approveCommands();
}

const idOf = (node: LatchkeyNode, { url }: PracticeGateway) =>
  node.gateways.all.find(({ address }) => address === `${url}/`)?.id ?? '';

describe('of two gateways', quick, () => {
  it('the rules of the first one say nothing about the second one, and are there again for the first', async () => {
    const { mac, node, gateway: first } = await pairedNode({ policy: allow('/usr/bin/uname') });
    expect(await first.exec('uname')).toMatchObject({ outcome: 'finished' });
    const second = await practice();
    await pairWith(node, second);
    const asked = second.exec('uname');
    answer(node, await prompted(node), 'deny');
    expect(await asked).toMatchObject({ outcome: 'denied-before-execution' });
    expect(node.policy.path).toContain(join(mac.stateDir, 'gateways'));

    await node.gateways.switchTo(idOf(node, first));
    await state(node, 'connected');
    expect(await first.exec('uname')).toMatchObject({ outcome: 'finished' });
    expect(node.policy.path).toBe(join(mac.stateDir, 'exec-approvals.json'));
  });

  it('what is allowed always for the second one is not allowed for the first', async () => {
    const { node, gateway: first, mac } = await pairedNode();
    const second = await practice();
    await pairWith(node, second);
    const allowed = second.exec('uname', { cwd: mac.work });
    answer(node, await prompted(node), 'allow-always');
    expect(await allowed).toMatchObject({ outcome: 'finished' });
    expect(readFileSync(join(mac.stateDir, 'exec-approvals.json'), 'utf8')).not.toContain('uname');

    await node.gateways.switchTo(idOf(node, first));
    await state(node, 'connected');
    const asked = first.exec('uname', { cwd: mac.work });
    answer(node, await prompted(node), 'deny');
    await asked;
  });

  it('each knows this Mac by another key, and none is paired anew by switching', async () => {
    const { node, gateway: first } = await pairedNode();
    const second = await practice();
    await pairWith(node, second);
    const [a, b] = [first.book.devices[0]?.deviceId, second.book.devices[0]?.deviceId];
    expect(a).not.toBe(b);
    for (const gateway of [first, second, first]) {
      await node.gateways.switchTo(idOf(node, gateway));
      await state(node, 'connected');
      expect(node.snapshot().gateway?.address).toBe(`${gateway.url}/`);
    }
    expect([first.book.devices.length, second.book.devices.length]).toEqual([1, 1]);
  });

  it('only the one that is served is connected', async () => {
    const { node, gateway: first } = await pairedNode();
    const second = await practice();
    await pairWith(node, second);
    expect([first.open, second.open]).toEqual([0, 1]);
    await node.gateways.switchTo(idOf(node, first));
    await state(node, 'connected');
    expect([first.open, second.open]).toEqual([1, 0]);
  });

  it('switching denies what waits and ends what runs', async () => {
    const { node, gateway: first, mac } = await pairedNode({ policy: allow('/usr/bin/sleep') });
    const second = await practice();
    await pairWith(node, second);
    await node.gateways.switchTo(idOf(node, first));
    await state(node, 'connected');
    void first.exec('sleep 600').catch(() => undefined);
    await expect.poll(() => node.snapshot().running).toBe(1);
    void first.exec('uname').catch(() => undefined);
    await prompted(node);
    await node.gateways.switchTo(idOf(node, second));
    expect(node.snapshot()).toMatchObject({ running: 0, prompts: [] });
    expect(mac.recorded('end').at(-1)).toMatchObject({ endedBy: 'disconnected' });
    expect(mac.recorded('decision').at(-1)).toMatchObject({ decision: 'deny' });
  });

  it('a key that one of them used once is new from the other', async () => {
    const { node, gateway: first } = await pairedNode({ policy: allow('/usr/bin/uname') });
    const params = { command: ['/usr/bin/uname'], rawCommand: '/usr/bin/uname' };
    const options = { idempotencyKey: 'the-same' };
    expect(await first.invoke('system.run', params, options)).toMatchObject({ ok: true });
    const second = await practice();
    await pairWith(node, second);
    const asked = second.invoke('system.run', params, options);
    answer(node, await prompted(node), 'deny');
    expect(await asked).toMatchObject({ ok: false });
  });

  it('after a restart the one that was served last is served, by its own rules', async () => {
    const mac = new TestMac();
    const { node, gateway: first } = await pairedNode({ mac, policy: allow('/usr/bin/uname') });
    const second = await practice();
    await pairWith(node, second);
    await node.stop();
    const again = await mac.open();
    again.attachSurface();
    await again.start();
    await state(again, 'connected');
    const asked = second.exec('uname');
    answer(again, await prompted(again), 'deny');
    await asked;
    expect(again.gateways.all.map(({ address }) => address)).toContain(`${first.url}/`);
  });

  it('one that is removed takes its secret with it, and the other one stays', async () => {
    const { node, gateway: first, mac } = await pairedNode();
    const second = await practice();
    const removed = idOf(node, first);
    await pairWith(node, second);
    await node.gateways.remove(removed);
    expect(await mac.secrets.read(removed)).toBeNull();
    expect(node.gateways.all.map(({ address }) => address)).toEqual([`${second.url}/`]);
    expect(node.snapshot().state).toBe('connected');
    await expect(node.gateways.remove(idOf(node, second))).rejects.toThrow(/in use/);
  });

  it('one that is removed is unpaired as the one that is served is, and that one goes on undisturbed', async () => {
    const { node, gateway: first, mac } = await pairedNode();
    mac.file('job.sh', 'echo ran\n');
    const allowed = first.exec('sh job.sh', { cwd: mac.work });
    answer(node, await prompted(node), 'allow-once');
    await allowed;
    const second = await practice();
    const removed = idOf(node, first);
    await pairWith(node, second);
    const waiting = second.exec('uname');
    const prompt = await prompted(node);

    const { deviceId, removeCommand, proof } = await node.gateways.remove(removed);
    expect(deviceId).toBe(first.book.devices[0]?.deviceId);
    expect(removeCommand).toBe(`openclaw devices remove ${deviceId}`);
    expect(proof).toEqual(
      [
        ...['processes', 'connections', 'prompts', 'secret', 'record', 'mark'],
        ...['grants', 'approvals', 'operator-connection', 'allowed-files'],
      ].map((what) => ({ what, state: 'gone', detail: null })),
    );
    expect(mac.recorded('unpair').map(({ gatewayId, step }) => [gatewayId === removed, step])).toEqual(
      ['begun', 'runs-ended', 'disconnected', 'dropped', 'secret-deleted', 'forgotten'].map((step) => [
        true,
        step,
      ]),
    );
    expect(node.unpairing.farewells).toMatchObject([{ gatewayId: removed, secretDeleted: true }]);
    expect(node.snapshot()).toMatchObject({ state: 'connected', detail: null, unpaired: null });
    answer(node, prompt, 'allow-once');
    expect(await waiting).toMatchObject({ outcome: 'finished' });
  });

  it('one whose secret cannot be deleted yet is not served again, and loses it at the next start', async () => {
    const secrets = new DurableSecrets();
    const mac = new TestMac(secrets);
    const { node, gateway: first } = await pairedNode({ mac });
    const second = await practice();
    const removed = idOf(node, first);
    await pairWith(node, second);
    secrets.locked = true;
    const { proof } = await node.gateways.remove(removed);
    expect(proof).toContainEqual(expect.objectContaining({ what: 'secret', state: 'unknown' }));
    expect(node.snapshot().detail).toContain('could not be deleted yet');
    await expect(node.gateways.switchTo(removed)).rejects.toThrow('not remembered');
    secrets.locked = false;
    await node.stop();
    const again = await mac.open();
    await again.start();
    expect(secrets.content.has(removed)).toBe(false);
    await state(again, 'connected');
    expect(again.snapshot().gateway?.address).toBe(`${second.url}/`);
  });

  it('paired again after unpairing, the first one finds its rules; another one does not', async () => {
    const { node, gateway: first } = await pairedNode({ policy: allow('/usr/bin/uname') });
    await node.unpair();
    const second = await practice();
    await pairWith(node, second);
    const asked = second.exec('uname');
    answer(node, await prompted(node), 'deny');
    await asked;
    await node.unpair();
    first.removeDevice();
    await pairWith(node, first);
    expect(await first.exec('uname')).toMatchObject({ outcome: 'finished' });
  });

  it('a place that cannot be used keeps what was there before', async () => {
    const { node, gateway: first, mac } = await pairedNode({ policy: allow('/usr/bin/uname') });
    writeFileSync(join(mac.stateDir, 'gateways'), '');
    const second = await practice();
    await expect(node.pair({ by: 'setup-code', setupCode: second.setupCode() })).rejects.toThrow();
    expect(second.requests).toBe(0);
    expect(node.policy.path).toBe(join(mac.stateDir, 'exec-approvals.json'));
    // As if nobody had tried: the first one is served again, and of the second one nothing is kept.
    await state(node, 'connected');
    expect(node.gateways.all.map(({ address, active }) => [address, active])).toEqual([
      [`${first.url}/`, true],
    ]);
    expect(await first.exec('uname')).toMatchObject({ outcome: 'finished' });
  });
});

describe('the gateway that is served', quick, () => {
  it('at another address is the same one to this Mac, and this Mac the same to it', async () => {
    const { node, gateway, mac } = await pairedNode({ policy: allow('/usr/bin/uname') });
    const moved = await practice({ book: gateway.book, sharedToken: gateway.sharedToken });
    await expect(node.gateways.moveTo('another', moved.url, null)).rejects.toThrow('nothing was moved');
    expect(node.snapshot().gateway?.address).not.toBe(`${moved.url}/`);
    await node.gateways.moveTo(node.gateways.all[0]?.id ?? '', moved.url, null);
    await state(node, 'connected');
    expect(node.snapshot().gateway?.address).toBe(`${moved.url}/`);
    expect(await moved.exec('uname')).toMatchObject({ outcome: 'finished' });
    expect(moved.book.devices.length).toBe(1);
    expect(mac.recorded('pairing').map(({ step }) => step)).toContain('moved');
  });

  it('is not offered more than the person agreed to, until they agree', async () => {
    const { node, gateway, mac } = await pairedNode({ policy: allow('/usr/bin/uname') });
    await node.stop();
    const path = join(mac.stateDir, 'gateways.json');
    const book = JSON.parse(readFileSync(path, 'utf8')) as { gateways: { commands: string[] }[] };
    const [record] = book.gateways;
    if (record) record.commands = ['system.run', 'system.run.prepare'];
    writeFileSync(path, JSON.stringify(book));
    await mac.unsealed();

    const updated = await mac.open();
    await updated.start();
    await state(updated, 'connected');
    expect(gateway.book.devices[0]?.declaredCommands).toEqual(['system.run', 'system.run.prepare']);
    expect(updated.gateways.choice).toEqual({
      kind: 'commands',
      added: ['system.which', 'system.notify', 'system.execApprovals.get', 'system.execApprovals.set'],
    });
    expect(await gateway.invoke('system.which', { bins: ['uname'] })).toMatchObject({ ok: false });
    await updated.gateways.offerCommands();
    await state(updated, 'connected');
    expect(gateway.book.devices[0]?.declaredCommands).toContain('system.which');
    expect(updated.gateways.choice).toBeNull();
  });

  it('with another certificate than the pinned one waits for the person, who has to know the new one', async () => {
    const [old, renewed] = [selfSignedCertificate(), selfSignedCertificate()];
    const gateway = await practice({ certificate: old });
    const mac = new TestMac();
    const node = await mac.open();
    await node.start();
    const setupCode = gateway.setupCode({ tlsFingerprint: old.fingerprint });
    await node.pair({ by: 'setup-code', setupCode });
    await approve(node, gateway);
    const port = Number(new URL(gateway.url).port);
    await gateway.stop();
    const back = await practice({ port, book: gateway.book, certificate: renewed });
    node.retry();
    await state(node, 'attention');
    expect(back.requests).toBe(0);
    expect(node.gateways.choice).toEqual({
      kind: 'certificate',
      pinned: old.fingerprint,
      shown: renewed.fingerprint,
    });
    node.retry();
    await state(node, 'attention');
    await expect(node.gateways.acceptCertificate(old.fingerprint)).rejects.toThrow(/in between/);
    expect(back.requests).toBe(0);
    await node.gateways.acceptCertificate(renewed.fingerprint);
    await state(node, 'connected');
    expect(node.gateways.all[0]?.pin).toBe(renewed.fingerprint);
  });

  it('paired anew without a word about its certificate, keeps the one that was pinned', async () => {
    const certificate = selfSignedCertificate();
    const gateway = await practice({ certificate });
    const node = await new TestMac().open();
    await node.start();
    await node.pair({
      by: 'setup-code',
      setupCode: gateway.setupCode({ tlsFingerprint: certificate.fingerprint }),
    });
    await approve(node, gateway);
    await node.pair({ by: 'setup-code', setupCode: gateway.setupCode() });
    expect(node.gateways.all[0]?.pin).toBe(certificate.fingerprint);
  });
});

it(
  'a book from before there were places keeps its rules for the gateway that was served',
  quick,
  async () => {
    const { mac, node, gateway } = await pairedNode({ policy: allow('/usr/bin/uname') });
    await node.stop();
    const path = join(mac.stateDir, 'gateways.json');
    const book = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    delete book['places'];
    writeFileSync(path, JSON.stringify(book));
    await mac.unsealed();
    mkdirSync(join(mac.stateDir, 'gateways'), { mode: 0o700 });
    const again = await mac.open();
    await again.start();
    await state(again, 'connected');
    expect(await gateway.exec('uname')).toMatchObject({ outcome: 'finished' });
  },
);
