import type { ConnectFailure, Found, TransportProblem } from './connect-failure.ts';
import type { ConnectAuth } from './credentials.ts';
import type { GatewayError } from './frames.ts';

/** What keeps the connection from being there. Closed: each has its words in main/pairing. */
export type Problem = TransientProblem | FinalProblem;

/** Goes away by itself, or by somebody's doing elsewhere: tried again. */
export type TransientProblem =
  | Exclude<TransportProblem, ToDecide>
  | 'connection-lost'
  | 'gateway-starting'
  | 'gateway-unavailable'
  | 'rate-limited';

/** Something else was found than what this Mac paired with: the person decides what it is. */
export type ToDecide = 'certificate-mismatch' | 'stranger-listens';

export const isToDecide = (problem: TransportProblem): problem is ToDecide =>
  problem === 'certificate-mismatch' || problem === 'stranger-listens';

/** Only the person can change it: nothing is tried until they say so. */
export type FinalProblem =
  | ToDecide
  | 'shared-token-rejected'
  | 'setup-code-rejected'
  | 'device-token-rejected'
  | 'identity-refused'
  | 'version-mismatch'
  | 'gateway-refused'
  | 'no-device-token'
  | 'secret-not-stored'
  | 'nothing-to-show';

/** What to do after a connection failed or ended. */
export type Step =
  | { readonly kind: 'retry'; readonly problem: TransientProblem; readonly afterMs: number }
  /** Somebody has to approve a request on the gateway. Null: not looked again until the person asks. */
  | { readonly kind: 'await-approval'; readonly requestId: string | null; readonly afterMs: number | null }
  | { readonly kind: 'stop'; readonly problem: FinalProblem; readonly found?: Found };

export interface History {
  /** Attempts in a row without a connection that lasted, this one included: 1 or more. */
  readonly failures: number;
  /** How long an approval has been waited for, in milliseconds. */
  readonly awaitingMs: number;
  /** From 0 to below 1. */
  readonly random: number;
}

const BACKOFF_MS = { first: 1000, most: 15_000 };
const APPROVAL_MS = { first: 2000, most: 5000 };
const SLOW_LOOK_MS = 10_000;
/** As long as a setup code lives. */
const PATIENCE_MS = 10 * 60_000;
const RATE_LIMIT_MS = 60_000;
/** Whatever a gateway asks for: never a tight loop, never for good. */
const ASKED_RANGE_MS = { min: 100, max: 60 * 60_000 };

export function nextStep(failure: ConnectFailure, history: History): Step {
  switch (failure.kind) {
    case 'transport':
      if (isToDecide(failure.problem)) return stop(failure.problem, failure.found);
      return retryLater(failure.problem, history);
    case 'unusable':
      return stop(failure.problem);
    case 'refused':
      return afterRefusal(failure.error, failure.shown, history);
  }
}

export function retryLater(problem: TransientProblem, { failures, random }: History): Step {
  return { kind: 'retry', problem, afterMs: jittered(BACKOFF_MS, failures, random) };
}

/** Whether the gateway will never accept again what was shown. */
export function isRejection(problem: FinalProblem): boolean {
  return problem.endsWith('-rejected');
}

function afterRefusal(error: GatewayError, shown: ConnectAuth['kind'], history: History): Step {
  const { details } = error;
  const code = details.code ?? error.code;
  if (code === 'PAIRING_REQUIRED' || code === 'NOT_PAIRED')
    return afterPairingRequired(error, shown, history);

  const asked = askedDelay(error);
  if (code === 'AUTH_RATE_LIMITED') return retry('rate-limited', asked ?? RATE_LIMIT_MS, history);
  const rejected = rejection(code, shown);
  if (rejected !== undefined) return stop(rejected);
  if (details.pauseReconnect === true) return stop('gateway-refused');
  if (error.code === 'UNAVAILABLE') {
    const problem = details.reason === 'startup-sidecars' ? 'gateway-starting' : 'gateway-unavailable';
    return asked === undefined ? retryLater(problem, history) : retry(problem, asked, history);
  }
  const hopeful = error.retryable ?? details.retryable ?? details.recommendedNextStep === 'wait_then_retry';
  if (!hopeful) return stop('gateway-refused');
  return asked === undefined
    ? retryLater('gateway-unavailable', history)
    : retry('gateway-unavailable', asked, history);
}

function afterPairingRequired(error: GatewayError, shown: ConnectAuth['kind'], history: History): Step {
  const { reason, requestId, pauseReconnect, recommendedNextStep, retryable } = error.details;
  // A device that was paired and is not any more: asking again would be pairing again behind the person's back.
  if (shown === 'deviceToken' && (reason === undefined || reason === 'not-paired'))
    return stop('device-token-rejected');

  const wait = (afterMs: number | null): Step => ({
    kind: 'await-approval',
    requestId: requestId ?? null,
    afterMs,
  });
  if (pauseReconnect === true) return wait(null);
  const toldToRetry = retryable === true || recommendedNextStep === 'wait_then_retry';
  if (toldToRetry) return wait(askedDelay(error) ?? jittered(APPROVAL_MS, history.failures, history.random));
  // Without a hint this is a pause: a slow look now and then, so that an approval is noticed, and only for a while.
  return wait(history.awaitingMs < PATIENCE_MS ? SLOW_LOOK_MS : null);
}

/** Undefined when the code does not say that what was shown, or who showed it, is refused for good. */
function rejection(code: string, shown: ConnectAuth['kind']): FinalProblem | undefined {
  if (code === 'PROTOCOL_MISMATCH' || code === 'CLIENT_VERSION_MISMATCH') return 'version-mismatch';
  if (code.startsWith('DEVICE_')) return 'identity-refused';
  if (code === 'AUTH_BOOTSTRAP_TOKEN_INVALID') return 'setup-code-rejected';
  if (code === 'AUTH_DEVICE_TOKEN_MISMATCH' || code === 'AUTH_TOKEN_MISMATCH') return REJECTED[shown];
  return code.startsWith('AUTH_') ? 'gateway-refused' : undefined;
}

const REJECTED = {
  deviceToken: 'device-token-rejected',
  bootstrapToken: 'setup-code-rejected',
  token: 'shared-token-rejected',
} as const;

function askedDelay({ retryAfterMs, details }: GatewayError): number | undefined {
  const asked = retryAfterMs ?? details.retryAfterMs;
  return asked === undefined ? undefined : Math.min(Math.max(asked, ASKED_RANGE_MS.min), ASKED_RANGE_MS.max);
}

/** Not before what the gateway asked for, and not everybody at the same moment after it. */
function retry(problem: TransientProblem, askedMs: number, { random }: History): Step {
  return { kind: 'retry', problem, afterMs: Math.round(askedMs * (1 + 0.2 * random)) };
}

/** Doubles up to `most`; between half and all of it, so that many nodes do not come back at once. */
function jittered(
  { first, most }: { first: number; most: number },
  failures: number,
  random: number,
): number {
  const ceiling = Math.min(first * 2 ** Math.min(failures - 1, 16), most);
  return Math.round(ceiling * (0.5 + 0.5 * random));
}

function stop(problem: FinalProblem, found?: Found): Step {
  return { kind: 'stop', problem, ...(found && { found }) };
}
