import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type HeadlessArguments, parseHeadlessArguments, usage } from './headless/arguments.ts';
import { chosenSettings } from './headless/chosen-settings.ts';
import { InputLines } from './headless/input-lines.ts';
import { JsonSurface } from './headless/json-surface.ts';
import { readPairRequest } from './headless/pair-request.ts';
import { TerminalSurface } from './headless/terminal-surface.ts';
import type { LatchkeyNode } from './node/latchkey-node.ts';
import { openNode } from './node/open-node.ts';
import { Keychain } from './secrets/keychain.ts';
import { MemorySecrets } from './secrets/memory-secrets.ts';
import type { SecretStore } from './secrets/secret-store.ts';
import type { Settings } from './state/settings.ts';

/** The node without a window. On a terminal it asks in words; otherwise it speaks JSON lines and nothing else. */
const MISUSE = 64;
const FAILED = 1;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function main(): Promise<void> {
  let args: HeadlessArguments | 'help';
  let chosen: Partial<Settings>;
  let secrets: SecretStore;
  try {
    args = parseHeadlessArguments(process.argv.slice(2));
    if (args === 'help') {
      process.stdout.write(usage);
      return;
    }
    chosen = chosenSettings(args.set);
    secrets = chooseSecrets(args);
  } catch (error) {
    say(`${messageOf(error)}\n\n${usage}`);
    process.exitCode = MISUSE;
    return;
  }
  try {
    await serve(args, chosen, secrets);
  } catch (error) {
    say(messageOf(error));
    process.exit(FAILED);
  }
}

/** On macOS an item made by `node` could be read by every script that `node` runs: only memory is left there. */
function chooseSecrets(args: HeadlessArguments): SecretStore {
  if (args['memory-secrets']) return new MemorySecrets();
  if (process.platform === 'darwin') {
    throw new Error(
      'on macOS headless needs --memory-secrets: use the app to keep the secret in the Keychain',
    );
  }
  return new Keychain();
}

async function serve(
  args: HeadlessArguments,
  settings: Partial<Settings>,
  secrets: SecretStore,
): Promise<void> {
  const node = await openNode({
    stateDir: args['state-dir'],
    program: 'headless',
    secrets,
    path: process.env['PATH'] ?? '',
    bundle: [dirname(fileURLToPath(import.meta.url))],
    settings,
    displayName: args['display-name'],
    dangerouslyAllowPlaintextGateway: args['dangerously-allow-plaintext-gateway'] || undefined,
    dangerouslyTrustAnyLoopbackListener: args['dangerously-trust-any-loopback-listener'],
    dangerouslyTrustGatewayApprovals: args['dangerously-trust-gateway-approvals'] || undefined,
  });
  stopOnSignals(node);
  if (process.stdin.isTTY && process.stdout.isTTY) await serveTerminal(node, args);
  else await serveLines(node, args);
}

async function serveLines(node: LatchkeyNode, args: HeadlessArguments): Promise<void> {
  const attached = node.attachSurface();
  // Nobody can answer any more: what waits is denied, and what comes is decided without asking.
  const lines = new InputLines(process.stdin, () => attached.detach());
  process.stdout.on('error', () => void stop(node));
  const surface = new JsonSurface(node, (line) => process.stdout.write(`${line}\n`));
  node.on('notice', ({ from, title, body }) => say(JSON.stringify({ from, title, body })));
  try {
    await begin(node, args, () => lines.next());
  } catch (error) {
    surface.error('not-paired', messageOf(error));
    await stop(node, FAILED);
  }
  for (let line = await lines.next(); line !== null; line = await lines.next()) await surface.take(line);
  if (node.snapshot().state === 'unpaired') await stop(node);
}

async function serveTerminal(node: LatchkeyNode, args: HeadlessArguments): Promise<void> {
  node.attachSurface();
  const surface = new TerminalSurface(node, () => void stop(node));
  try {
    await begin(node, args, () => surface.readLine());
  } catch (error) {
    say(messageOf(error));
    await stop(node, FAILED);
  }
  surface.begin();
  if (node.snapshot().state === 'unpaired') {
    say(
      'Not paired. Get a setup code on the gateway with `openclaw qr --setup-code-only`, then pass --setup-code -',
    );
    await stop(node, FAILED);
  }
}

/** Pairs where the command line says so and nothing kept serves already; takes up what is kept otherwise. */
async function begin(
  node: LatchkeyNode,
  args: HeadlessArguments,
  readLine: () => Promise<string | null>,
): Promise<void> {
  const request = await readPairRequest(args, readLine, process.env);
  await node.start();
  if (request === null || node.serves(request)) return;
  await node.pair(request);
}

function stopOnSignals(node: LatchkeyNode): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(node));
}

async function stop(node: LatchkeyNode, code = 0): Promise<never> {
  await node.stop().catch((error: unknown) => say(messageOf(error)));
  process.exit(code);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

await main();
