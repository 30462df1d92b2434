import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startHeadless } from '../gateway/headless.ts';
import { tieToThisProcess } from '../gateway/process-tree.ts';
import { type InvokeOutcome, NodeLink } from '../gateway-practice/node-link.ts';
import { startPracticeGateway } from '../gateway-practice/practice-gateway.ts';
import { checkRequest } from '../gateway-practice/protocol-check.ts';
import { OpenBook } from './open-book.ts';

/** A node in a process of its own, and the gateway's side of it in this one. */
export interface MeasuredNode {
  readonly pid: number;
  readonly startToConnectedMs: number;
  readonly link: NodeLink;
  /** `/usr/bin/true` through `system.run`, to the gateway's having the answer. @throws when it did not succeed. */
  readonly run: () => Promise<void>;
  readonly invoke: (command: readonly string[]) => Promise<InvokeOutcome>;
  readonly stop: () => Promise<void>;
}

const runIn = (link: NodeLink) => (command: readonly string[]) => {
  const runId = randomUUID();
  link.openRun(runId);
  return link
    .invoke(
      'system.run',
      { command, runId, agentId: 'main', sessionKey: 'agent:main:main', timeoutMs: 60_000 },
      { timeoutMs: 90_000 },
    )
    .finally(() => link.closeRun(runId));
};

async function runTrue(invoke: MeasuredNode['invoke']): Promise<void> {
  const outcome = await invoke(['/usr/bin/true']);
  if (!outcome.ok) throw new Error(`the run was not answered well: ${outcome.code}: ${outcome.message}`);
}

/** Our program without a window, as it is shipped; `/usr/bin/true` is on its list and everything else is denied. */
export async function startLatchkey(): Promise<MeasuredNode & { readonly journal: string }> {
  const folder = temporaryFolder();
  const home = join(folder, 'home');
  const stateDir = join(folder, 'state');
  for (const path of [home, stateDir]) mkdirSync(path, { mode: 0o700 });
  const policy = {
    version: 1,
    defaults: { security: 'allowlist', ask: 'off', askFallback: 'deny' },
    agents: { main: { allowlist: [{ pattern: '/usr/bin/true' }] } },
  };
  writeFileSync(join(stateDir, 'exec-approvals.json'), JSON.stringify(policy), { mode: 0o600 });
  const gateway = await startPracticeGateway({ book: new OpenBook(), probes: false });

  const begun = performance.now();
  const headless = startHeadless({
    stateDir,
    home,
    path: '/usr/bin:/bin',
    args: ['--setup-code', '-'],
    firstLine: gateway.setupCode(),
  });
  await headless.next('state', ({ state }) => state === 'connected');
  const startToConnectedMs = performance.now() - begun;
  const link = await gateway.connected();
  const invoke = runIn(link);
  return {
    pid: headless.pid,
    startToConnectedMs,
    link,
    journal: join(stateDir, 'audit.jsonl'),
    invoke,
    run: () => runTrue(invoke),
    stop: async () => {
      await headless.stop();
      await gateway.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The bare responder on the same gateway code, without a handshake. @param script what runs it, given `responder`, an address and a file. */
export async function startResponder(script: string): Promise<MeasuredNode> {
  const folder = temporaryFolder();
  let connect: (link: NodeLink) => void = () => undefined;
  const connected = new Promise<NodeLink>((resolve) => (connect = resolve));
  const gateway = await startPracticeGateway({
    takeOver: (socket) => {
      const device = new OpenBook().ask('bare', '');
      device.commandsApproved = true;
      const link = new NodeLink(device, (frame) => socket.send(JSON.stringify(frame)));
      socket.on('message', (data: Buffer) => {
        const checked = checkRequest(JSON.parse(data.toString('utf8')));
        if ('violation' in checked) throw new Error(checked.violation);
        link.take(checked.request);
      });
      connect(link);
    },
  });
  const begun = performance.now();
  const child = spawn(process.execPath, [script, 'responder', gateway.url, join(folder, 'journal')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  tieToThisProcess(child);
  const failed = once(child, 'exit').then(() =>
    Promise.reject(new Error('the bare responder ended by itself')),
  );
  const link = await Promise.race([connected, failed]);
  const invoke = runIn(link);
  // From here on whoever waits for an answer hears of it.
  failed.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    startToConnectedMs: performance.now() - begun,
    link,
    invoke,
    run: () => runTrue(invoke),
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      await gateway.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const temporaryFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-bench-')));
