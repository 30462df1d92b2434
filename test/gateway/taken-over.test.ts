import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';

import { fact } from './fact.ts';
import type { EventNamed, HeadlessEvent } from './headless.ts';
import { makeMac, pairBySetupCode, type PairedNode, type TestMac } from './paired-node.ts';
import { type RealGateway, startGateway } from './real-gateway.ts';
import { type Relay, type RunOnTheWire, startRelay } from './relay.ts';

let gateway: RealGateway;
let relay: Relay;
let mac: TestMac;
let node: PairedNode;
let before: number;

const prompts = (): readonly HeadlessEvent[] =>
  node.headless
    .events()
    .slice(before)
    .filter(({ event }) => event === 'prompt');
/** A turn takes its time on a machine that has other work. */
const nextPrompt = (): Promise<EventNamed<'prompt'>> => node.headless.next('prompt', () => true, 120_000);
const inHome = (name: string): string => join(mac.home, name);
const ran = (name: string): boolean => existsSync(inHome(name));

beforeAll(async () => {
  gateway = await startGateway(inject('installation'), { execMode: 'ask' });
});
afterAll(() => gateway.stop());

/** A Mac that reaches the gateway through the relay. */
async function pairThroughRelay(...args: string[]): Promise<void> {
  relay = await startRelay(gateway.url);
  mac = makeMac();
  node = await pairBySetupCode(gateway, mac, { url: relay.url, args });
}

async function leave(): Promise<void> {
  await gateway.operator().call('device.pair.remove', { deviceId: node.nodeId });
  await mac.remove();
  await relay.stop();
}

beforeEach(() => {
  before = node.headless.events().length;
});
afterEach(() => relay.change((run) => run));

const requested = z.object({ id: z.string() });

/** The gateway's next approval request, as another of its surfaces hears of it. */
async function nextRequest(): Promise<string> {
  return requested.parse(await gateway.operator().event('exec.approval.requested', () => true, 120_000)).id;
}

const approveElsewhere = (id: string): Promise<unknown> =>
  gateway.operator().call('exec.approval.resolve', { id, decision: 'allow-once' });

/** A turn in the chat whose command an operator approves on another surface of the gateway. */
async function approvedElsewhere(command: string, between: () => void = () => undefined): Promise<string> {
  const asked = nextRequest();
  const turn = gateway.chatTurn({ command, workdir: mac.home });
  const id = await asked;
  between();
  await approveElsewhere(id);
  return turn.result;
}

/** The same run, for another command: what somebody would send who has seen how it looks. */
function forged(run: RunOnTheWire | undefined, command: string): RunOnTheWire {
  return { ...run, systemRunPlan: undefined, command: ['/bin/sh', '-c', command], rawCommand: command };
}

describe('while approvals count on this Mac', () => {
  beforeAll(() => pairThroughRelay());
  afterAll(leave);

  test('a yes here by the operator connection runs what was shown, once: sent again it asks', async () => {
    node.headless.operator({ setupCode: await gateway.setupCode() });
    const waiting = await node.headless.next('operator', ({ requestId }) => requestId !== undefined);
    await gateway.approveDevice(waiting.requestId ?? '');
    await node.headless.next('operator', ({ state }) => state === 'connected');

    const turn = gateway.chatTurn({ command: 'uname -s', workdir: mac.home });
    node.headless.decide(await nextPrompt(), 'allow-once');
    const read = await turn.result;
    fact('approved here', read);
    expect(read).toMatch(/Linux|Darwin/);
    expect(prompts()).toHaveLength(1);

    const [run] = relay.runs.slice(-1);
    fact('as the gateway sent it', run);
    expect(run).toMatchObject({ approved: true, approvalDecision: 'allow-once' });
    const again = relay.send(run ?? {});
    const prompt = await nextPrompt();
    expect(prompt.claim).toBe('operator');
    node.headless.decide(prompt, 'deny');
    const answer = await again;
    fact('the same approval sent twice', answer);
    expect(answer).toMatchObject({ ok: false, error: { code: 'SYSTEM_RUN_DENIED' } });
  });

  test('a yes that the gateway makes up is a word: it asks, and says what is claimed', async () => {
    const answer = relay.send({ ...forged(relay.runs.at(-1), 'touch forged'), runId: 'made-up' });
    const prompt = await nextPrompt();
    fact('forged', prompt);
    expect(prompt.claim).toBe('operator');
    expect(ran('forged')).toBe(false);
    node.headless.decide(prompt, 'deny');
    expect(await answer).toMatchObject({ ok: false, error: { code: 'SYSTEM_RUN_DENIED' } });
    expect(ran('forged')).toBe(false);
  });

  test('a yes given here for one command is none for the one that is put in its place', async () => {
    relay.change((run) => forged(run, 'touch replaced'));
    const turn = gateway.chatTurn({ command: 'echo harmless', workdir: mac.home });
    node.headless.decide(await nextPrompt(), 'allow-once');
    const prompt = await nextPrompt();
    expect(prompt.claim).toBe('operator');
    expect(JSON.stringify(prompt.command)).toContain('touch replaced');
    node.headless.decide(prompt, 'deny');
    expect(await turn.result).toContain('denied before execution');
    expect(ran('replaced')).toBe(false);
  });
});

describe('while the approvals of the gateway count', () => {
  beforeAll(() => pairThroughRelay('--dangerously-trust-gateway-approvals'));
  afterAll(leave);

  test('what an operator approved elsewhere runs without a second question', async () => {
    const read = await approvedElsewhere('touch elsewhere');
    fact('approved elsewhere, trusted', read);
    expect(ran('elsewhere')).toBe(true);
    expect(prompts()).toEqual([]);
  });

  test('one approval is for one run: sent again it is refused', async () => {
    const answer = await relay.send(relay.runs.at(-1) ?? {});
    fact('the same approval sent twice', answer);
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'SYSTEM_RUN_DENIED', message: expect.stringContaining('used before') as string },
    });
    expect(prompts()).toEqual([]);
  });

  test('a plan that was changed after its approval is refused', async () => {
    relay.change((run) => ({
      ...run,
      command: ['/bin/sh', '-c', 'touch edited'],
      rawCommand: 'touch edited',
    }));
    const read = await approvedElsewhere('echo harmless');
    fact('changed after the approval', read);
    expect(read).toContain('denied before execution');
    expect(ran('edited')).toBe(false);
    relay.change((run) => forged(run, 'touch edited'));
    expect(await approvedElsewhere('echo harmless too')).toContain('denied before execution');
    expect(ran('edited')).toBe(false);
    expect(prompts()).toEqual([]);
  });

  test('a policy that was changed in between refuses', async () => {
    const stricter = { version: 1, defaults: { security: 'allowlist', ask: 'always', askFallback: 'deny' } };
    const read = await approvedElsewhere('touch changed', () =>
      writeFileSync(join(mac.stateDir, 'exec-approvals.json'), JSON.stringify(stricter)),
    );
    fact('the policy changed after the approval', read);
    expect(read).toContain('denied before execution');
    expect(read).toMatch(/policy.*request it again/s);
    expect(ran('changed')).toBe(false);
    expect(prompts()).toEqual([]);
  });

  test('what this Mac never runs is not asked about anywhere', async () => {
    const read = await gateway.chatTurn({ command: `python3 -c "open('${inHome('inline')}', 'w')"` }).result;
    fact('never run, trusted', read);
    expect(read).toContain('Nothing was executed');
    expect(ran('inline')).toBe(false);
  });
});
