import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { LatchkeyNode } from '../../main/node/latchkey-node.ts';
import { RUN_MARKER } from '../../main/run/run-marker.ts';
import { ownSockets } from '../../main/unpair/own-sockets.ts';
import { allow, type Paired, pairedNode, prompted, state, type TestMac } from '../node/paired-node.ts';
import { until, withMarker } from '../run/processes.ts';

const slow = { timeout: 30_000 };
const isLinux = process.platform === 'linux';
const policy = allow('/usr/bin/*');
const FULL = { version: 1, defaults: { security: 'full', ask: 'off' } } as const;

async function running({ gateway, node }: Paired, command: readonly string[] = ['/usr/bin/sleep', '30']) {
  const result = gateway.invoke('system.run', { command }, { timeoutMs: 20_000 });
  await until(() => node.snapshot().running > 0);
  return { result };
}

async function restarted(mac: TestMac, node: LatchkeyNode): Promise<LatchkeyNode> {
  await node.stop();
  const again = await mac.open();
  again.attachSurface();
  await again.start();
  return again;
}

describe('a pause', slow, () => {
  it('refuses what comes at once, as paused by the user, and survives a restart', async () => {
    const { mac, gateway, node } = await pairedNode({ policy });
    await node.pause();
    const again = await restarted(mac, node);
    expect(again.snapshot().state).toBe('paused');
    expect(await gateway.exec('uname')).toMatchObject({
      outcome: 'denied-before-execution',
      text: expect.stringContaining('paused by the user') as string,
    });
    await again.resume();
    expect(await gateway.exec('uname')).toMatchObject({ outcome: 'finished' });
  });

  it.each([
    ['keep', 'keep', undefined, null],
    ['end', 'end', undefined, 'paused'],
    ['keep, but this once', 'keep', 'end', 'paused'],
    ['end, but not this once', 'end', 'keep', null],
  ] as const)('with the choice to %s what runs', async (_, runsOnPause, once, endedBy) => {
    const paired = await pairedNode({ policy, settings: { runsOnPause } });
    const { result } = await running(paired, ['/usr/bin/sleep', '2']);
    await paired.node.halt.pause(once);
    expect(await result).toMatchObject({ ok: true, payload: { success: endedBy === null } });
    await until(() => paired.mac.recorded('end').length === 1);
    expect(paired.mac.recorded('end')).toMatchObject([{ endedBy }]);
  });

  it('counts at once even when it cannot be kept, and says that it would not survive', async () => {
    const { mac, gateway, node } = await pairedNode({ policy });
    const marks = join(mac.stateDir, 'marks');
    rmSync(marks, { recursive: true });
    writeFileSync(marks, '');
    await expect(node.pause()).rejects.toThrow('cannot be written');
    expect(await gateway.exec('uname')).toMatchObject({ outcome: 'denied-before-execution' });
    rmSync(marks);
    mkdirSync(marks, { mode: 0o700 });
  });
});

describe('while the screen is locked', slow, () => {
  it('what comes is refused, if the person chose so, and runs again after unlocking', async () => {
    const { gateway, node } = await pairedNode({ policy, settings: { pauseWhileLocked: true } });
    await node.halt.screenLocked();
    expect(node.snapshot().state).toBe('paused');
    expect(await gateway.exec('uname')).toMatchObject({
      outcome: 'denied-before-execution',
      text: expect.stringContaining('paused by the user while the screen is locked') as string,
    });
    await node.halt.screenUnlocked();
    expect(await gateway.exec('uname')).toMatchObject({ outcome: 'finished' });
  });

  it('without that choice only what waits is denied', async () => {
    const { gateway, node } = await pairedNode({ policy: allow('/usr/bin/uname') });
    const waiting = gateway.exec('id');
    await prompted(node);
    await node.halt.screenLocked();
    expect(await waiting).toMatchObject({ outcome: 'denied-before-execution' });
    expect(await gateway.exec('uname')).toMatchObject({ outcome: 'finished' });
  });

  it('unlocking never resumes what the person paused', async () => {
    const { node } = await pairedNode({ policy, settings: { pauseWhileLocked: true } });
    await node.pause();
    await node.halt.screenLocked();
    await node.halt.screenUnlocked();
    expect(node.snapshot().state).toBe('paused');
  });
});

describe('containing', slow, () => {
  it('ends what runs, denies what waits, disconnects, and stays so over a restart', async () => {
    const paired = await pairedNode({ policy: allow('/usr/bin/sleep') });
    const { mac, gateway, node } = paired;
    const { result } = await running(paired);
    const waiting = gateway.exec('id');
    await prompted(node);
    await node.halt.contain();
    expect(node.snapshot()).toMatchObject({ state: 'paused', contained: true, running: 0, prompts: [] });
    expect(await waiting).toMatchObject({ outcome: 'denied-before-execution' });
    await result;
    expect(mac.recorded('end')).toMatchObject([{ endedBy: 'contained' }]);

    const { attempts } = gateway;
    const again = await restarted(mac, node);
    again.wake();
    again.retry();
    expect(again.snapshot()).toMatchObject({ state: 'paused', contained: true });
    expect(again.snapshot().detail).toContain('contained');
    await expect(again.resume()).rejects.toThrow('contained');
    await expect(again.pair({ by: 'setup-code', setupCode: gateway.setupCode() })).rejects.toThrow(
      'contained',
    );
    expect(gateway.attempts).toBe(attempts);

    await again.halt.endContainment();
    await until(() => gateway.attempts > attempts);
    expect(again.snapshot()).toMatchObject({ state: 'paused', contained: false });
    expect(await gateway.exec('sleep 0')).toMatchObject({ outcome: 'denied-before-execution' });
    await again.resume();
    await state(again, 'connected');
  });

  it('disconnects even when it cannot be kept', async () => {
    const { mac, gateway, node } = await pairedNode({ policy });
    const port = Number(new URL(gateway.url).port);
    expect((await ownSockets()).map(({ remotePort }) => remotePort)).toContain(port);
    const marks = join(mac.stateDir, 'marks');
    rmSync(marks, { recursive: true });
    writeFileSync(marks, '');
    await expect(node.halt.contain()).rejects.toThrow('cannot be written');
    expect((await ownSockets()).map(({ remotePort }) => remotePort)).not.toContain(port);
    expect(node.snapshot().state).toBe('paused');
    rmSync(marks);
    mkdirSync(marks, { mode: 0o700 });
  });

  it('wins over a connection that is just being taken up', async () => {
    const { mac, gateway, node } = await pairedNode({ policy });
    await node.stop();
    const { attempts } = gateway;
    const again = await mac.open();
    const read = mac.secrets.read.bind(mac.secrets);
    mac.secrets.read = async (account) => {
      await again.halt.contain();
      return read(account);
    };
    await again.start();
    expect(again.snapshot()).toMatchObject({ contained: true });
    expect(gateway.attempts).toBe(attempts);
  });
});

describe.runIf(isLinux)('what detached itself from a run', slow, () => {
  const ends: [string, (node: LatchkeyNode) => Promise<unknown>][] = [
    ['unpairing', (node) => node.unpair()],
    ['containing', (node) => node.halt.contain()],
    ['a pause that ends what runs', (node) => node.halt.pause('end')],
    ['quitting', (node) => node.stop()],
  ];

  it.each(ends)('is ended by %s', async (_, end) => {
    const { mac, gateway, node } = await pairedNode({ policy: FULL });
    const detach = 'setsid -f sh -c "setsid -f sleep 62 >/dev/null 2>&1"; echo up > up';
    await gateway.exec(detach, { cwd: mac.work });
    await until(() => existsSync(join(mac.work, 'up')) && runsOf(mac).length === 1);
    await end(node);
    expect(runsOf(mac)).toEqual([]);
  });

  it('is ended with its own run, when that is ended', async () => {
    const { mac, gateway } = await pairedNode({ policy: FULL });
    const detach = 'setsid -f sh -c "setsid -f sleep 62 >/dev/null 2>&1"; echo up > up; sleep 60';
    const run = { command: ['/bin/sh', '-c', detach], cwd: mac.work, timeoutMs: 1500 };
    expect(await gateway.invoke('system.run', run)).toMatchObject({ ok: true, payload: { timedOut: true } });
    expect(existsSync(join(mac.work, 'up'))).toBe(true);
    expect(runsOf(mac)).toEqual([]);
  });
});

/** Numbers of the living processes of this test's runs: told from others by their folder. */
function runsOf(mac: TestMac): number[] {
  const inItsFolder = new Set(withMarker(`PWD=${mac.work}`));
  return withMarker(`${RUN_MARKER}=`).filter((pid) => inItsFolder.has(pid));
}

describe('a gateway that does not take this Mac any more', slow, () => {
  it.each([
    ['removed it', (paired: Paired) => paired.gateway.removeDevice()],
    ['revoked its token', (paired: Paired) => paired.gateway.revokeToken()],
  ])('%s: runs end at once, the reason is said, and nothing reconnects', async (_, remove) => {
    const paired = await pairedNode({ policy });
    const { mac, gateway, node } = paired;
    const { result } = await running(paired);
    void result.catch(() => undefined);
    remove(paired);
    await state(node, 'attention');
    await until(() => node.snapshot().running === 0);
    await until(() => mac.recorded('end').length === 1);
    expect(mac.recorded('end')).toMatchObject([{ endedBy: 'refused' }]);
    expect(node.snapshot().detail).toContain('does not accept this Mac any more');
    expect(mac.recorded('connection')).toMatchObject([{ state: 'device-token-rejected' }]);
    const { attempts } = gateway;
    node.suspend();
    node.wake();
    const again = await restarted(mac, node);
    expect(again.snapshot().state).toBe('attention');
    expect(gateway.attempts).toBe(attempts);
  });
});
