import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { InvokeOutcome, NodeLink } from '../gateway-practice/node-link.ts';
import { ask, deny, type PairedApp, startPairedApp } from './test-app.ts';

/** A burst as large as the desk takes, through the whole app, twice. */
let paired: PairedApp;
let link: NodeLink;
beforeAll(async () => {
  paired = await startPairedApp();
  link = await paired.gateway.connected();
});
afterAll(() => paired.close());

const MANY = 1000;
/** Of the gateway: it must not be the one to end a question. */
const PATIENCE_MS = 900_000;
/** What main may hold more than before, once a burst is answered. */
const FLAT_MB = 24;

interface Asked {
  readonly id: string;
  readonly outcome: Promise<InvokeOutcome>;
}

/** All at once, each with another command. Resolves when each waits for the person. */
async function burst(): Promise<readonly Asked[]> {
  const asked = Array.from({ length: MANY }, (_, n) => {
    const id = randomUUID();
    const run = { command: ['/usr/bin/touch', `file-${n}`], runId: id, agentId: 'main' };
    return { id, outcome: link.invoke('system.run', run, { id, timeoutMs: PATIENCE_MS }) };
  });
  await paired.prompt.getByText(`${MANY - 1} more waiting`).waitFor({ timeout: 120_000 });
  return asked;
}

/** A word to the window and one to the menu bar. */
async function responds(): Promise<void> {
  expect(await paired.prompt.evaluate('latchkey.current().then(({ value }) => value.waiting)')).toBe(
    MANY - 1,
  );
  await expect
    .poll(async () => (await paired.app.tray.menu()).map(({ label }) => label))
    .toContain(`${MANY} waiting for you`);
}

/** Each in `asked` was denied, by one answer and no more. */
async function expectOneNoEach(asked: readonly Asked[]): Promise<void> {
  const outcomes = await Promise.all(asked.map(({ outcome }) => outcome));
  expect(new Set(outcomes.map((outcome) => (outcome.ok ? 'ran' : outcome.code)))).toEqual(
    new Set(['SYSTEM_RUN_DENIED']),
  );
  const ids = new Set(asked.map(({ id }) => id));
  expect(link.answered.filter((id) => ids.has(id))).toHaveLength(asked.length);
}

/** What main still holds when everything that nobody holds is gone. */
const heldMb = () =>
  paired.app.electron.evaluate(async () => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
    const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void;
    for (let turn = 0; turn < 3; turn += 1) {
      collect();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return (heapUsed + arrayBuffers) / 1024 / 1024;
  });

/** The last answers are on their way while their record is still written. */
const settled = async () => {
  const { answer } = await ask(paired, 'echo between');
  await deny(paired);
  expect(await answer).toMatchObject({ outcome: 'denied-before-execution' });
};

test('a thousand requests at once: the person is answered, each gets one no, and memory comes back', async () => {
  await settled();
  const before = await heldMb();

  const first = await burst();
  await responds();
  await paired.prompt.getByRole('button', { name: 'more waiting' }).click();
  await paired.prompt.getByRole('button', { name: `Deny All ${MANY}` }).click();
  await expectOneNoEach(first);
  await settled();
  const afterFirst = await heldMb();
  expect(afterFirst - before).toBeLessThan(FLAT_MB);

  const second = await burst();
  await responds();
  const givenUp = second.slice(0, MANY / 4);
  for (const { id } of givenUp) link.cancel(id);
  await paired.prompt.getByText(`${MANY - givenUp.length - 1} more waiting`).waitFor({ timeout: 60_000 });
  await paired.app.person.power('lock-screen');
  await expectOneNoEach(second.slice(givenUp.length));
  expect(link.answered.filter((id) => givenUp.some((asked) => asked.id === id))).toEqual([]);
  await paired.app.person.power('unlock-screen');
  await settled();
  expect((await heldMb()) - afterFirst).toBeLessThan(FLAT_MB / 2);
}, 400_000);
