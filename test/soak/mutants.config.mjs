// `npm run mutants`: changes policy and binding piece by piece and looks which changes no test notices. Hours, on two cores;
// `npm run mutants -- --mutate main/policy/decide.ts` is one piece. A survivor that makes an answer milder is a missing case.
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/soak/mutants.vitest.config.ts' },
  mutate: ['main/{policy,binding}/**/*.ts'],
  ignorePatterns: ['dist', '.cache', 'docs', 'renderer', 'preload'],
  tempDirName: join(tmpdir(), 'latchkey-mutants'),
  reporters: ['clear-text'],
  clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: true },
  coverageAnalysis: 'perTest',
  concurrency: 1,
};
