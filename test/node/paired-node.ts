import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import type { AuditEntry } from '../../main/audit/audit-entry.ts';
import type { LatchkeyNode } from '../../main/node/latchkey-node.ts';
import { openNode } from '../../main/node/open-node.ts';
import type { NodeState } from '../../main/node/snapshot.ts';
import type { PolicyFile } from '../../main/policy/policy-file.ts';
import type { Choice, Prompt } from '../../main/prompt/prompt.ts';
import { MemorySecrets } from '../../main/secrets/memory-secrets.ts';
import type { SecretStore } from '../../main/secrets/secret-store.ts';
import {
  type PracticeGateway,
  type PracticeGatewayOptions,
  startPracticeGateway,
} from '../gateway-practice/practice-gateway.ts';

export const PATH = '/usr/local/bin:/usr/bin:/bin';

/** A Mac of the test's own: folders that are gone at the end of the test, and secrets that outlive a restart of the node. */
export class TestMac {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-node-')));
  readonly stateDir = join(this.folder, 'state');
  readonly work = join(this.folder, 'work');
  readonly secrets: SecretStore;

  constructor(secrets: SecretStore = new MemorySecrets()) {
    this.secrets = secrets;
    for (const folder of [this.stateDir, this.work]) mkdirSync(folder, { mode: 0o700 });
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true, maxRetries: 10 }));
  }

  policy(file: PolicyFile): void {
    writeFileSync(join(this.stateDir, 'exec-approvals.json'), JSON.stringify(file), { mode: 0o600 });
  }

  rules(rules: object): void {
    writeFileSync(join(this.stateDir, 'rules.json'), JSON.stringify(rules), { mode: 0o600 });
  }

  settings(settings: object): void {
    writeFileSync(join(this.stateDir, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
  }

  /** As left by a version that sealed nothing: the next start is a first one. */
  async unsealed(): Promise<void> {
    rmSync(join(this.stateDir, 'sealed.json'));
    const place = createHash('sha256').update(this.stateDir).digest('hex').slice(0, 32);
    await this.secrets.remove(`seal ${place}`);
  }

  /** Writes an ordinary file into the working folder. */
  file(name: string, text: string, mode = 0o600): string {
    const path = join(this.work, name);
    writeFileSync(path, text, { mode });
    return path;
  }

  async open(): Promise<LatchkeyNode> {
    const node = await openNode({
      stateDir: this.stateDir,
      program: 'a test',
      secrets: this.secrets,
      path: PATH,
      bundle: [],
      displayName: 'Test Mac',
    });
    onTestFinished(() => node.stop());
    return node;
  }

  /** Every whole line of the record. */
  record(): AuditEntry[] {
    const text = readFileSync(join(this.stateDir, 'audit.jsonl'), 'utf8');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as AuditEntry);
  }

  recorded<Kind extends AuditEntry['kind']>(kind: Kind): Extract<AuditEntry, { kind: Kind }>[] {
    return this.record().filter((entry): entry is Extract<AuditEntry, { kind: Kind }> => entry.kind === kind);
  }
}

export interface Paired {
  readonly mac: TestMac;
  readonly gateway: PracticeGateway;
  readonly node: LatchkeyNode;
}

export const allow = (...patterns: string[]): PolicyFile => ({
  version: 1,
  defaults: { security: 'allowlist', ask: 'on-miss', askFallback: 'deny' },
  agents: { main: { allowlist: patterns.map((pattern) => ({ pattern })) } },
});

/** A node that is paired, approved twice and connected, with something attached that can show prompts. */
export async function pairedNode({
  policy = allow(),
  settings = {},
  surface = true,
  mac = new TestMac(),
  gateway: gatewayOptions = {},
}: {
  policy?: PolicyFile;
  settings?: object;
  surface?: boolean;
  mac?: TestMac;
  gateway?: PracticeGatewayOptions;
} = {}): Promise<Paired> {
  mac.policy(policy);
  mac.settings(settings);
  const gateway = await startPracticeGateway({ probes: false, ...gatewayOptions });
  onTestFinished(() => gateway.stop());
  const node = await mac.open();
  await asThePersonsOwn(node, settings);
  if (surface) node.attachSurface();
  await node.start();
  await pairWith(node, gateway);
  gateway.approveCommands();
  return { mac, gateway, node };
}

/** A gateway that the node is now paired with, in place of the one before. Its commands are not approved yet. */
export async function pairedWithAnother(
  node: Paired['node'],
  options: PracticeGatewayOptions = {},
): Promise<Paired['gateway']> {
  const gateway = await startPracticeGateway({ probes: false, ...options });
  onTestFinished(() => gateway.stop());
  await pairWith(node, gateway);
  return gateway;
}

async function pairWith(node: Paired['node'], gateway: Paired['gateway']): Promise<void> {
  await node.pair({ by: 'setup-code', setupCode: gateway.setupCode() });
  await state(node, 'awaiting-approval');
  gateway.approveDevice();
  node.retry();
  await state(node, 'connected');
}

/** What was written before the first start is the person's word here, also where secrets last and it could be anybody's. */
async function asThePersonsOwn(node: LatchkeyNode, settings: object): Promise<void> {
  for (const { id, changes } of node.edits.pending)
    await node.edits.decide({ id, approve: changes.map((change) => change.id) });
  if (node.settings.problem !== null) await node.settings.change(settings);
}

/** Resolves once the node is in that state. */
export function state(node: LatchkeyNode, wanted: NodeState): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (node.snapshot().state !== wanted) return;
      node.off('changed', look);
      resolve();
    };
    node.on('changed', look);
    look();
  });
}

/** The next prompt, or the one that waits already. */
export function prompted(node: LatchkeyNode): Promise<Prompt> {
  const [waiting] = node.snapshot().prompts;
  return waiting === undefined
    ? new Promise((resolve) => node.once('prompt', resolve))
    : Promise.resolve(waiting);
}

export function answer(node: LatchkeyNode, { id, digest }: Prompt, decision: Choice): void {
  const result = node.answer({ id, digest, decision });
  if (result !== 'accepted') throw new Error(`the answer was not taken: ${result}`);
}
