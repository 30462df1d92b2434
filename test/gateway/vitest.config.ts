import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defineConfig } from 'vitest/config';

export default defineConfig({
  cacheDir: join(tmpdir(), `latchkey-vitest-${String(process.getuid?.() ?? 0)}`),
  test: {
    include: ['test/gateway/**/*.test.ts'],
    // A gateway fills a core: one file after the other, and time for a machine that has other work.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 240_000,
    // The facts are for the reader of the log, as they are.
    disableConsoleIntercept: true,
  },
});
