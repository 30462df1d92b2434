import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defineConfig } from 'vitest/config';

/** Inputs for each property, where its suite does not say otherwise. */
const PROPERTY_RUNS = '10000';
const RACE_RUNS = '10000';
const KILLS = '500';

const tests = join(import.meta.dirname, '..');
/** Suites with needs of their own are not for here. */
const elsewhere = /^(?:gateway|ui|keychain|standin|renderer\/windows|gallery|soak)\//;

/** Every suite that has a property, and so more to say with more inputs. */
const withProperties = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter(
  (path) =>
    path.endsWith('.test.ts') &&
    !elsewhere.test(path) &&
    readFileSync(join(tests, path), 'utf8').includes("from 'fast-check'"),
);

export default defineConfig({
  cacheDir: join(tmpdir(), `latchkey-vitest-${String(process.getuid?.() ?? 0)}`),
  test: {
    include: [
      'test/soak/**/*.test.ts',
      'test/race/race.test.ts',
      'test/node/killed-policy.test.ts',
      ...withProperties.map((path) => `test/${path}`),
    ],
    setupFiles: ['test/soak/many-runs.ts'],
    env: {
      LATCHKEY_PROPERTY_RUNS: process.env['LATCHKEY_PROPERTY_RUNS'] ?? PROPERTY_RUNS,
      LATCHKEY_RACE_RUNS: process.env['LATCHKEY_RACE_RUNS'] ?? RACE_RUNS,
      LATCHKEY_KILLS: process.env['LATCHKEY_KILLS'] ?? KILLS,
    },
    // What measures a process is not measured beside others.
    fileParallelism: false,
    testTimeout: 60 * 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
});
