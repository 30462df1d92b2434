import { setTimeout as delay } from 'node:timers/promises';

import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import type { LatchkeyNode } from '../../main/node/latchkey-node.ts';
import { type PracticeGateway, startPracticeGateway } from '../gateway-practice/practice-gateway.ts';
import { selfSignedCertificate } from '../gateway-practice/self-signed-certificate.ts';
import { DurableSecrets } from '../state/durable-secrets.ts';
import { allow, pairedNode, state, TestMac } from './paired-node.ts';

const slow = { timeout: 30_000 };

const system = vi.hoisted(() => ({ roots: [] as string[], version: '0.1.0' }));
/** Whom the system trusts is settled when a process starts, and so is which version it is. */
vi.mock('../../main/gateway/trusted-roots.ts', () => ({ trustedRoots: () => system.roots }));
vi.mock('../../main/node/version.ts', () => ({
  get VERSION() {
    return system.version;
  },
}));
afterEach(() => Object.assign(system, { roots: [], version: '0.1.0' }));

async function practice(options: Parameters<typeof startPracticeGateway>[0]): Promise<PracticeGateway> {
  const gateway = await startPracticeGateway({ probes: false, ...options });
  onTestFinished(() => gateway.stop());
  return gateway;
}

async function start(mac: TestMac): Promise<LatchkeyNode> {
  const node = await mac.open();
  node.attachSurface();
  await node.start();
  return node;
}

describe('the certificate of the first trusted connection', slow, () => {
  it.each([
    ['while it runs', false],
    ['after a restart', true],
  ])('is the only one from then on, %s, also where the next one is trusted as well', async (_, restarts) => {
    const [one, other] = [selfSignedCertificate(), selfSignedCertificate()];
    system.roots = [one.cert, other.cert];
    const gateway = await practice({ certificate: one });
    const mac = new TestMac(new DurableSecrets());
    const node = await start(mac);
    await node.pair({ by: 'setup-code', setupCode: gateway.setupCode(), pinWhenTrusted: true });
    await state(node, 'awaiting-approval');
    gateway.approveDevice();
    node.retry();
    await state(node, 'connected');
    await expect.poll(() => node.gateways.all[0]?.pin).toBe(one.fingerprint);
    expect(mac.recorded('pairing')).toContainEqual(
      expect.objectContaining({ step: 'pinned', text: one.fingerprint }),
    );

    if (restarts) await node.stop();
    const port = Number(new URL(gateway.url).port);
    await gateway.stop();
    const changed = await practice({ port, book: gateway.book, certificate: other });
    const now = restarts ? await start(mac) : node;
    now.retry();
    await state(now, 'attention');
    expect(changed.requests).toBe(0);
    expect(now.gateways.choice).toEqual({
      kind: 'certificate',
      pinned: one.fingerprint,
      shown: other.fingerprint,
    });
  });

  it('is not pinned where the person did not choose so', async () => {
    const [one, other] = [selfSignedCertificate(), selfSignedCertificate()];
    system.roots = [one.cert, other.cert];
    const gateway = await practice({ certificate: one });
    const node = await start(new TestMac());
    await node.pair({ by: 'setup-code', setupCode: gateway.setupCode() });
    await state(node, 'awaiting-approval');
    expect(node.gateways.all[0]?.pin).toBeNull();
  });
});

describe('this Mac is the same one to its gateway', slow, () => {
  it('after an update and under another name, and waits for nobody', async () => {
    const mac = new TestMac(new DurableSecrets());
    const { node, gateway } = await pairedNode({ mac, policy: allow('/usr/bin/uname') });
    const [device] = gateway.book.devices;
    await node.settings.change({ displayName: 'Another name' });
    await node.stop();
    system.version = '9.9.9';
    const again = await start(mac);
    await state(again, 'connected');
    expect(gateway.book.devices).toHaveLength(1);
    expect(again.snapshot().gateway?.deviceId).toBe(device?.deviceId);
    expect(await gateway.exec('uname')).toMatchObject({ outcome: 'finished' });
  });

  it('and when its token is not accepted any more, that is said, it is dropped, and only the person pairs again', async () => {
    const secrets = new DurableSecrets();
    const { node, gateway } = await pairedNode({ mac: new TestMac(secrets) });
    const { id = '', deviceId } = node.snapshot().gateway ?? {};
    gateway.removeDevice();
    await state(node, 'attention');
    expect(node.snapshot().detail).toMatch(
      /does not accept this Mac any more.*The token was deleted here.*pair again/,
    );
    expect(secrets.content.get(id)).toContain('"deviceToken":null');
    const { attempts } = gateway;
    await delay(1500);
    expect(gateway.attempts).toBe(attempts);
    await node.pair({ by: 'setup-code', setupCode: gateway.setupCode() });
    await state(node, 'awaiting-approval');
    gateway.approveDevice();
    node.retry();
    await state(node, 'connected');
    expect(node.snapshot().gateway?.deviceId).toBe(deviceId);
  });
});
