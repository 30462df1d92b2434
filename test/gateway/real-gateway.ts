import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { z } from 'zod';

import { configuration } from './gateway-configuration.ts';
import type { Installation } from './install.mjs';
import { connectOperator, type Operator } from './operator.ts';
import { endTree, tieToThisProcess } from './process-tree.ts';
import { type ExecCall, startStandInModel } from './stand-in-model.ts';

export interface GatewayOptions {
  /** `tools.exec.mode` of the gateway's configuration: what it asks its own people. */
  readonly execMode?: 'full' | 'ask' | 'allowlist' | 'deny';
}

export interface RealGateway {
  /** Where nodes connect: the same before and after a restart. */
  readonly url: string;
  readonly sharedToken: string;
  /** The connection of somebody who may do everything; made anew by a restart. */
  operator(): Operator;
  /** A fresh setup code, as `openclaw qr` shows it; `publicUrl` is where it leads. */
  setupCode(publicUrl?: string): Promise<string>;
  /** Approves the device, as `openclaw devices approve` does; resolves to its id, which is the node's as well. */
  approveDevice(requestId: string): Promise<string>;
  /** Approves the commands that a connected node declared, as `openclaw nodes approve` does. */
  approveCommands(nodeId: string): Promise<void>;
  node(nodeId: string): Promise<NodeStatus | undefined>;
  /** The skills that the gateway offers its agents, and whether something they need is missing. */
  skills(): Promise<readonly SkillStatus[]>;
  /** One turn of an agent that calls `exec` on the node, as `openclaw agent` starts it. */
  agentTurn(...calls: readonly ExecCall[]): AgentTurn;
  /** One turn in the main chat, where a person sits who can be asked to approve. */
  chatTurn(...calls: readonly ExecCall[]): AgentTurn;
  /** The same turn through `openclaw agent` itself; standard output is what the agent answered. */
  agentCommand(call: ExecCall): Promise<CliResult>;
  /** The real command line, in a process of its own: takes seconds. */
  openclaw(...args: readonly string[]): Promise<CliResult>;
  /** The process dies without a word to anybody, and starts again with the same state. */
  crash(): Promise<void>;
  /** The process says good-bye, ends, and starts again with the same state. Waits for nothing that is under way. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** What the gateway has printed. */
  output(): string;
}

/** A turn under way. `result` resolves to what the agent read from its last call, once the turn has ended. */
export interface AgentTurn {
  readonly sessionKey: string;
  readonly result: Promise<string>;
}

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const nodeStatus = z.object({
  nodeId: z.string(),
  commands: z.array(z.string()),
  connected: z.boolean(),
  paired: z.boolean(),
  approvalState: z.string().optional(),
  pendingRequestId: z.string().optional(),
});
export type NodeStatus = z.infer<typeof nodeStatus>;

const skillStatus = z.object({ name: z.string(), eligible: z.boolean() });
export type SkillStatus = z.infer<typeof skillStatus>;

/** A machine with other work takes minutes. */
const READY_MS = 230_000;

export async function startGateway(
  { node, openclaw }: Installation,
  { execMode = 'full' }: GatewayOptions = {},
): Promise<RealGateway> {
  const model = await startStandInModel();
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-gateway-'));
  const port = await freePort();
  const url = `ws://127.0.0.1:${port}`;
  const sharedToken = 'the-shared-token-of-the-test-gateway';
  const configPath = join(folder, 'openclaw.json');
  const settings = {
    port,
    token: sharedToken,
    modelUrl: model.baseUrl,
    execMode,
    logFile: join(folder, 'gateway.log'),
  };
  writeFileSync(configPath, JSON.stringify(configuration(settings)));
  mkdirSync(join(folder, 'tmp'));

  // Nothing of the surrounding environment: neither a person's own gateway nor npm's variables may have a say.
  const env = {
    PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`,
    HOME: folder,
    TMPDIR: join(folder, 'tmp'),
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    OPENCLAW_STATE_DIR: join(folder, 'state'),
    OPENCLAW_CONFIG_PATH: configPath,
  };
  const openclawProcess = (args: readonly string[]): ChildProcess =>
    spawn(node, [openclaw, ...args], { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });

  let turns = 0;
  const newTurn = (calls: readonly ExecCall[]): { turnId: string; message: string } => {
    const turnId = `turn-${String((turns += 1))}`;
    return { turnId, message: model.script(turnId, calls) };
  };

  let output = '';
  const start = async (): Promise<{ child: ChildProcess; operator: Operator }> => {
    const child = openclawProcess(['gateway', 'run', '--port', String(port)]);
    tieToThisProcess(child);
    try {
      await untilReady(child, (text) => (output += text));
      return { child, operator: await connectOperator(url, sharedToken) };
    } catch (error) {
      await endTree(child, 0);
      throw error;
    }
  };
  let running = await start();
  const end = async (patienceMs: number): Promise<void> => {
    await running.operator.close();
    await endTree(running.child, patienceMs);
  };
  // One after the other: a test that failed in the middle of a restart must not make the next one start two.
  let restarts = Promise.resolve();
  const startAgain = (patienceMs: number): Promise<void> => {
    restarts = restarts.then(async () => {
      await end(patienceMs);
      running = await start();
    });
    return restarts;
  };
  const nodes = async (): Promise<NodeStatus[]> =>
    z.object({ nodes: z.array(nodeStatus) }).parse(await running.operator.call('node.list')).nodes;

  return {
    url,
    sharedToken,
    operator: () => running.operator,
    async setupCode(publicUrl = url) {
      const made = await running.operator.call('device.pair.setupCode', { publicUrl });
      return z.object({ setupCode: z.string() }).parse(made).setupCode;
    },
    async approveDevice(requestId) {
      const approved = await running.operator.call('device.pair.approve', { requestId });
      return z.object({ device: z.object({ deviceId: z.string() }) }).parse(approved).device.deviceId;
    },
    async approveCommands(nodeId) {
      const requestId = (await nodes()).find((entry) => entry.nodeId === nodeId)?.pendingRequestId;
      if (requestId === undefined) throw new Error(`the gateway holds no command approval for ${nodeId}`);
      await running.operator.call('node.pair.approve', { requestId });
    },
    node: async (nodeId) => (await nodes()).find((entry) => entry.nodeId === nodeId),
    skills: async () =>
      z.object({ skills: z.array(skillStatus) }).parse(await running.operator.call('skills.status')).skills,
    agentTurn(...calls) {
      const { turnId, message } = newTurn(calls);
      const ended = running.operator.call('agent', { message, sessionId: turnId, idempotencyKey: turnId });
      const result = ended.then(() => model.turn(turnId).results.at(-1) ?? 'the agent read nothing');
      // A turn that is cut off by a restart rejects; whoever waits for it hears of it.
      result.catch(() => undefined);
      return { sessionKey: `agent:main:explicit:${turnId}`, result };
    },
    chatTurn(...calls) {
      const { turnId, message } = newTurn(calls);
      const sessionKey = 'agent:main:main';
      const sent = running.operator.call('chat.send', { sessionKey, message, idempotencyKey: turnId });
      const result = sent.then(async () => {
        for (;;) {
          const { results } = model.turn(turnId);
          if (results.length >= calls.length) return results.at(-1) ?? '';
          await delay(100);
        }
      });
      result.catch(() => undefined);
      return { sessionKey, result };
    },
    agentCommand(call) {
      const { turnId, message } = newTurn([call]);
      return collect(openclawProcess(['agent', '--session-id', turnId, '--message', message]));
    },
    openclaw: (...args) => collect(openclawProcess(args)),
    crash: () => startAgain(0),
    restart: () => startAgain(10_000),
    async stop() {
      await restarts.catch(() => undefined);
      await end(10_000);
      await model.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
    output: () => output,
  };
}

/** Resolves when the gateway says that it is ready; rejects with its last words when it ends before, or takes too long. */
function untilReady(child: ChildProcess, keep: (text: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (what: string): void => {
      clearTimeout(timer);
      reject(new Error(`the gateway ${what}:\n${said.slice(-2000)}`));
    };
    const timer = setTimeout(() => fail(`was not ready after ${READY_MS} ms`), READY_MS);
    const hear = (data: Buffer): void => {
      const text = data.toString('utf8');
      keep(text);
      said += text;
      if (!/\[gateway\] ready\b/.test(said)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => fail('ended at once'));
  });
}

async function collect(child: ChildProcess): Promise<CliResult> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (data: Buffer) => (stdout += data.toString('utf8')));
  child.stderr?.on('data', (data: Buffer) => (stderr += data.toString('utf8')));
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, stdout, stderr };
}

/** A port that was free a moment ago: the gateway takes it from its configuration, so it cannot choose for itself. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
