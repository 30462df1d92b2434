import type { Finished, RunOutcome, RunSpec } from '../../main/run/run-outcome.ts';
import { startRun } from '../../main/run/start-run.ts';

/** As the real ones, with less patience. */
const QUICK = { graceMs: 300, killMs: 2_000, pipeWaitMs: 200 };

/** A run of a shell text, as the gateway sends nearly all of them. */
export function shell(text: string, overrides: Partial<RunSpec> = {}): RunSpec {
  return {
    argv: ['/bin/sh', '-c', text],
    executablePath: '/bin/sh',
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    timeoutMs: 20_000,
    ...overrides,
  };
}

export const start = (spec: RunSpec) => startRun(spec, QUICK);

export async function finish(spec: RunSpec): Promise<Finished> {
  return finished(await start(spec).outcome);
}

export function finished(outcome: RunOutcome): Finished {
  if (outcome.kind !== 'finished') throw new Error(outcome.text);
  return outcome;
}
