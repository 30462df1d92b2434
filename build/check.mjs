// All static checks: format, lint (with import borders), types, dead code, committed secrets. Prints what failed, whole.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, 'node_modules/.bin', name);

const checks = {
  format: [bin('prettier'), '--check', '--log-level', 'warn', '.'],
  lint: [bin('eslint'), '--max-warnings', '0', '.'],
  'types of main and tests': [bin('tsc'), '-p', '.'],
  'types of the app’s tests': [bin('tsc'), '-p', 'test/ui'],
  'types of the stand-in': [bin('tsc'), '-p', 'test/standin'],
  'types of the windows': [bin('tsc'), '-p', 'renderer'],
  'dead code': [bin('knip'), '--no-progress'],
  secrets: [bin('secretlint'), '--secretlintignore', '.gitignore', '**/*'],
};

function run([command, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ ok: false, output: String(error) }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

// As many side by side as there are cores; each is told as it ends.
const waiting = Object.entries(checks);
let failed = 0;
async function work() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [name, command] = next;
    const { ok, output } = await run(command);
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}`);
    if (ok) continue;
    failed += 1;
    console.log(output);
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, work));
process.exit(failed === 0 ? 0 : 1);
