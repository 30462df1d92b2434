import { readdirSync, readFileSync } from 'node:fs';
import { type } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';

import { fact } from './fact.ts';
import { approveBoth, makeMac, type TestMac } from './paired-node.ts';
import { type RealGateway, startGateway } from './real-gateway.ts';

let gateway: RealGateway;
const macs: TestMac[] = [];

const newMac = (): TestMac => {
  const mac = makeMac(['/usr/bin/uname']);
  macs.push(mac);
  return mac;
};

beforeAll(async () => {
  gateway = await startGateway(inject('installation'));
});

afterEach(async () => {
  await Promise.all(macs.splice(0).map((mac) => mac.remove()));
});

afterAll(() => gateway.stop());

const setupCode = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url');

test('a setup code that the gateway does not know needs attention, and is not tried for ever', async () => {
  const unknown = setupCode({ url: gateway.url, bootstrapToken: 'never-issued' });
  const headless = newMac().start(['--setup-code', unknown]);
  await headless.next('state', ({ state }) => state === 'attention');
  fact('unknown setup code', headless.output());
  expect(headless.output()).not.toContain('never-issued');
});

test('a setup code with a typing error is refused with words, before anything is sent', async () => {
  const headless = newMac().start(['--setup-code', 'not a setup code']);
  const { message } = await headless.next('error');
  fact('mistyped setup code', message);
  expect(message).toMatch(/setup code/i);
  expect(headless.events().some((event) => event.event === 'state' && event.state === 'connecting')).toBe(
    false,
  );
});

test('a wrong token needs attention, and is never repeated in any output', async () => {
  const headless = newMac().start(['--gateway', gateway.url, '--token-stdin'], 'a-wrong-token');
  await headless.next('state', ({ state }) => state === 'attention');
  fact('wrong token', headless.output());
  expect(headless.output()).not.toContain('a-wrong-token');
});

test('gateway address and token pair as well, once an operator has approved', async () => {
  const mac = newMac();
  const headless = mac.start(['--gateway', gateway.url, '--token-stdin'], gateway.sharedToken);
  const nodeId = await approveBoth(gateway, headless);
  expect(await gateway.node(nodeId)).toMatchObject({ connected: true, approvalState: 'approved' });
  const read = await gateway.agentTurn({ command: 'uname -s' }).result;
  fact('paired by token', read);
  expect(read).toContain(type());
  expect(headless.output()).not.toContain(gateway.sharedToken);
  expect(filesHolding(mac.stateDir, gateway.sharedToken)).toEqual([]);
});

test('a device that an operator removes under way needs attention, and does not come back by itself', async () => {
  const headless = newMac().start(['--setup-code', '-'], await gateway.setupCode());
  const nodeId = await approveBoth(gateway, headless);
  await gateway.operator().call('device.pair.remove', { deviceId: nodeId });
  await headless.next('state', ({ state }) => state === 'attention');
  fact('removed by an operator', headless.output());
  expect(await gateway.node(nodeId)).toBeUndefined();
});

function filesHolding(folder: string, secret: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path, 'utf8').includes(secret));
}
