// All static checks: format, lint (with import borders), types, dead code, committed secrets. Prints what failed, whole.
import { spawn } from 'node:child_process';
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

let failed = 0;
const results = Object.entries(checks).map(([name, command]) => ({ name, done: run(command) }));
for (const { name, done } of results) {
  const { ok, output } = await done;
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}`);
  if (!ok) {
    failed += 1;
    console.log(output);
  }
}
process.exit(failed === 0 ? 0 : 1);
