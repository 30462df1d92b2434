import { existsSync } from 'node:fs';
import { type } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';

import { fact } from './fact.ts';
import type { HeadlessEvent } from './headless.ts';
import { makeMac, pairBySetupCode, type PairedNode, type TestMac } from './paired-node.ts';
import { type RealGateway, startGateway } from './real-gateway.ts';

let gateway: RealGateway;
let mac: TestMac;
let node: PairedNode;
let before: number;

const since = (): readonly HeadlessEvent[] => node.headless.events().slice(before);
const prompts = (): readonly HeadlessEvent[] => since().filter(({ event }) => event === 'prompt');
const inHome = (name: string): string => join(mac.home, name);

beforeAll(async () => {
  gateway = await startGateway(inject('installation'), { execMode: 'ask' });
  mac = makeMac();
  node = await pairBySetupCode(gateway, mac);
});

beforeEach(() => {
  before = node.headless.events().length;
});

afterAll(async () => {
  await mac.remove();
  await gateway.stop();
});

const requested = z.object({ id: z.string(), request: z.object({ command: z.string() }) });

/** The gateway's next approval request, as another of its surfaces hears of it. */
async function nextRequest(): Promise<z.infer<typeof requested>> {
  const payload = await gateway.operator().event('exec.approval.requested', () => true, 120_000);
  fact('exec.approval.requested', payload);
  return requested.parse(payload);
}

const approveElsewhere = (id: string): Promise<unknown> =>
  gateway.operator().call('exec.approval.resolve', { id, decision: 'allow-once' });

describe('without the operator connection', () => {
  test('a yes given elsewhere does not count here: the run asks, and says what was claimed', async () => {
    const asked = nextRequest();
    const turn = gateway.chatTurn({ command: `touch ${inHome('elsewhere')}` });
    await approveElsewhere((await asked).id);
    const prompt = await node.headless.next('prompt');
    expect(prompt.claim).toBe('operator');
    expect(existsSync(inHome('elsewhere'))).toBe(false);
    node.headless.decide(prompt, 'deny');
    const read = await turn.result;
    fact('approved elsewhere, denied here', read);
    expect(read).toContain('denied before execution');
    expect(existsSync(inHome('elsewhere'))).toBe(false);
  });
});

describe('the operator connection', () => {
  test('is a second role of the same device, approved on its own, with two scopes', async () => {
    node.headless.operator({ setupCode: await gateway.setupCode() });
    const waiting = await node.headless.next('operator', ({ requestId }) => requestId !== undefined);
    fact('operator connection waits', waiting);
    expect(await gateway.approveDevice(waiting.requestId ?? '')).toBe(node.nodeId);
    await node.headless.next('operator', ({ state }) => state === 'connected');
    const devices = await gateway.operator().call('device.pair.list');
    fact('devices', devices);
    const device = paired.parse(devices).paired.find(({ deviceId }) => deviceId === node.nodeId);
    expect(device?.roles?.toSorted()).toEqual(['node', 'operator']);
    expect(device?.scopes?.toSorted()).toEqual(['operator.approvals', 'operator.read']);
    expect(node.headless.state()).toMatchObject({ state: 'connected', commandsApproved: true });
  });

  test('shows what the gateway wants approved; a yes here runs it, and nobody is asked again', async () => {
    const turn = gateway.chatTurn({ command: 'uname -s', workdir: mac.home });
    const prompt = await node.headless.next('prompt');
    fact('prompt by the operator connection', prompt);
    expect(prompt).toMatchObject({ cwd: mac.home, sessionKey: turn.sessionKey });
    node.headless.decide(prompt, 'allow-once');
    const read = await turn.result;
    fact('approved here', read);
    expect(read).toContain(type());
    expect(prompts()).toHaveLength(1);
  });
});

const paired = z.object({
  paired: z.array(
    z.object({
      deviceId: z.string(),
      roles: z.array(z.string()).optional(),
      scopes: z.array(z.string()).optional(),
    }),
  ),
});
