import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { LatchkeyNode } from '../../main/node/latchkey-node.ts';
import type { CloseReason } from '../../main/prompt/prompt.ts';
import { allow, answer, type Paired, pairedNode, prompted, state } from './paired-node.ts';

const slow = { timeout: 30_000 };

/** Resolves when the marker that a test's command makes is there: the command runs. */
async function running({ node }: Paired): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (node.snapshot().running === 0) return;
      node.off('changed', look);
      resolve();
    };
    node.on('changed', look);
    look();
  });
}

/** Whether the process runs; one that has ended and is only not yet collected by its parent does not. */
function isAlive(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return state !== '' && !state.startsWith('Z');
}

describe('a prompt that ends without an answer is a no', slow, () => {
  const ends: [name: string, end: (paired: Paired) => unknown, reason: CloseReason][] = [
    ['paused', ({ node }) => node.pause(), 'paused'],
    ['screen locked', ({ node }) => node.closePrompts('locked'), 'locked'],
    ['sleep', ({ node }) => node.suspend(), 'sleep'],
    ['unpaired', ({ node }) => node.unpair(), 'unpaired'],
    ['quit', ({ node }) => node.stop(), 'quit'],
    ['connection lost', ({ gateway }) => gateway.cut(), 'connection-lost'],
  ];

  it.each(ends)('%s', async (_, end, reason) => {
    const paired = await pairedNode();
    const { gateway, mac, node } = paired;
    const closed = new Promise((resolve) => node.once('prompt-closed', (__, outcome) => resolve(outcome)));
    const result = gateway.exec('touch marker', { cwd: mac.work, timeoutMs: 3000 });
    const prompt = await prompted(node);
    await end(paired);
    expect(await closed).toEqual({ kind: 'closed', reason });
    expect(node.answer({ id: prompt.id, digest: prompt.digest, decision: 'allow-once' })).toBe(
      'unknown-prompt',
    );
    expect((await result).outcome).not.toBe('finished');
    expect(existsSync(join(mac.work, 'marker'))).toBe(false);
  });

  it('cancelled by its caller, and nothing is answered', async () => {
    const { gateway, mac, node } = await pairedNode();
    const link = await gateway.connected();
    const id = randomUUID();
    const closed = new Promise((resolve) => node.once('prompt-closed', (__, outcome) => resolve(outcome)));
    link.sendInvoke({
      id,
      command: 'system.run',
      paramsJSON: JSON.stringify({ command: ['/usr/bin/touch', 'marker'], cwd: mac.work }),
      timeoutMs: 60_000,
    });
    await prompted(node);
    link.sendEvent('node.invoke.cancel', { invokeId: id, nodeId: link.device.deviceId });
    expect(await closed).toEqual({ kind: 'closed', reason: 'cancelled' });
    // Whatever was to be sent before this answer has been sent.
    await gateway.exec('python3 -c 1');
    expect(link.answered).not.toContain(id);
  });

  it('over before the gateway stops waiting, so that the agent reads that nothing was executed', async () => {
    const { gateway } = await pairedNode();
    const result = await gateway.exec('id', { timeoutMs: 2000 });
    expect(result).toMatchObject({ outcome: 'denied-before-execution' });
  });
});

describe('a command that runs', slow, () => {
  const policy = allow('/usr/bin/*');
  const sleep = { command: ['/usr/bin/sleep', '30'] };

  it('is ended with all that came of it when its caller gives up, and nothing is answered', async () => {
    const paired = await pairedNode({ policy });
    const { gateway, mac, node } = paired;
    const link = await gateway.connected();
    const id = randomUUID();
    const finished = new Promise((resolve) => node.once('finished', resolve));
    link.sendInvoke({ id, command: 'system.run', paramsJSON: JSON.stringify(sleep), timeoutMs: 60_000 });
    await running(paired);
    link.sendEvent('node.invoke.cancel', { invokeId: id, nodeId: link.device.deviceId });
    await finished;
    await node.stop();
    expect(link.answered).not.toContain(id);
    expect(mac.recorded('end')).toMatchObject([{ endedBy: 'cancelled', success: false }]);
    expect(mac.recorded('undelivered')).toMatchObject([{ reason: 'the caller gave up' }]);
  });

  it('is ended when the connection is lost, and the record says that the gateway never heard', async () => {
    const paired = await pairedNode({ policy, settings: { endRunsOnDisconnect: 'at-once' } });
    const { gateway, mac, node } = paired;
    const finished = new Promise((resolve) => node.once('finished', resolve));
    const result = gateway.invoke('system.run', sleep);
    await running(paired);
    gateway.cut();
    await finished;
    expect(await result).toMatchObject({ ok: false });
    await node.stop();
    expect(mac.recorded('end')).toMatchObject([{ endedBy: 'disconnected' }]);
    expect(mac.recorded('undelivered')).toMatchObject([{ reason: 'the gateway never heard' }]);
  });

  it('is ended at its own time-out, and that is an answer', async () => {
    const { gateway } = await pairedNode({ policy });
    expect(await gateway.invoke('system.run', { ...sleep, timeoutMs: 300 })).toMatchObject({
      ok: true,
      payload: { timedOut: true, success: false },
    });
  });

  it.each([
    ['unpaired', (node: LatchkeyNode) => node.unpair()],
    ['quit', (node: LatchkeyNode) => node.stop()],
  ])('is ended when Latchkey is %s, before that is said to be done', async (reason, end) => {
    const paired = await pairedNode({ policy });
    const result = paired.gateway.invoke('system.run', sleep, { timeoutMs: 10_000 });
    await running(paired);
    await end(paired.node);
    expect(paired.node.snapshot().running).toBe(0);
    expect(paired.mac.recorded('end')).toMatchObject([{ endedBy: reason }]);
    await result;
  });

  it('leaves nothing behind when Latchkey is unpaired, not even what went on without it', async () => {
    const { gateway, mac, node } = await pairedNode({
      policy: { version: 1, defaults: { security: 'full', ask: 'off' } },
    });
    const pidFile = join(mac.work, 'pid');
    const result = await gateway.exec(`sleep 60 >/dev/null 2>&1 & echo $! > pid`, { cwd: mac.work });
    expect(result).toMatchObject({ outcome: 'finished' });
    const pid = Number(readFileSync(pidFile, 'utf8'));
    expect(isAlive(pid)).toBe(true);
    await node.unpair();
    expect(isAlive(pid)).toBe(false);
  });

  it('goes on over a pause', async () => {
    const paired = await pairedNode({ policy });
    const result = paired.gateway.invoke('system.run', { command: ['/usr/bin/sleep', '1'] });
    await running(paired);
    await paired.node.pause();
    expect(await result).toMatchObject({ ok: true, payload: { exitCode: 0 } });
  });
});

describe('without a record', slow, () => {
  it('nothing runs', async () => {
    const { gateway, mac } = await pairedNode({ policy: allow('/usr/bin/*') });
    await rename(join(mac.stateDir, 'audit.jsonl'), join(mac.stateDir, 'elsewhere'));
    const result = await gateway.exec('touch marker', { cwd: mac.work });
    expect(result).toMatchObject({
      outcome: 'denied-before-execution',
      text: expect.stringContaining('the record of this Mac cannot be written') as string,
    });
    expect(existsSync(join(mac.work, 'marker'))).toBe(false);
  });
});

describe('unpairing', slow, () => {
  it('deletes the secret, says what is left to do at the gateway, and connects no more', async () => {
    const { gateway, mac, node } = await pairedNode();
    const { gateway: known } = node.snapshot();
    const { deviceId, removeCommand } = await node.unpair();
    expect(removeCommand).toBe(`openclaw devices remove ${deviceId}`);
    expect(node.snapshot()).toMatchObject({ state: 'unpaired', gateway: null });
    expect(await mac.secrets.read(known?.id ?? '')).toBeNull();
    const attempts = gateway.attempts;
    await node.stop();
    const again = await mac.open();
    await again.start();
    expect(again.snapshot().state).toBe('unpaired');
    expect(gateway.attempts).toBe(attempts);
  });

  it('works while the gateway is away', async () => {
    const { gateway, node } = await pairedNode();
    await gateway.stop();
    await state(node, 'offline');
    await node.unpair();
    expect(node.snapshot().state).toBe('unpaired');
  });

  it('finishes at the next start when the secret could not be deleted', async () => {
    const { mac, node } = await pairedNode();
    const id = node.snapshot().gateway?.id ?? '';
    const remove = mac.secrets.remove.bind(mac.secrets);
    mac.secrets.remove = () => Promise.reject(new Error('The Keychain cannot be used: it is locked.'));
    await node.unpair();
    expect(node.snapshot().detail).toContain('could not be deleted yet');
    await node.stop();
    mac.secrets.remove = remove;
    const again = await mac.open();
    await again.start();
    expect(again.snapshot().state).toBe('unpaired');
    expect(await mac.secrets.read(id)).toBeNull();
  });

  it('can be done twice at once', async () => {
    const { node } = await pairedNode();
    const [first, second] = await Promise.all([node.unpair(), node.unpair()]);
    expect(second).toEqual(first);
  });
});

describe('an answer', slow, () => {
  it('to one prompt never counts for another', async () => {
    const { gateway, node } = await pairedNode();
    const first = gateway.exec('uname');
    const prompt = await prompted(node);
    const second = gateway.exec('id');
    await new Promise((resolve) => node.once('prompt', resolve));
    const other = node.snapshot().prompts[1];
    expect(node.answer({ id: prompt.id, digest: other?.digest ?? '', decision: 'allow-once' })).toBe(
      'wrong-digest',
    );
    answer(node, prompt, 'deny');
    expect(await first).toMatchObject({ outcome: 'denied-before-execution' });
    node.closePrompts('locked');
    expect(await second).toMatchObject({ outcome: 'denied-before-execution' });
  });
});
