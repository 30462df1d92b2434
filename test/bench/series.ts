/** What was measured of one thing. */
export interface Series {
  readonly what: string;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Null where nothing was repeated. */
  readonly perSecond: number | null;
  /** By the processor time of this process, whatever else the machine does. */
  readonly perCoreSecond: number | null;
}

export interface Work {
  readonly what: string;
  readonly run: () => Promise<unknown>;
}

interface Overall {
  /** That they took together, those at the same time counted once. */
  readonly wallMs: number;
  readonly coreMs: number;
}

/** @param tookMs of each. */
export function series(what: string, tookMs: readonly number[], overall: Overall | null): Series {
  const sorted = tookMs.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return {
    what,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    perSecond: overall && (tookMs.length * 1000) / overall.wallMs,
    perCoreSecond: overall && (tookMs.length * 1000) / overall.coreMs,
  };
}

const SLICE_MS = 500;

/**
 * Does each again and again, `atOnce` at a time, each for about that long. They take turns in slices, so that whatever else
 * the machine does falls on all of them, and their ratio says something.
 */
export async function inTurns<Works extends readonly Work[]>(
  works: Works,
  { forMs, atOnce = 1, warmUp = 30 }: { forMs: number; atOnce?: number; warmUp?: number },
): Promise<{ [Index in keyof Works]: Series }> {
  const measured = works.map((work) => ({ ...work, tookMs: [] as number[], wallMs: 0, coreMs: 0 }));
  for (const { run } of measured) for (let done = 0; done < warmUp; done += 1) await run();
  for (let slice = 0; slice < forMs / SLICE_MS; slice += 1) {
    for (const one of measured) {
      const begun = performance.now();
      const cpuBefore = process.cpuUsage();
      const lane = async (): Promise<void> => {
        while (performance.now() - begun < SLICE_MS) {
          const before = performance.now();
          await one.run();
          one.tookMs.push(performance.now() - before);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, lane));
      const { user, system } = process.cpuUsage(cpuBefore);
      one.wallMs += performance.now() - begun;
      one.coreMs += (user + system) / 1000;
    }
  }
  return measured.map(({ what, tookMs, ...overall }) => series(what, tookMs, overall)) as {
    [Index in keyof Works]: Series;
  };
}
