import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { openNode } from '../../main/node/open-node.ts';
import type { PolicyFile } from '../../main/policy/policy-file.ts';
import { RUN_MARKER } from '../../main/run/run-marker.ts';
import { startPracticeGateway } from '../gateway-practice/practice-gateway.ts';
import { allow, PATH, TestMac } from '../node/paired-node.ts';
import { until, withMarker } from '../run/processes.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';
import { programOnCompiledCore } from '../support/compiled-core.ts';
import { FileSecrets } from './file-secrets.ts';

const isLinux = process.platform === 'linux';
let program = '';
beforeAll(async () => {
  program = await programOnCompiledCore(join(import.meta.dirname, 'node-that-dies.ts'));
});

interface Dying {
  readonly child: ChildProcessWithoutNullStreams;
  readonly said: (line: string) => Promise<void>;
}

async function start(mac: TestMac, secretsPath: string, dieAt: string, code: string): Promise<Dying> {
  const script = join(await temporaryFolder(), 'node.mjs');
  writeFileSync(script, program);
  const child = spawn(process.execPath, [script, mac.stateDir, secretsPath, dieAt, code], {
    env: { PATH, HOME: mac.work },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stderr.pipe(process.stderr);
  let heard = '';
  child.stdout.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  return {
    child,
    said: (line) => until(() => heard.split('\n').includes(line)),
  };
}

/** A pairing with a command that runs and something that it detached. */
async function busy(dieAt: string) {
  const paired = await pairedAndDying(dieAt, { version: 1, defaults: { security: 'full', ask: 'off' } });
  const { mac, gateway } = paired;
  const command = 'setsid -f sh -c "setsid -f sleep 61 >/dev/null 2>&1"; echo up > up; sleep 60';
  void gateway.exec(command, { cwd: mac.work }).catch(() => undefined);
  await until(() => existsSync(join(mac.work, 'up')));
  return { ...paired, running: () => runsOf(mac) };
}

async function pairedAndDying(dieAt: string, policy: PolicyFile) {
  const mac = new TestMac();
  mac.policy(policy);
  const secretsPath = join(mac.folder, 'secrets.json');
  const gateway = await startPracticeGateway({ probes: false });
  onTestFinished(() => gateway.stop());
  const { child, said } = await start(mac, secretsPath, dieAt, gateway.setupCode());
  await said('awaiting-approval');
  gateway.approveDevice();
  await said('connected');
  gateway.approveCommands();
  return { mac, gateway, child, said, secretsPath };
}

/** Numbers of the living processes of this Mac's runs: told from others by their home. */
const runsOf = (mac: TestMac): number[] => {
  const ofThisMac = new Set(withMarker(`HOME=${mac.work}\0`));
  return withMarker(`${RUN_MARKER}=`).filter((pid) => ofThisMac.has(pid));
};

describe.runIf(isLinux)('killed halfway through unpairing', { timeout: 60_000 }, () => {
  it.each([
    ['after the mark'],
    ['recorded begun'],
    ['recorded runs-ended'],
    ['recorded disconnected'],
    ['recorded dropped'],
    ['before the secret is deleted'],
    ['after the secret is deleted'],
    ['recorded secret-deleted'],
    ['recorded forgotten'],
  ])('%s: the next start leaves nothing of it', async (dieAt) => {
    const { mac, gateway, child, secretsPath, running } = await busy(dieAt);
    const deviceId = gateway.book.devices[0]?.deviceId;
    child.stdin.write('unpair\n');
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');

    const { attempts } = gateway;
    const secrets = new FileSecrets(secretsPath);
    const again = await openNode({
      stateDir: mac.stateDir,
      program: 'again',
      secrets,
      path: PATH,
      bundle: [],
    });
    onTestFinished(() => again.stop());
    await again.start();
    expect(again.snapshot()).toMatchObject({ state: 'unpaired', gateway: null });
    expect(secrets.pairings).toEqual([]);
    expect(running()).toEqual([]);
    const [farewell] = again.unpairing.farewells;
    expect(farewell).toMatchObject({ deviceId, secretDeleted: true });
    if (farewell === undefined) throw new Error('nothing is remembered of it');
    expect((await again.unpairing.prove(farewell)).filter(({ state }) => state !== 'gone')).toEqual([]);
    // Asked for once more, there is nothing left to do but at the gateway.
    expect(await again.unpair()).toMatchObject({
      removeCommand: `openclaw devices remove ${deviceId ?? ''}`,
    });
    expect(gateway.attempts).toBe(attempts);
  });

  it('before the mark: it is paired as before, and what it ran is ended by the next unpairing', async () => {
    const { mac, child, secretsPath, running } = await busy('before the mark');
    child.stdin.write('unpair\n');
    await once(child, 'exit');
    const secrets = new FileSecrets(secretsPath);
    const again = await openNode({
      stateDir: mac.stateDir,
      program: 'again',
      secrets,
      path: PATH,
      bundle: [],
    });
    onTestFinished(() => again.stop());
    await again.start();
    expect(again.snapshot().gateway).not.toBeNull();
    const { proof } = await again.unpair();
    expect(proof.filter(({ state }) => state !== 'gone')).toEqual([]);
    expect(running()).toEqual([]);
    expect(secrets.pairings).toEqual([]);
  });

  it('with the store locked over the crash: disconnected at once, deleted once it is unlocked', async () => {
    const { mac, gateway, child, secretsPath, running } = await busy('recorded forgotten');
    writeFileSync(`${secretsPath}.locked`, '');
    child.stdin.write('unpair\n');
    await once(child, 'exit');
    const secrets = new FileSecrets(secretsPath);
    const { attempts } = gateway;
    const open = () =>
      openNode({ stateDir: mac.stateDir, program: 'again', secrets, path: PATH, bundle: [] });
    const locked = await open();
    await locked.start();
    expect(locked.snapshot()).toMatchObject({ state: 'unpaired' });
    expect(locked.snapshot().detail).toContain('could not be deleted yet');
    const told = await locked.unpair();
    expect(told.proof).toContainEqual({
      what: 'secret',
      state: 'unknown',
      detail: 'The test store is locked.',
    });
    await locked.stop();
    expect(running()).toEqual([]);
    rmSync(`${secretsPath}.locked`);
    expect(JSON.parse(readFileSync(secretsPath, 'utf8'))).not.toEqual({});
    const unlocked = await open();
    onTestFinished(() => unlocked.stop());
    await unlocked.start();
    expect(secrets.pairings).toEqual([]);
    expect(gateway.attempts).toBe(attempts);
  });
});

const openAgain = async (mac: TestMac, secretsPath: string) => {
  const secrets = new FileSecrets(secretsPath);
  const node = await openNode({
    ...{ stateDir: mac.stateDir, program: 'again', secrets, path: PATH, bundle: [] },
  });
  onTestFinished(() => node.stop());
  node.attachSurface();
  await node.start();
  return { node, secrets };
};

describe('killed while a question waits', { timeout: 60_000 }, () => {
  it.each(['after the mark', 'recorded begun', 'recorded disconnected', 'recorded forgotten'])(
    '%s: what was asked never runs, and the next start leaves nothing of the pairing',
    async (dieAt) => {
      const { mac, gateway, child, said, secretsPath } = await pairedAndDying(dieAt, allow());
      const answer = gateway.exec('touch ran', { cwd: mac.work }).catch(() => ({ outcome: 'no answer' }));
      await said('prompt');
      child.stdin.write('unpair\n');
      await once(child, 'exit');
      expect((await answer).outcome).not.toBe('finished');
      const { attempts } = gateway;
      const { node, secrets } = await openAgain(mac, secretsPath);
      expect(node.snapshot()).toMatchObject({ state: 'unpaired', gateway: null, prompts: [] });
      expect(secrets.pairings).toEqual([]);
      expect(existsSync(join(mac.work, 'ran'))).toBe(false);
      expect(gateway.attempts).toBe(attempts);
    },
  );
});

describe('killed as soon as the stop is written down', { timeout: 60_000 }, () => {
  it('a pause is one after the next start as well', async () => {
    const { mac, gateway, child, secretsPath } = await pairedAndDying('after the mark', allow('/usr/bin/*'));
    child.stdin.write('pause\n');
    await once(child, 'exit');
    const { node } = await openAgain(mac, secretsPath);
    expect(node.snapshot().state).toBe('paused');
    expect(await gateway.exec('uname')).toMatchObject({
      outcome: 'denied-before-execution',
      text: expect.stringContaining('paused by the user') as string,
    });
  });

  it('a containment is one after the next start as well, and nothing connects', async () => {
    const { mac, gateway, child, secretsPath } = await pairedAndDying('recorded contained', allow());
    child.stdin.write('contain\n');
    await once(child, 'exit');
    const { attempts } = gateway;
    const { node } = await openAgain(mac, secretsPath);
    node.retry();
    expect(node.snapshot()).toMatchObject({ state: 'paused', contained: true });
    expect(gateway.attempts).toBe(attempts);
  });
});
