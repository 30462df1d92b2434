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
    // With --coverage: every branch of what decides has a case. What has none is no protection, or no code.
    coverage: {
      provider: 'v8',
      include: ['main/{policy,binding}/**/*.ts'],
      reporter: [['text', { skipFull: true }]],
      reportsDirectory: join(tmpdir(), `latchkey-coverage-${String(process.getuid?.() ?? 0)}`),
      thresholds: { branches: 100 },
    },
  },
});
