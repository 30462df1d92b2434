import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

import { decisions } from './decisions.ts';
import { type MeasuredNode, startLatchkey, startResponder } from './nodes.ts';
import { residentBytes } from './processes.ts';
import { prompts } from './prompts.ts';
import { runToEnd } from './run-to-end.ts';
import { inTurns, type Series, series } from './series.ts';
import { megabytes, rate, seriesRow, table, times } from './table.ts';

const FOR_MS = 5000;
const STARTS = 5;
const benchScript = fileURLToPath(new URL('bench.js', import.meta.url));

/** How fast Latchkey is beside what cannot be left out. Prints ratios and judges nothing: the machine may be busy. */
export async function report(): Promise<void> {
  const begun = performance.now();
  const [load = 0] = loadavg();
  say(`Node ${process.version}, ${process.platform}, ${cpus().length} cores, load ${load.toFixed(1)}`);
  const header = ['', 'p50', 'p95', 'rate', 'p50 in times the floor'];
  const judged = await decisions();
  say(
    table([
      [...header, 'of one core alone'],
      ...judged.flatMap(([decision, floor]) => [
        [...seriesRow(decision, times(decision.p50Ms, floor.p50Ms)), rate(decision.perCoreSecond ?? 0)],
        [...seriesRow(floor, 'floor'), rate(floor.perCoreSecond ?? 0)],
      ]),
    ]),
  );

  const bare = await started('bare responder', () => startResponder(benchScript));
  const ours = await started('latchkey', startLatchkey);
  try {
    const idle = await Promise.all([residentBytes(ours.node.pid), residentBytes(bare.node.pid)]);
    const runs = await roundTrips(ours.node, bare.node);
    say(
      table([
        header,
        ...runs.flatMap(([our, floor, spawned]) => [
          seriesRow(our, `${times(our.p50Ms, floor.p50Ms)} bare, ${times(our.p50Ms, spawned.p50Ms)} spawn`),
          seriesRow(floor, 'floor'),
          seriesRow(spawned, 'floor'),
        ]),
        seriesRow(ours.start, `${times(ours.start.p50Ms, bare.start.p50Ms)} bare`),
        seriesRow(bare.start, 'floor'),
      ]),
    );
    const loaded = await Promise.all([residentBytes(ours.node.pid), residentBytes(bare.node.pid)]);
    say(
      table([
        ['resident memory', 'connected', 'after the runs', 'connected, in times the floor'],
        ['latchkey', megabytes(idle[0]), megabytes(loaded[0]), times(idle[0], idle[1])],
        ['bare responder', megabytes(idle[1]), megabytes(loaded[1]), 'floor'],
      ]),
    );
  } finally {
    await ours.node.stop();
    await bare.node.stop();
  }
  const shown = await prompts();
  if (shown === null) say('request to prompt painted: not measured, there is no Chromium here');
  else {
    const [question, floor] = shown;
    const beside = `${times(question.p50Ms, floor.p50Ms)}, p95 ${times(question.p95Ms, floor.p95Ms)}; limit of p95: 100 ms`;
    say(table([header, seriesRow(question, beside), seriesRow(floor, 'floor')]));
  }
  say(`took ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

/** Starts one again and again; the last one stays. */
async function started(
  name: string,
  open: () => Promise<MeasuredNode>,
): Promise<{ node: MeasuredNode; start: Series }> {
  const tookMs: number[] = [];
  for (;;) {
    const node = await open();
    tookMs.push(node.startToConnectedMs);
    if (tookMs.length === STARTS) return { node, start: series(`${name}: start to connected`, tookMs, null) };
    await node.stop();
  }
}

type RoundTrips = readonly [ours: Series, bare: Series, spawned: Series];

async function roundTrips(ours: MeasuredNode, bare: MeasuredNode): Promise<readonly RoundTrips[]> {
  const measure = (how: string, atOnce: number): Promise<RoundTrips> =>
    inTurns(
      [
        { what: `latchkey: ${how}`, run: ours.run },
        { what: `bare responder: ${how}`, run: bare.run },
        { what: `spawn alone: ${how}`, run: () => runToEnd('/usr/bin/true') },
      ] as const,
      { forMs: FOR_MS, atOnce },
    );
  return [await measure('one by one', 1), await measure('20 at once', 20)];
}

const say = (text: string): void => void process.stdout.write(`${text}\n\n`);
