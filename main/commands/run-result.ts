import type { EndReason, Finished } from '../run/run-outcome.ts';

const endedTexts: Record<EndReason, string> = {
  timeout: 'ended: its time was over',
  cancelled: 'ended: its caller gave up',
  disconnected: 'ended: the connection to the gateway was lost',
  refused: 'ended: the gateway does not take this Mac any more',
  paused: 'ended: the person at this Mac paused Latchkey',
  contained: 'ended: the person at this Mac stopped everything',
  unpaired: 'ended: this Mac was unpaired',
  quit: 'ended: Latchkey was quit on this Mac',
};

const CUT = '[output cut: it was longer than this Mac hands on]';

/** The answer to a run that started. The agent reads only the output and `error`: what it has to know stands there. */
export function runResult(outcome: Finished): Readonly<Record<string, unknown>> {
  const { exitCode, timedOut, success, stdout, stderr, truncated, endedBy } = outcome;
  return {
    exitCode,
    timedOut,
    success,
    stdout,
    stderr: truncated ? `${stderr}${stderr === '' || stderr.endsWith('\n') ? '' : '\n'}${CUT}\n` : stderr,
    error: endedBy === null ? null : endedTexts[endedBy],
    ...(truncated ? { truncated } : {}),
  };
}
