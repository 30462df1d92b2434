import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Outside the checkout: another user may read it without being able to write it.
  cacheDir: join(tmpdir(), `latchkey-vitest-${String(process.getuid?.() ?? 0)}`),
  test: {
    include: ['test/**/*.test.ts'],
    // Suites with needs of their own have a configuration of their own.
    exclude: ['test/{gateway,ui,keychain,standin,soak,renderer/windows,gallery}/**', '**/node_modules/**'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    restoreMocks: true,
  },
});
