import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { expect, it, onTestFinished } from 'vitest';

import { startPracticeGateway } from '../gateway-practice/practice-gateway.ts';
import { PATH, TestMac } from '../node/paired-node.ts';
import { until } from '../run/processes.ts';

const program = fileURLToPath(new URL('../../dist/main/headless.js', import.meta.url));
/** Of util-linux: gives the program a terminal of its own, and is what is typed there and what it shows. */
const script = '/usr/bin/script';

it.runIf(process.platform === 'linux' && existsSync(script))(
  'on a real terminal, what was typed ahead, or too soon to have been read, allows nothing',
  { timeout: 60_000 },
  async () => {
    const mac = new TestMac();
    const gateway = await startPracticeGateway({ probes: false });
    onTestFinished(() => gateway.stop());
    const command = `${process.execPath} ${program} --state-dir ${mac.stateDir} --memory-secrets --setup-code -`;
    const terminal = spawn(script, ['-qefc', command, '/dev/null'], { env: { PATH, HOME: mac.work } });
    onTestFinished(() => void terminal.kill('SIGKILL'));
    const exited = once(terminal, 'exit');
    let screen = '';
    terminal.stdout.on('data', (chunk: Buffer) => (screen += chunk.toString()));
    /** Waits for words that were not there before, and looks on from there. */
    const shows = async (words: string) => {
      await until(() => screen.includes(words));
      screen = screen.slice(screen.indexOf(words) + words.length);
    };
    const type = (line: string) => terminal.stdin.write(`${line}\r`);

    type(gateway.setupCode());
    await shows('awaiting-approval');
    gateway.approveDevice();
    await shows('connected');
    gateway.approveCommands();

    type('y');
    type('always');
    const ran = gateway.exec('/usr/bin/id');
    await shows('[n] deny: ');
    type('y');
    await shows('read it first');
    await shows('[n] deny: ');
    expect(mac.recorded('start')).toEqual([]);
    // The terminal's own clock: nothing else tells when a second has gone by.
    await delay(1100);
    type('y');
    expect(await ran).toMatchObject({ outcome: 'finished' });
    // Control-C, and until it is gone: it writes into its folder to the last.
    terminal.stdin.write('\u0003');
    await exited;
  },
);
