import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { type Headless, startHeadless } from './headless.ts';
import type { RealGateway } from './real-gateway.ts';

/** A Mac of the test's own: a state folder and a home folder, both empty, gone at the end. */
export interface TestMac {
  readonly stateDir: string;
  readonly home: string;
  /** Puts an executable of that name on the person's PATH. */
  addCommand(name: string): void;
  start(args: readonly string[], firstLine?: string): Headless;
  remove(): Promise<void>;
}

/** `rules` are the allowlist that is there before the first start; everything else asks. */
export function makeMac(rules: readonly string[] = []): TestMac {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-mac-')));
  const stateDir = join(folder, 'state');
  const home = join(folder, 'home');
  mkdirSync(stateDir, { mode: 0o700 });
  const bin = join(home, 'bin');
  mkdirSync(bin, { recursive: true, mode: 0o700 });
  const policy = {
    version: 1,
    defaults: { security: 'allowlist', ask: 'on-miss', askFallback: 'deny', autoAllowSkills: false },
    agents: { main: { allowlist: rules.map((pattern) => ({ pattern })) } },
  };
  writeFileSync(join(stateDir, 'exec-approvals.json'), JSON.stringify(policy), { mode: 0o600 });
  const started: Headless[] = [];
  return {
    stateDir,
    home,
    addCommand: (name) => writeFileSync(join(bin, name), '#!/bin/sh\n', { mode: 0o755 }),
    start(args, firstLine) {
      const path = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
      const headless = startHeadless({ stateDir, home, path, args, firstLine });
      started.push(headless);
      return headless;
    },
    async remove() {
      await Promise.all(started.map((headless) => headless.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A node that has been through both approvals. */
export interface PairedNode {
  readonly headless: Headless;
  readonly nodeId: string;
}

/** Pairs by setup code, an operator approving the device and then its commands. `url`: not the gateway's own. */
export async function pairBySetupCode(
  gateway: RealGateway,
  mac: TestMac,
  { url, args = [] }: { readonly url?: string; readonly args?: readonly string[] } = {},
): Promise<PairedNode> {
  const headless = mac.start(
    ['--setup-code', '-', '--display-name', 'Test Mac', ...args],
    await gateway.setupCode(url),
  );
  const nodeId = await approveBoth(gateway, headless);
  return { headless, nodeId };
}

/** What an operator does for a node that waits; resolves to the node's id once the node knows of both approvals. */
export async function approveBoth(gateway: RealGateway, headless: Headless): Promise<string> {
  const waiting = await headless.next('state', ({ requestId }) => requestId !== undefined);
  const nodeId = await gateway.approveDevice(waiting.requestId ?? '');
  // Connected comes first: whether the commands are approved is learned from the gateway after it.
  await headless.next('state', ({ commandsApproved }) => commandsApproved === false);
  await gateway.approveCommands(nodeId);
  await headless.next(
    'state',
    ({ state, commandsApproved }) => state === 'connected' && commandsApproved === true,
  );
  return nodeId;
}
