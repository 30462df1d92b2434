import fc, { type RunDetails } from 'fast-check';
import { afterAll, expect } from 'vitest';

let inputs = 0;
let properties = 0;

/** A suite that names its own number of inputs keeps it: what is printed is what really ran. */
fc.configureGlobal({
  numRuns: Number(process.env['LATCHKEY_PROPERTY_RUNS']),
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor, a plugin, cannot be set for all properties
  reporter: count,
});

afterAll(() => {
  if (properties === 0) return;
  const file = expect.getState().testPath?.replace(/^.*\/test\//, 'test/') ?? '';
  process.stdout.write(`${file}: ${properties} properties, ${inputs} inputs\n`);
});

/** In place of fast-check's own reporter, which is what fails a test. */
function count(details: RunDetails<unknown>): void {
  properties += 1;
  inputs += details.numRuns;
  if (details.failed) throw new Error(fc.defaultReportMessage(details));
}
