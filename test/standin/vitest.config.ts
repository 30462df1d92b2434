import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defineConfig } from 'vitest/config';

/** Tests of the stand-in itself. They need Chromium, so they are a project of their own. */
export default defineConfig({
  cacheDir: join(tmpdir(), `latchkey-vitest-${String(process.getuid?.() ?? 0)}`),
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['build-for-tests.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
