import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir, type } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import type { LatchkeyNode } from '../../main/node/latchkey-node.ts';
import { openNode } from '../../main/node/open-node.ts';
import type { NodeSnapshot } from '../../main/node/snapshot.ts';
import type { Choice, Prompt } from '../../main/prompt/prompt.ts';
import { MemorySecrets } from '../../main/secrets/memory-secrets.ts';
import { fact } from './fact.ts';
import { type RealGateway, startGateway } from './real-gateway.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-two-')));
const secrets = new MemorySecrets();
let first: RealGateway;
let second: RealGateway;
let node: LatchkeyNode;

beforeAll(async () => {
  first = await startGateway(inject('installation'));
  second = await startGateway(inject('installation'));
  mkdirSync(join(folder, 'state'), { mode: 0o700 });
  const path = process.env['PATH'] ?? '';
  node = await openNode({ stateDir: join(folder, 'state'), program: 'a test', secrets, path, bundle: [] });
  node.attachSurface();
  await node.start();
}, 500_000);
afterAll(async () => {
  await node.stop();
  await first.stop();
  await second.stop();
  rmSync(folder, { recursive: true, force: true });
});

const is = (fits: (snapshot: NodeSnapshot) => boolean) =>
  expect.poll(() => fits(node.snapshot()), { timeout: 90_000 }).toBe(true);

/** Pairs as the person does, an operator of that gateway approving the device and then its commands. */
async function pairWith(gateway: RealGateway): Promise<string> {
  await node.pair({ by: 'setup-code', setupCode: await gateway.setupCode() });
  await is(({ requestId }) => requestId !== null);
  const nodeId = await gateway.approveDevice(node.snapshot().requestId ?? '');
  node.retry();
  await is(({ commandsApproved }) => commandsApproved === false);
  await gateway.approveCommands(nodeId);
  await is(({ commandsApproved }) => commandsApproved === true);
  return nodeId;
}

async function decide(decision: Choice): Promise<void> {
  const waiting = (): Prompt | undefined => node.snapshot().prompts[0];
  await expect.poll(waiting, { timeout: 90_000 }).toBeDefined();
  const { id = '', digest = '' } = waiting() ?? {};
  expect(node.answer({ id, digest, decision })).toBe('accepted');
}

const known = ({ url }: RealGateway) => node.gateways.all.find(({ address }) => address === `${url}/`);

test('what one gateway may do, the other one may not, and turning back pairs nothing anew', async () => {
  const atFirst = await pairWith(first);
  const allowed = first.agentTurn({ command: 'uname -s', workdir: folder });
  await decide('allow-always');
  expect(await allowed.result).toContain(type());
  expect(await first.agentTurn({ command: 'uname -s', workdir: folder }).result).toContain(type());
  await node.whoseYes.dangerouslyTrustGateway(true);

  const atSecond = await pairWith(second);
  fact('this Mac to each of them', [atFirst, atSecond]);
  expect(atSecond).not.toBe(atFirst);
  expect((await first.node(atFirst))?.connected).toBe(false);
  expect(node.snapshot().authority.trustsGatewayApprovals).toBe(false);
  const asked = second.agentTurn({ command: 'uname -s', workdir: folder });
  await decide('deny');
  const read = await asked.result;
  fact('the rule of the first one, at the second one', read);
  expect(read).toContain('denied before execution');

  await node.gateways.switchTo(known(first)?.id ?? '');
  await is(({ state }) => state === 'connected');
  expect((await second.node(atSecond))?.connected).toBe(false);
  expect(node.snapshot().authority.trustsGatewayApprovals).toBe(true);
  await node.whoseYes.dangerouslyTrustGateway(false);
  expect(await first.agentTurn({ command: 'uname -s', workdir: folder }).result).toContain(type());
  expect((await first.node(atFirst))?.connected).toBe(true);
}, 500_000);

test('the one that is not served is removed: nothing of it is left here, and the shown command ends it there', async () => {
  const { id = '', deviceId = '' } = known(second) ?? {};
  // This process is its operator as well, and the proof would find that connection.
  await second.operator().close();
  const { removeCommand, proof } = await node.gateways.remove(id);
  fact('proof', proof);
  expect(proof.filter(({ state }) => state !== 'gone')).toEqual([]);
  expect(await secrets.read(id)).toBeNull();
  expect(node.snapshot().state).toBe('connected');
  const [program, ...args] = removeCommand.split(' ');
  expect(program).toBe('openclaw');
  expect(await second.openclaw(...args)).toMatchObject({ exitCode: 0 });
  const { stdout } = await second.openclaw('nodes', 'status', '--json');
  expect(stdout).not.toContain(deviceId);
  expect(await first.agentTurn({ command: 'uname -s', workdir: folder }).result).toContain(type());
}, 500_000);
