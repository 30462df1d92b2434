import { Stryker } from '@stryker-mutator/core';
import { expect, test } from 'vitest';

/** By which a mutant was noticed that no assertion noticed. */
const BY_A_QUESTION = ['milder', 'differs'];

/**
 * Each change of policy and binding that Stryker can think of, against every test of them; what no assertion notices is
 * asked the questions of the tests and many made-up ones. docs/decisions/0022 says what the numbers mean.
 */
test('no surviving mutant loosens the case table', { timeout: 90 * 60_000 }, async () => {
  const results = await new Stryker({
    configFile: 'test/soak/mutants/config.mjs',
    reporters: [],
  }).runMutationTest();
  const by = (one: string): typeof results => results.filter(({ killedBy }) => killedBy?.[0] === one);
  const milder = by('milder').map(
    ({ fileName, location, replacement, statusReason }) =>
      `${fileName.replace(/^.*\/main\//, 'main/')}:${location.start.line} ${replacement}: ${statusReason ?? ''}`,
  );
  const told = results.filter(
    ({ status, killedBy }) =>
      status === 'Timeout' || (status === 'Killed' && !BY_A_QUESTION.includes(killedBy?.[0] ?? '')),
  );
  process.stdout.write(
    `mutants: ${results.length}; told apart by an assertion: ${told.length}; only by another answer: ${by('differs').length}; ` +
      `by nothing: ${results.filter(({ status }) => status === 'Survived' || status === 'NoCoverage').length}; ` +
      `milder: ${milder.length}\n${milder.join('\n')}\n`,
  );
  expect(results.length).toBeGreaterThan(1000);
  expect(milder).toEqual([]);
});
