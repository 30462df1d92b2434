import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Outside the checkout: another user may read it without being able to write it.
  cacheDir: join(tmpdir(), `latchkey-vitest-${String(process.getuid?.() ?? 0)}`),
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/gateway/**', 'test/ui/**', 'test/keychain/**', '**/node_modules/**'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    restoreMocks: true,
  },
});
