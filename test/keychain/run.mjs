// Runs the Keychain's tests with the real keytar in private D-Bus sessions. Exit code and output are vitest's.
// Says in one line what is missing where they cannot run, with exit code 3.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const require = createRequire(import.meta.url);

const missing = whatIsMissing();
if (missing.length > 0) {
  console.error(`Keychain tests need ${missing.join(', ')}`);
  process.exit(3);
}
const vitest = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--config', join(here, 'vitest.config.ts'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);

function whatIsMissing() {
  if (process.platform !== 'linux') return ['Linux: on a Mac they would change your own Keychain'];
  const programs = [
    ['dbus-run-session', 'dbus-daemon'],
    ['gnome-keyring-daemon', 'gnome-keyring'],
  ].filter(([program]) => spawnSync('/bin/sh', ['-c', `command -v ${program}`]).status !== 0);
  const needs = programs.map(([program, debian]) => `${program} (apt-get install ${debian})`);
  try {
    require('keytar');
  } catch {
    needs.push('keytar (apt-get install libsecret-1-dev, then npm install)');
  }
  return needs;
}
