import { expect, test } from 'vitest';

import type { InvokeAnswer } from '../../main/gateway/invoke.ts';
import { offerFromAddress } from '../../main/pairing/pairing-offer.ts';
import { nodeWith, practiceGateway, RULES } from '../gateway-client/node-under-test.ts';

const plan = {
  argv: ['/bin/sh', '-c', 'uname -a'],
  cwd: ' /x ',
  commandText: '/bin/sh -c "uname -a"',
  commandPreview: 'uname -a',
  unknown: 'dropped',
};
const prepared: InvokeAnswer = { ok: true, payload: { plan } };
const finished: InvokeAnswer = {
  ok: true,
  payload: { exitCode: 0, timedOut: false, success: true, stdout: 'Darwin\n', stderr: '', error: null },
};

/** A node that gives these answers, whatever it is asked. */
async function nodeAnswering(answers: Readonly<Record<string, InvokeAnswer>>) {
  const gateway = await practiceGateway({ probes: false });
  const address = { address: gateway.url, token: gateway.sharedToken, fingerprint: null };
  const node = await nodeWith(offerFromAddress(address, RULES));
  node.connection.on('invoke', (invoke) => {
    const answer = answers[invoke.command] ?? { ok: false, code: 'UNAVAILABLE', message: 'no' };
    void node.connection.sendResult(invoke, answer);
  });
  node.connection.start();
  await node.reaches('awaiting-approval');
  gateway.approveDevice();
  node.connection.retry();
  await node.reaches('connected');
  gateway.approveCommands();
  return { gateway, node };
}

test('an agent reads the output of a command that ran', async () => {
  const { gateway, node } = await nodeAnswering({ 'system.run.prepare': prepared, 'system.run': finished });
  expect(await gateway.exec('uname -a')).toMatchObject({ outcome: 'finished', text: 'Darwin\n' });
  expect(node.invokes.map(({ command }) => command)).toEqual(['system.run.prepare', 'system.run']);
  const run = JSON.parse(node.invokes[1]?.paramsJSON ?? '') as { systemRunPlan: object; cwd: string };
  // Normalised on its way through the gateway, and the working directory is the one that prepare answered.
  expect(run.systemRunPlan).toEqual({
    argv: plan.argv,
    cwd: '/x',
    commandText: plan.commandText,
    commandPreview: 'uname -a',
    agentId: null,
    sessionKey: null,
  });
  expect(run.cwd).toBe('/x');
});

test.each([
  ['SYSTEM_RUN_DENIED', 'denied-before-execution', 'denied before execution'],
  ['UNAVAILABLE', 'outcome-unknown', 'may have executed'],
])('a refusal with %s reads as %s', async (code, outcome, words) => {
  const { gateway } = await nodeAnswering({
    'system.run.prepare': prepared,
    'system.run': { ok: false, code, message: 'not today' },
  });
  const result = await gateway.exec('uname -a');
  expect(result.outcome).toBe(outcome);
  expect(result.text).toContain(words);
  expect(result.text).toContain(`${code}: not today`);
});

test('a refusal of prepare reads as a bare error', async () => {
  const { gateway } = await nodeAnswering({
    'system.run.prepare': { ok: false, code: 'INVALID_REQUEST', message: 'command: missing' },
  });
  expect(await gateway.exec('x')).toMatchObject({
    outcome: 'tool-error',
    text: 'INVALID_REQUEST: command: missing',
  });
});

test('a plan whose text is not the rendering of its argv is refused by the gateway', async () => {
  const crooked = { ...plan, commandText: '/bin/sh -c uname' };
  const { gateway } = await nodeAnswering({ 'system.run.prepare': { ok: true, payload: { plan: crooked } } });
  expect((await gateway.exec('uname -a')).text).toBe('INVALID_REQUEST: rawCommand does not match command');
});

test('a success without a boolean success is malformed', async () => {
  const { gateway } = await nodeAnswering({
    'system.run.prepare': prepared,
    'system.run': { ok: true, payload: { exitCode: 0, stdout: '', stderr: '' } },
  });
  expect((await gateway.exec('uname -a')).outcome).toBe('outcome-unknown');
});

test('a node that puts its own policy in is not asked by a turn without a person', async () => {
  const payload = { plan, execPolicy: { security: 'allowlist', ask: 'on-miss' } };
  const { gateway, node } = await nodeAnswering({ 'system.run.prepare': { ok: true, payload } });
  expect((await gateway.exec('uname -a')).text).toMatch(/^Headless runs cannot wait/);
  expect(node.invokes.map(({ command }) => command)).not.toContain('system.run');
});

test('a frame that the official schema does not allow fails loudly', async () => {
  const { gateway, node } = await nodeAnswering({});
  expect(
    await node.connection.request('node.invoke.result', { id: 'x', nodeId: 'n', ok: true, extra: 1 }, 5000),
  ).toBeNull();
  await expect(gateway.stop()).rejects.toThrow('frames against the schema: node.invoke.result');
});
