// The walk against the real gateway: brings it, runs test/gateway, says what came out.
import { fileURLToPath } from 'node:url';
import { startVitest } from 'vitest/node';

import { installGateway, oneLine } from './install.mjs';

let installation;
try {
  installation = await installGateway();
} catch (error) {
  process.stderr.write(`test:gateway cannot run: ${oneLine(error)}\n`);
  process.exit(1);
}

const vitest = await startVitest('test', process.argv.slice(2), {
  run: true,
  config: fileURLToPath(new URL('vitest.config.ts', import.meta.url)),
  root: fileURLToPath(new URL('../..', import.meta.url)),
  provide: { installation },
  reporters: ['verbose'],
});
const tests = vitest.state.getTestModules().flatMap((file) => [...file.children.allTests()]);
const passed = tests.filter((test) => test.result().state === 'passed').length;
const strayErrors = vitest.state.getUnhandledErrors().length;
const brokenFiles = vitest.state.getTestModules().filter((file) => file.errors().length > 0).length;
await vitest.close();

// A test that did not run did not pass; an error outside any test is a failure of its own.
const failed = tests.length - passed + strayErrors + brokenFiles;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
