import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

import { expect, onTestFinished, test } from 'vitest';

import { type AuditEntry, parseEntry } from '../../main/audit/audit-entry.ts';
import { startLatchkey } from '../bench/nodes.ts';
import { openDescriptors, residentBytes } from '../bench/processes.ts';

/** Smaller for a look whether it works at all. */
const COMMANDS = Number(process.env['LATCHKEY_SOAK_COMMANDS'] ?? 10_000);
const AT_ONCE = 8;
const SAMPLES = 20;
const MB = 1024 * 1024;
/** That a key was used is remembered for each command, and garbage is collected when it suits the engine. */
const ROOM_BYTES = 24 * MB;

const BURST = 1000;

async function latchkey() {
  const node = await startLatchkey();
  onTestFinished(() => node.stop());
  return node;
}

test(`${COMMANDS} commands, and neither memory nor descriptors grow with them`, async () => {
  const node = await latchkey();
  const memory: number[] = [];
  const descriptors: (number | null)[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    let left = COMMANDS / SAMPLES;
    const lane = async (): Promise<void> => {
      while (left-- > 0) await node.run();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    memory.push(await residentBytes(node.pid));
    descriptors.push(await settledDescriptors(node.pid));
  }
  say(`resident memory in MB: ${memory.map((bytes) => Math.round(bytes / MB)).join(' ')}`);
  say(`open descriptors: ${descriptors.map((count) => count ?? 'not told by this system').join(' ')}`);

  const most = (from: number, to: number): number => Math.max(...memory.slice(from * SAMPLES, to * SAMPLES));
  expect(most(0.75, 1)).toBeLessThan(most(0.25, 0.5) + ROOM_BYTES);
  expect(descriptors.at(-1)).toBe(descriptors[0]);

  const recorded = await byKind(node.journal);
  say(`recorded: ${JSON.stringify(Object.fromEntries(recorded))}`);
  expect(node.link.answered).toHaveLength(COMMANDS);
  for (const kind of ['request', 'binding', 'decision', 'start', 'end'] as const) {
    expect(recorded.get(kind)).toBe(COMMANDS);
  }
});

test(`${BURST} requests at once are answered exactly once each`, async () => {
  const node = await latchkey();
  const outcomes = await Promise.all(
    Array.from({ length: BURST }, (_, index) =>
      node.invoke(index % 2 === 0 ? ['/usr/bin/true'] : ['/usr/bin/id', String(index)]),
    ),
  );
  // Whatever was answered twice is in front of this on the same connection.
  await node.link.invoke('system.which', { bins: ['true'] });
  expect(node.link.answered).toHaveLength(BURST + 1);
  expect(new Set(node.link.answered).size).toBe(BURST + 1);

  const ran = outcomes.filter(({ ok }) => ok).length;
  const refused = outcomes.filter((outcome) => !outcome.ok && outcome.code === 'SYSTEM_RUN_DENIED').length;
  say(`${BURST} at once: ${ran} ran, ${refused} were refused before anything ran`);
  expect(ran + refused).toBe(BURST);
  expect(ran).toBeGreaterThan(0);
  // Not on the list.
  expect(outcomes.filter(({ ok }, index) => index % 2 === 1 && ok)).toEqual([]);

  const recorded = await byKind(node.journal);
  say(`recorded: ${JSON.stringify(Object.fromEntries(recorded))}`);
  expect(recorded.get('request')).toBe(BURST);
  expect(recorded.get('end')).toBe(recorded.get('start'));
  expect(recorded.get('start')).toBeGreaterThanOrEqual(ran);
});

/** Of a process that has nothing to do: one that looks at the process table has it open for a moment. */
async function settledDescriptors(pid: number): Promise<number | null> {
  let fewest = openDescriptors(pid);
  for (let look = 0; look < 50 && fewest !== null; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    fewest = Math.min(fewest, openDescriptors(pid) ?? fewest);
  }
  return fewest;
}

async function byKind(journal: string): Promise<Map<AuditEntry['kind'], number>> {
  const counts = new Map<AuditEntry['kind'], number>();
  for await (const line of createInterface({ input: createReadStream(journal) })) {
    const { kind } = parseEntry(JSON.parse(line));
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
