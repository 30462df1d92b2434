import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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
/** How many events there were when the test began: what came since is the test's own. */
let before: number;

const since = (): readonly HeadlessEvent[] => node.headless.events().slice(before);
const prompts = (): readonly HeadlessEvent[] => since().filter(({ event }) => event === 'prompt');
const inHome = (name: string): string => join(mac.home, name);

/** Writes a script into the home folder and tells the hash by which a prompt has to show it. */
const writeScript = (name: string, text: string): string => {
  writeFileSync(inHome(name), text);
  return createHash('sha256').update(text).digest('hex');
};

beforeAll(async () => {
  gateway = await startGateway(inject('installation'));
  mac = makeMac(['/usr/bin/uname']);
  // A command that a skill of the gateway asks for, so that the gateway can be seen to have found it.
  mac.addCommand('memo');
  node = await pairBySetupCode(gateway, mac);
});

beforeEach(() => {
  before = node.headless.events().length;
});

afterAll(async () => {
  await mac.remove();
  await gateway.stop();
});

describe('pairing by setup code', () => {
  test('the person waits for two approvals, of the device and of its commands, and then is connected', () => {
    const states = node.headless.events().filter((event) => event.event === 'state');
    fact(
      'states on the way',
      states.map(({ state, commandsApproved }) => `${state}/${String(commandsApproved)}`),
    );
    expect(states.some(({ state, requestId }) => state === 'awaiting-approval' && requestId)).toBe(true);
    expect(states.some(({ commandsApproved }) => commandsApproved === false)).toBe(true);
    expect(node.headless.state()).toMatchObject({ state: 'connected', commandsApproved: true });
  });

  test('the gateway sees a connected, approved node with the six commands', async () => {
    expect(await gateway.node(node.nodeId)).toMatchObject({
      connected: true,
      approvalState: 'approved',
      commands: [
        'system.execApprovals.get',
        'system.execApprovals.set',
        'system.notify',
        'system.run',
        'system.run.prepare',
        'system.which',
      ],
    });
  });

  test('the gateway probes for commands, and a skill that needs one of ours becomes usable', async () => {
    const skill = await expect
      .poll(async () => (await gateway.skills()).find(({ name }) => name === 'apple-notes'), {
        timeout: 60_000,
      })
      .toMatchObject({ eligible: true })
      .then(async () => (await gateway.skills()).find(({ name }) => name === 'apple-notes'));
    fact('skill found through system.which', skill);
  });
});

describe('an agent turn without an interactive surface', () => {
  test('runs a listed command at once', async () => {
    const read = await gateway.agentTurn({ command: 'uname -s' }).result;
    fact('listed', read);
    expect(read).toContain(type());
    expect(prompts()).toEqual([]);
    expect(since()).toContainEqual(expect.objectContaining({ event: 'finished', exitCode: 0 }));
  });

  test('runs an unlisted command once the person has said yes, exactly as it was shown', async () => {
    const turn = gateway.agentTurn({ command: 'id -u && pwd', workdir: mac.home });
    const prompt = await node.headless.next('prompt');
    expect(prompt).toMatchObject({ cwd: mac.home, agentId: 'main', sessionKey: turn.sessionKey });
    expect(JSON.stringify(prompt.command)).toContain('id -u && pwd');
    node.headless.decide(prompt, 'allow-once');
    const read = await turn.result;
    fact('approved', read);
    expect(read).toContain(`${String(process.getuid?.())}\n${mac.home}\n`);
  });

  test('runs the same way when `openclaw agent` starts it', async () => {
    const { exitCode, stdout } = await gateway.agentCommand({ command: 'uname -s' });
    fact('openclaw agent', stdout);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(type());
  });

  test('asks again for what was allowed once', async () => {
    const turn = gateway.agentTurn({ command: 'id -u && pwd', workdir: mac.home });
    node.headless.decide(await node.headless.next('prompt'), 'deny');
    expect(await turn.result).toContain('denied before execution');
  });

  test('reads "denied before execution" after a no, and nothing has run', async () => {
    const turn = gateway.agentTurn({ command: `touch ${inHome('denied')}` });
    node.headless.decide(await node.headless.next('prompt'), 'deny');
    const read = await turn.result;
    fact('denied', read);
    expect(read).toContain('denied before execution');
    expect(existsSync(inHome('denied'))).toBe(false);
    expect(since()).toContainEqual(expect.objectContaining({ event: 'denied' }));
  });

  test('reads the exit code and both outputs of a command that fails', async () => {
    const turn = gateway.agentTurn({ command: 'ls /no/such/folder' });
    node.headless.decide(await node.headless.next('prompt'), 'allow-once');
    const read = await turn.result;
    fact('failed', read);
    expect(read).toMatch(/No such file[\s\S]*exited with code [12]/);
  });

  test('is refused with the reason when an answer names another digest than the one shown', async () => {
    const turn = gateway.agentTurn({ command: `touch ${inHome('swapped')}` });
    const prompt = await node.headless.next('prompt');
    node.headless.decide({ ...prompt, digest: '0'.repeat(64) }, 'allow-once');
    await node.headless.next('error');
    expect(existsSync(inHome('swapped'))).toBe(false);
    node.headless.decide(prompt, 'deny');
    expect(await turn.result).toContain('denied before execution');
  });
});

describe('a script', () => {
  test('is shown by its content, and runs after a yes', async () => {
    const sha256 = writeScript('job.sh', 'echo "the job ran"\n');
    const turn = gateway.agentTurn({ command: 'sh ./job.sh', workdir: mac.home });
    const prompt = await node.headless.next('prompt');
    expect(prompt.operands).toEqual([{ path: inHome('job.sh'), sha256 }]);
    node.headless.decide(prompt, 'allow-once');
    const read = await turn.result;
    fact('script', read);
    expect(read).toContain('the job ran');
  });

  test('that changes between the question and the yes does not run', async () => {
    writeScript('swap.sh', 'echo harmless\n');
    const turn = gateway.agentTurn({ command: 'sh ./swap.sh', workdir: mac.home });
    const prompt = await node.headless.next('prompt');
    writeScript('swap.sh', `touch ${inHome('swapped-in')}\n`);
    node.headless.decide(prompt, 'allow-once');
    const read = await turn.result;
    fact('changed in between', read);
    expect(read).toContain('denied before execution');
    expect(read).toMatch(/Details: .*changed/);
    expect(existsSync(inHome('swapped-in'))).toBe(false);
  });
});

describe('inline code', () => {
  test.each([
    ['python3', (file: string) => `python3 -c "open('${file}', 'w')"`],
    ['node', (file: string) => `node -e "require('fs').writeFileSync('${file}', '')"`],
  ])('for %s is refused without asking', async (name, command) => {
    const file = inHome(`inline-${name}`);
    const read = await gateway.agentTurn({ command: command(file) }).result;
    fact('inline code', read);
    expect(read).toContain('denied before execution');
    expect(prompts()).toEqual([]);
    expect(existsSync(file)).toBe(false);
  });
});

describe('a pause', () => {
  test('refuses everything, what is listed too, until the person resumes', async () => {
    node.headless.pause();
    await node.headless.next('state', ({ state }) => state === 'paused');
    const read = await gateway.agentTurn({ command: 'uname -s' }).result;
    fact('paused', read);
    expect(read).toContain('denied before execution');
    expect(read).toMatch(/paused/i);
    node.headless.resume();
    await node.headless.next('state', ({ state }) => state === 'connected');
    expect(await gateway.agentTurn({ command: 'uname -s' }).result).not.toContain('denied');
  });

  test('denies the question that is open', async () => {
    const turn = gateway.agentTurn({ command: `touch ${inHome('paused')}` });
    const prompt = await node.headless.next('prompt');
    node.headless.pause();
    await node.headless.next('prompt-closed', ({ id }) => id === prompt.id);
    expect(await turn.result).toContain('denied before execution');
    expect(existsSync(inHome('paused'))).toBe(false);
    node.headless.resume();
    await node.headless.next('state', ({ state }) => state === 'connected');
  });
});

describe('what a gateway gives up', () => {
  test('is no longer asked: the prompt closes and nothing runs', async () => {
    const turn = gateway.agentTurn({ command: `touch ${inHome('aborted')}` });
    const prompt = await node.headless.next('prompt');
    await gateway.operator().call('sessions.abort', { key: turn.sessionKey });
    const closed = await node.headless.next('prompt-closed', ({ id }) => id === prompt.id);
    expect(closed.reason).toBe('cancelled');
    node.headless.decide(prompt, 'allow-once');
    await node.headless.next('error');
    expect(existsSync(inHome('aborted'))).toBe(false);
  });

  test('ends with the whole tree of a command that is running', async () => {
    const pidFile = inHome('sleeper.pid');
    writeScript('sleeper.sh', `sleep 300 & echo $! > ${pidFile}; wait\n`);
    const turn = gateway.agentTurn({ command: 'sh ./sleeper.sh', workdir: mac.home });
    node.headless.decide(await node.headless.next('prompt'), 'allow-once');
    await expect.poll(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8').endsWith('\n')).toBe(true);
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await gateway.operator().call('sessions.abort', { key: turn.sessionKey });
    await expect.poll(() => isRunning(pid), { timeout: 15_000 }).toBe(false);
  });
});

describe('the policy', () => {
  test('is read by `openclaw approvals get --node`', async () => {
    const { exitCode, stdout } = await gateway.openclaw('approvals', 'get', '--node', node.nodeId, '--json');
    expect(exitCode).toBe(0);
    const { file } = policyRead.parse(JSON.parse(stdout));
    fact('approvals get', file);
    expect(file.defaults).toMatchObject({ security: 'allowlist', ask: 'on-miss', askFallback: 'deny' });
    expect(file.agents['main']?.allowlist.map(({ pattern }) => pattern)).toContain('/usr/bin/uname');
    expect(stdout).not.toContain('lastUsedCommand');
  });
});

describe('a gateway that goes away', () => {
  test('with a question open gets no answer later: the prompt closes, and the node comes back by itself', async () => {
    gateway.agentTurn({ command: `touch ${inHome('crashed')}` });
    const prompt = await node.headless.next('prompt');
    const back = gateway.crash();
    const closed = await node.headless.next('prompt-closed', ({ id }) => id === prompt.id);
    expect(closed.reason).toBe('connection-lost');
    node.headless.decide(prompt, 'allow-once');
    await back;
    await node.headless.next('state', ({ state }) => state === 'connected', 90_000);
    expect(await gateway.agentTurn({ command: 'uname -s' }).result).not.toContain('denied');
    expect(existsSync(inHome('crashed'))).toBe(false);
  });

  test('and says good-bye leaves the node offline, until it is there again', async () => {
    const back = gateway.restart();
    await node.headless.next('state', ({ state }) => state === 'offline' || state === 'connecting');
    await back;
    await node.headless.next('state', ({ state }) => state === 'connected', 90_000);
    expect(await gateway.agentTurn({ command: 'uname -s' }).result).not.toContain('denied');
  });
});

describe('unpairing', () => {
  test('ends it on this side at once and for good, and `openclaw devices remove` ends it on the other', async () => {
    node.headless.unpair();
    await node.headless.next('state', ({ state }) => state === 'unpaired');
    await expect
      .poll(async () => (await gateway.node(node.nodeId))?.connected, { timeout: 10_000 })
      .toBe(false);

    const read = await gateway.agentTurn({ command: 'uname -s' }).result;
    fact('after unpairing', read);
    expect(read).not.toContain(type());

    expect(node.headless.state()?.state).toBe('unpaired');
    await node.headless.stop();
    const again = mac.start([]);
    await again.next('state', ({ state }) => state === 'unpaired');

    const removed = await gateway.openclaw('devices', 'remove', node.nodeId);
    fact('devices remove', removed.stdout);
    expect(removed.exitCode).toBe(0);
    expect(await gateway.node(node.nodeId)).toBeUndefined();
    expect(again.state()?.state).toBe('unpaired');
  });
});

const policyRead = z.object({
  file: z.object({
    defaults: z.record(z.string(), z.unknown()),
    agents: z.record(z.string(), z.object({ allowlist: z.array(z.object({ pattern: z.string() })) })),
  }),
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
