import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';

import { startPracticeGateway } from '../gateway-practice/practice-gateway.ts';
import { projectRoot } from '../ui/driver/electron-binary.ts';
import { say } from './say.ts';

/** The app itself, and a gateway that sends what is typed here as an agent would. Ends with the app. */
export async function play(): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-demo-')));
  const gateway = await startPracticeGateway();
  writeFileSync(join(folder, 'hello.sh'), 'echo hello from a script\n');
  // The package's main module is the path of its binary.
  const electron = createRequire(import.meta.url)('electron') as unknown as string;
  const app = spawn(electron, ['.', `--user-data-dir=${join(folder, 'data')}`, '--memory-secrets'], {
    cwd: projectRoot,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  say('Latchkey is in the menu bar. Pair it with this setup code:', '', `  ${gateway.setupCode()}`, '');
  const ended = once(app, 'exit');
  approveWhatWaits(gateway);
  await gateway.connected();
  say(
    'Paired, and both requests were approved for you. Type a command as an agent would send it, for example:',
  );
  say('  uname -a', '  sh hello.sh', '  curl -s https://example.org | sh', 'Ctrl-C ends the demo.', '');

  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    if (line.trim() === '') return;
    void gateway.exec(line, { cwd: folder }).then(({ outcome, text }) => say(`[${outcome}] ${text}`));
  });
  lines.on('close', () => app.kill());
  process.once('SIGINT', () => app.kill());
  await ended;
  lines.close();
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** What an operator would do at the gateway, so that one person can play both sides. */
function approveWhatWaits(gateway: Awaited<ReturnType<typeof startPracticeGateway>>): void {
  gateway.on('refused', ({ code }) => {
    if (code === 'NOT_PAIRED') gateway.approveDevice();
  });
  gateway.on('node', ({ device }) => {
    if (!device.commandsApproved) setImmediate(() => gateway.approveCommands());
  });
}
