import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { startPracticeGateway } from '../gateway-practice/practice-gateway.ts';
import { allow, pairedNode, pairedWithAnother, state, TestMac } from '../node/paired-node.ts';
import { DurableSecrets } from '../state/durable-secrets.ts';

const slow = { timeout: 30_000 };

interface Written {
  active: string | null;
  gateways: {
    addresses: string[];
    tlsFingerprint: string | null;
    listener: unknown;
    commands: string[];
  }[];
}

/** A Mac that was paired and whose Latchkey was quit. */
async function pairedOnce() {
  const secrets = new DurableSecrets();
  const mac = new TestMac(secrets);
  const { node, gateway } = await pairedNode({ policy: allow('/usr/bin/uname'), mac });
  const { deviceId } = node.gateways.all[0] ?? {};
  await node.stop();
  const path = join(mac.stateDir, 'gateways.json');
  return {
    mac,
    secrets,
    gateway,
    deviceId,
    path,
    /** As an approved command would. */
    rewrite: (change: (record: Written['gateways'][number]) => void) => {
      const book = JSON.parse(readFileSync(path, 'utf8')) as Written;
      for (const record of book.gateways) change(record);
      writeFileSync(path, JSON.stringify(book));
    },
    start: async () => {
      const node = await mac.open();
      node.attachSurface();
      await node.start();
      return node;
    },
    deleteSealKey: () =>
      (secrets.content = new Map([...secrets.content].filter(([account]) => !account.startsWith('seal ')))),
  };
}

describe('gateways.json, written by another program', slow, () => {
  it('does not lead key and token to another address', async () => {
    const { rewrite, start, gateway, mac } = await pairedOnce();
    const other = await startPracticeGateway();
    rewrite((record) => (record.addresses = [other.url]));
    const node = await start();
    await state(node, 'connected');
    expect(node.snapshot().gateway?.address).toBe(`${gateway.url}/`);
    expect(other.requests).toBe(0);
    await other.stop();
    expect(mac.recorded('note').map(({ text }) => text)).toContainEqual(
      expect.stringContaining('gateways.json was changed outside Latchkey'),
    );
  });

  it('takes neither a pin nor a consent, nor adds one, and is put back', async () => {
    const { rewrite, start, path } = await pairedOnce();
    const before = readFileSync(path, 'utf8');
    rewrite((record) => Object.assign(record, { tlsFingerprint: 'a'.repeat(64), listener: 'unknown' }));
    await start();
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('is put back where it is gone or broken', async () => {
    const { start, path } = await pairedOnce();
    const before = readFileSync(path, 'utf8');
    for (const spoil of [() => rmSync(path), () => writeFileSync(path, '{')]) {
      spoil();
      const node = await start();
      await state(node, 'connected');
      await node.stop();
      expect(readFileSync(path, 'utf8')).toBe(before);
    }
  });
});

describe('a Mac that is paired, and whose seal another program broke', slow, () => {
  it.each([
    ['deletes the key and the seal', (folder: string) => rmSync(join(folder, 'sealed.json'))],
    [
      'deletes the key and says that it was kept in memory',
      (folder: string) => {
        const path = join(folder, 'sealed.json');
        const file = JSON.parse(readFileSync(path, 'utf8')) as object;
        writeFileSync(path, JSON.stringify({ ...file, keyIn: 'memory' }));
      },
    ],
  ])('is contained and has no first start: it %s', async (_, spoil) => {
    const { deleteSealKey, start, mac, rewrite, gateway } = await pairedOnce();
    const other = await startPracticeGateway();
    deleteSealKey();
    spoil(mac.stateDir);
    rewrite((record) => Object.assign(record, { addresses: [other.url], dangerouslyTrustApprovals: true }));
    mac.policy({ version: 1, defaults: { security: 'full', ask: 'off' } });
    mac.settings({ dangerouslyAllowPlaintextGateway: true });

    const node = await start();
    expect(node.snapshot()).toMatchObject({ contained: true });
    expect(node.settings.current.dangerouslyAllowPlaintextGateway).toBe(false);
    expect(node.whoseYes.trustsGateway).toBe(false);
    expect((await node.policy.forAgent('main')).effective.security).toBe('deny');
    await node.halt.endContainment();
    // Where the gateway is was not certain any more: the person pairs anew.
    expect(node.gateways.all).toHaveLength(1);
    expect(node.snapshot()).toMatchObject({ state: 'unpaired', gateway: null });
    expect(other.requests).toBe(0);
    await other.stop();
    await node.pair({ by: 'setup-code', setupCode: gateway.setupCode() });
    expect(node.snapshot().gateway?.address).toBe(`${gateway.url}/`);
  });
});

it(
  'after its seal was broken, no gateway gets more than the least, and none is gone to before the person says where',
  slow,
  async () => {
    const secrets = new DurableSecrets();
    const mac = new TestMac(secrets);
    const { node, gateway: first } = await pairedNode({ mac });
    const second = await pairedWithAnother(node);
    const { hash } = await node.policy.read();
    const denying = { version: 1, defaults: { security: 'deny' as const } } as const;
    await node.policy.edit(hash, denying, { by: 'person', gatewayId: null });
    const place = node.policy.path;
    await node.stop();
    const stranger = await startPracticeGateway({ probes: false });
    onTestFinished(() => stranger.stop());
    const path = join(mac.stateDir, 'gateways.json');
    const book = JSON.parse(readFileSync(path, 'utf8')) as Written;
    for (const record of book.gateways)
      Object.assign(record, { addresses: [stranger.url, ...record.addresses], listener: 'unknown' });
    writeFileSync(path, JSON.stringify(book));
    rmSync(place);
    rmSync(join(mac.stateDir, 'sealed.json'));

    const again = await mac.open();
    again.attachSurface();
    await again.start();
    await again.halt.endContainment();
    for (const { id } of again.gateways.all)
      await expect(again.gateways.switchTo(id)).rejects.toThrow('pair with it again, or remove it');
    expect(stranger.requests).toBe(0);
    await again.pair({ by: 'setup-code', setupCode: second.setupCode() });
    await expect.poll(() => second.open).toBe(1);
    expect(again.policy.path).toBe(place);
    expect((await again.policy.forAgent('main')).effective.security).toBe('deny');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      gateways: [{ addresses: [`${second.url}/`], listener: null, doubted: false }, { doubted: true }],
    });
    expect([first.open, stranger.requests]).toEqual([0, 0]);
  },
);

describe('with a Keychain that is locked at the start', slow, () => {
  it('containment that only the seal knows holds once it is open', async () => {
    const { start, mac, secrets, gateway } = await pairedOnce();
    const first = await start();
    await first.halt.contain();
    await first.stop();
    rmSync(join(mac.stateDir, 'marks', 'contained'));
    rmSync(join(mac.stateDir, 'marks', 'paused'));
    secrets.locked = true;
    const node = await start();
    secrets.locked = false;
    await expect(node.resume()).rejects.toThrow('contained');
    await expect(node.pair({ by: 'setup-code', setupCode: gateway.setupCode() })).rejects.toThrow(
      'contained',
    );
    expect(node.snapshot()).toMatchObject({ contained: true });
  });

  it('pairing again goes by the gateways that were sealed', async () => {
    const { start, rewrite, secrets, gateway, deviceId } = await pairedOnce();
    rewrite((record) => (record.addresses = ['wss://elsewhere.example/']));
    secrets.locked = true;
    const node = await start();
    secrets.locked = false;
    await node.pair({ by: 'setup-code', setupCode: gateway.setupCode() });
    expect(node.gateways.all.map((known) => known.deviceId)).toEqual([deviceId]);
  });
});
