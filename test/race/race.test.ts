import { expect, it } from 'vitest';

import { race } from './race.ts';

const RUNS = Number(process.env['LATCHKEY_RACE_RUNS'] ?? 1000);

/** docs/decisions/0016 says what remains of the race. */
it(`of ${RUNS} runs none shows unapproved bytes without being reported`, { timeout: 3_600_000 }, async () => {
  const tally = await race(RUNS);
  const { refused, ran, drifted, unapproved, unreported } = tally;
  process.stdout.write(
    `race: ${RUNS} runs: ${refused} refused, ${ran} ran, ${drifted} of them with drift; ` +
      `${unapproved} showed unapproved bytes, ${unreported} of them unreported\n`,
  );
  expect(unreported).toBe(0);
  // Otherwise nothing was tried.
  expect(refused).toBeGreaterThan(RUNS / 20);
  expect(ran).toBeGreaterThan(RUNS / 20);
  expect(drifted).toBeGreaterThan(0);
});
