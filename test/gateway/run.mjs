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
const count = (state) => tests.filter((test) => test.result().state === state).length;
await vitest.close();
process.stdout.write(`${count('passed')} passed, ${tests.length - count('passed')} failed\n`);
