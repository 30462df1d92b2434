// The README's test command. Finds or installs what the machine lacks, drops to an ordinary user, runs every suite that
// needs no real gateway, names what did not run and why, and closes with "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { asOrdinaryUser, checkout, ordinaryCheckout } from './support/ordinary-user.mjs';
import { meetNeeds } from './support/system-needs.mjs';

/** Each suite: how vitest is told, the needs of the machine without which it cannot run, and where it is not meant to. */
const suites = [
  { name: 'core', args: ['--coverage'], needs: [] },
  {
    name: 'keychain',
    args: ['--config', 'test/keychain/vitest.config.ts'],
    needs: ['keytar', 'keyring'],
    notOn: { darwin: 'on a Mac it would change your own Keychain' },
  },
  { name: 'stand-in', args: ['--config', 'test/standin/vitest.config.ts'], needs: ['chromium'] },
  {
    name: 'windows',
    args: ['--config', 'test/renderer/windows/vitest.config.ts'],
    needs: ['chromium', 'korean font'],
  },
  { name: 'app', args: ['--config', 'test/ui/vitest.config.ts'], needs: ['chromium'] },
];

/** `npm test core app`: only these. */
const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (suites.some((suite) => suite.name === name)) continue;
  console.error(`no suite is called '${name}': ${suites.map((suite) => suite.name).join(', ')}`);
  process.exit(64);
}

const missing = meetNeeds();
compile();
const root = ordinaryCheckout();
const total = { passed: 0, failed: 0 };
/** Whole suites, for want of something; and single tests that say themselves what they need. */
const notRun = [];
const skipped = [];

for (const suite of suites) {
  if (wanted.length > 0 && !wanted.includes(suite.name)) continue;
  const elsewhere = suite.notOn?.[process.platform];
  if (elsewhere !== undefined) {
    console.log(`not meant for this system: ${suite.name}: ${elsewhere}`);
    continue;
  }
  const lacking = suite.needs.filter((need) => missing.has(need));
  if (lacking.length > 0) {
    notRun.push(`${suite.name}: ${lacking.map((need) => missing.get(need)).join('; ')}`);
    continue;
  }
  runSuite(suite);
}

for (const line of [...notRun, ...skipped]) console.log(`not run: ${line}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 || (process.env.CI && notRun.length > 0) ? 1 : 0;

/** What is tested as a program is the program of these sources. Where the checkout cannot be written, it is what is there. */
function compile() {
  try {
    accessSync(checkout, constants.W_OK);
  } catch {
    return;
  }
  const { status } = spawnSync(process.execPath, [join(checkout, 'build/compile.mjs')], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

function runSuite({ name, args }) {
  console.log(`\n== ${name}`);
  const user = asOrdinaryUser();
  const report = join(user.home, `${name}.json`);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(
    process.execPath,
    [
      vitest,
      'run',
      ...args,
      '--configLoader=runner',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...user.spawn },
  );
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    total.passed += numPassedTests;
    total.failed += numFailedTests;
    for (const file of testResults) {
      for (const test of file.assertionResults) {
        if (!['passed', 'failed'].includes(test.status)) skipped.push(`${name}: ${test.fullName}`);
      }
    }
    // A file that does not load, or an error outside any test, fails the run without failing a test.
    if (status !== 0 && numFailedTests === 0) total.failed += 1;
  } catch (error) {
    console.log(`${name}: no report (${error.message})`);
    total.failed += 1;
  } finally {
    user.dispose();
  }
}
