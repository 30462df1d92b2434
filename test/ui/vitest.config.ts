import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defineConfig } from 'vitest/config';

/** The whole app, driven from outside: on the stand-in, or on Electron with LATCHKEY_REAL_ELECTRON=1. */
export default defineConfig({
  cacheDir: join(tmpdir(), `latchkey-vitest-${String(process.getuid?.() ?? 0)}`),
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['build-standin-for-tests.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
