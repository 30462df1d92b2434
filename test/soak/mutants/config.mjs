// `npm run mutants`: changes policy and binding piece by piece, and looks which changes no case tells apart.
// `npm run mutants -- --mutate main/policy/decide.ts` is one piece.
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default {
  testRunner: 'cases',
  plugins: [join(import.meta.dirname, 'case-runner.mjs')],
  mutate: ['main/{policy,binding}/**/*.ts'],
  ignorePatterns: ['/*', '!/main', '!/test', '!/package.json'],
  tempDirName: join(tmpdir(), `latchkey-mutants-${process.pid}`),
  reporters: ['clear-text'],
  clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: true },
  disableTypeChecks: false,
  coverageAnalysis: 'perTest',
  // A mutant that never ends is stopped by its count of turns, or by this.
  timeoutMS: 15_000,
  concurrency: 2,
};
