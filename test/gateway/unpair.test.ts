import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest';

import { withMarker } from '../run/processes.ts';
import { fact } from './fact.ts';
import { makeMac, pairBySetupCode, type PairedNode, type TestMac } from './paired-node.ts';
import { type RealGateway, startGateway } from './real-gateway.ts';

let gateway: RealGateway;
let mac: TestMac;
let node: PairedNode;

beforeAll(async () => {
  gateway = await startGateway(inject('installation'));
});
afterAll(() => gateway.stop());

beforeEach(async () => {
  mac = makeMac();
  const policy = { version: 1, defaults: { security: 'full', ask: 'off' } };
  writeFileSync(join(mac.stateDir, 'exec-approvals.json'), JSON.stringify(policy), { mode: 0o600 });
  onTestFinished(() => mac.remove());
  node = await pairBySetupCode(gateway, mac);
});

/** Numbers of the living processes of this Mac's runs. */
const runsOf = (): number[] => {
  const ofThisMac = new Set(withMarker(`HOME=${mac.home}\0`));
  return withMarker('LATCHKEY_RUN=').filter((pid) => ofThisMac.has(pid));
};

/** A command under way, with something that it detached. */
async function busy(): Promise<void> {
  const command = 'setsid -f sh -c "setsid -f sleep 301 >/dev/null 2>&1"; echo up > up; sleep 300';
  void gateway.agentTurn({ command, workdir: mac.home }).result.catch(() => undefined);
  await expect.poll(() => existsSync(join(mac.home, 'up')), { timeout: 90_000 }).toBe(true);
  expect(runsOf().length).toBeGreaterThan(1);
}

test('unpaired here, then removed there by the command that is shown: the gateway lists no such node', async () => {
  await busy();
  node.headless.unpair();
  const { unpaired } = await node.headless.next(
    'state',
    ({ state, unpaired: told }) => state === 'unpaired' && told !== undefined,
  );
  fact('proof', unpaired?.proof);
  expect(unpaired?.proof.filter(({ state }) => state !== 'gone')).toEqual([]);
  expect(runsOf()).toEqual([]);

  // Until then the gateway keeps its record, as is said.
  const before = await gateway.openclaw('nodes', 'status', '--json');
  expect(before.stdout).toContain(node.nodeId);
  const [program, ...args] = unpaired?.removeCommand.split(' ') ?? [];
  expect(program).toBe('openclaw');
  expect(await gateway.openclaw(...args)).toMatchObject({ exitCode: 0 });
  const after = await gateway.openclaw('nodes', 'status', '--json');
  fact('nodes status after the shown command', after.stdout);
  expect(after.exitCode).toBe(0);
  expect(after.stdout).not.toContain(node.nodeId);
  const devices = await gateway.openclaw('devices', 'list', '--json');
  expect(devices.stdout).not.toContain(node.nodeId);
});

describe('under a live connection', () => {
  test.each([
    ['nodes remove', () => ['nodes', 'remove', '--node', node.nodeId]],
    ['devices revoke', () => ['devices', 'revoke', '--device', node.nodeId, '--role', 'node']],
    ['devices remove', () => ['devices', 'remove', node.nodeId]],
    ['devices rotate', () => ['devices', 'rotate', '--device', node.nodeId, '--role', 'node']],
  ])(
    '`openclaw %s` ends the connection and what runs, says why, and nothing reconnects',
    async (name, command) => {
      await busy();
      const result = await gateway.openclaw(...command());
      fact(name, `${result.stdout}${result.stderr}`.replaceAll(/"token":\s*"[^"]+"/g, '"token": …'));
      expect(result.exitCode).toBe(0);
      const { detail } = await node.headless.next('state', ({ state }) => state === 'attention', 60_000);
      fact(`${name}: what is said here`, detail);
      expect(detail).toContain('does not accept this Mac any more');
      await expect.poll(runsOf, { timeout: 20_000 }).toEqual([]);
      expect((await gateway.node(node.nodeId))?.connected ?? false).toBe(false);
      expect(node.headless.state()).toMatchObject({ state: 'attention' });
    },
  );
});
