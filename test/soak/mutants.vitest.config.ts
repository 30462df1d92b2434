import { defineConfig } from 'vitest/config';

/** The cases by which a mutant is judged; properties are left to their own runs, since chance would decide. */
export default defineConfig({
  test: {
    include: ['test/{policy,binding}/**/*.test.ts'],
    exclude: ['test/policy/properties.test.ts'],
    // A time that is measured says nothing while mutants run.
    testNamePattern: /^(?!.*never takes long)/,
    testTimeout: 20_000,
  },
});
