import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { ConnectAuth } from '../../main/gateway/credentials.ts';
import { type GatewayError, inboundFrame } from '../../main/gateway/frames.ts';
import { type History, nextStep, retryLater } from '../../main/gateway/reconnect-policy.ts';

const HISTORY: History = { failures: 1, awaitingMs: 0, random: 0 };

/** As it is after it came over the wire. */
function received(error: unknown): GatewayError {
  const frame = inboundFrame.parse({ type: 'res', id: '1', ok: false, error });
  if (frame.type !== 'res' || !frame.error) throw new Error('not an error');
  return frame.error;
}

const after = (error: object, shown: ConnectAuth['kind'] = 'deviceToken', history: Partial<History> = {}) =>
  nextStep({ kind: 'refused', error: received(error), shown }, { ...HISTORY, ...history });

const detail = (code: string, more: object = {}) => ({
  code: 'INVALID_REQUEST',
  message: 'x',
  details: { code, ...more },
});
const notPaired = (more: object = {}) => ({
  ...detail('PAIRING_REQUIRED', { reason: 'not-paired', requestId: 'r-1', ...more }),
  code: 'NOT_PAIRED',
});

test.each([
  ['AUTH_TOKEN_MISMATCH', 'token', 'shared-token-rejected'],
  ['AUTH_TOKEN_MISMATCH', 'deviceToken', 'device-token-rejected'],
  ['AUTH_DEVICE_TOKEN_MISMATCH', 'deviceToken', 'device-token-rejected'],
  ['AUTH_BOOTSTRAP_TOKEN_INVALID', 'bootstrapToken', 'setup-code-rejected'],
  ['AUTH_TOKEN_MISSING', 'deviceToken', 'gateway-refused'],
  ['AUTH_SCOPE_MISMATCH', 'deviceToken', 'gateway-refused'],
  ['AUTH_UNAUTHORIZED', 'token', 'gateway-refused'],
  ['DEVICE_AUTH_SIGNATURE_INVALID', 'deviceToken', 'identity-refused'],
  ['DEVICE_IDENTITY_REQUIRED', 'token', 'identity-refused'],
  ['PROTOCOL_MISMATCH', 'deviceToken', 'version-mismatch'],
  ['SOMETHING_NEW', 'deviceToken', 'gateway-refused'],
  ['PAIRING_REQUIRED', 'deviceToken', 'device-token-rejected'],
] as const)('%s, having shown a %s, stops: %s', (code, shown, problem) => {
  expect(after(detail(code), shown)).toEqual({ kind: 'stop', problem });
});

test.each([
  [
    'gateway-starting',
    { code: 'UNAVAILABLE', details: { reason: 'startup-sidecars' }, retryable: true, retryAfterMs: 500 },
    500,
  ],
  [
    'gateway-unavailable',
    { code: 'UNAVAILABLE', details: { reason: 'gateway-restarting' }, retryAfterMs: 700 },
    700,
  ],
  ['gateway-unavailable', { code: 'UNAVAILABLE' }, 500],
  ['gateway-unavailable', { code: 'INTERNAL', retryable: true }, 500],
  ['gateway-unavailable', detail('SOMETHING_NEW', { recommendedNextStep: 'wait_then_retry' }), 500],
  ['rate-limited', { ...detail('AUTH_RATE_LIMITED'), retryAfterMs: 90_000 }, 90_000],
  ['rate-limited', detail('AUTH_RATE_LIMITED', { retryAfterMs: 5000 }), 5000],
  ['rate-limited', detail('AUTH_RATE_LIMITED'), 60_000],
] as const)('%s is tried again', (problem, error, afterMs) => {
  expect(after(error)).toEqual({ kind: 'retry', problem, afterMs });
});

test.each([
  ['never a tight loop', 0, 100],
  ['never for good', 1e15, 3_600_000],
])('whatever a gateway asks for: %s', (_why, retryAfterMs, afterMs) => {
  expect(after({ code: 'UNAVAILABLE', retryAfterMs })).toMatchObject({ afterMs });
});

test('pauseReconnect stops even what is retryable', () => {
  expect(after(detail('SOMETHING_NEW', { pauseReconnect: true, retryable: true }))).toEqual({
    kind: 'stop',
    problem: 'gateway-refused',
  });
});

test.each([
  [
    'told to retry: soon',
    notPaired({ recommendedNextStep: 'wait_then_retry', retryable: true, pauseReconnect: false }),
    {},
    1000,
  ],
  ['told to retry, again and again: less often', notPaired({ retryable: true }), { failures: 9 }, 2500],
  ['told when', { ...notPaired({ retryable: true }), retryAfterMs: 3000 }, {}, 3000],
  ['told nothing: a slow look', notPaired(), {}, 10_000],
  ['told nothing for ten minutes: not any more', notPaired(), { awaitingMs: 600_000 }, null],
  ['told to pause', notPaired({ pauseReconnect: true, retryable: true }), {}, null],
] as const)('an approval is waited for, %s', (_how, error, history, afterMs) => {
  expect(after(error, 'bootstrapToken', history)).toEqual({
    kind: 'await-approval',
    requestId: 'r-1',
    afterMs,
  });
});

test('a paired device that has to be approved again waits for it', () => {
  expect(after(notPaired({ reason: 'metadata-upgrade' }), 'deviceToken')).toMatchObject({
    kind: 'await-approval',
  });
});

test.each(['r-1; rm -rf ~', '$(id)', '-x', '', 'a'.repeat(200), 7])(
  'the request id %j is not repeated in a command',
  (requestId) => {
    expect(after(notPaired({ requestId }), 'token')).toMatchObject({
      kind: 'await-approval',
      requestId: null,
    });
  },
);

test.each([
  ['unreachable', 'retry'],
  ['timeout', 'retry'],
  ['protocol-error', 'retry'],
  ['not-a-gateway', 'retry'],
  ['certificate-untrusted', 'retry'],
  ['certificate-mismatch', 'stop'],
  ['stranger-listens', 'stop'],
] as const)('%s: %s', (problem, kind) => {
  expect(nextStep({ kind: 'transport', problem }, HISTORY)).toMatchObject({ kind, problem });
});

test('the backoff doubles up to 15 seconds, and chance takes at most half of it away', () => {
  const delays = (random: number) =>
    [1, 2, 3, 4, 5, 6, 500].map((failures) => {
      const step = retryLater('unreachable', { failures, awaitingMs: 0, random });
      return step.kind === 'retry' ? step.afterMs : NaN;
    });
  expect(delays(0)).toEqual([500, 1000, 2000, 4000, 7500, 7500, 7500]);
  expect(delays(0.999999)).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
});

test('whatever an error holds, there is a next step within bounds', () => {
  const kinds = fc.constantFrom<ConnectAuth['kind']>('token', 'deviceToken', 'bootstrapToken');
  fc.assert(
    fc.property(fc.anything(), fc.anything(), kinds, fc.nat(), (details, hint, shown, failures) => {
      const error = received({
        code: 'NOT_PAIRED',
        message: 'x',
        details,
        retryAfterMs: hint,
        retryable: hint,
      });
      const step = nextStep(
        { kind: 'refused', error, shown },
        { failures: failures + 1, awaitingMs: 0, random: 0.5 },
      );
      if (step.kind === 'stop' || step.afterMs === null) return;
      expect(step.afterMs).toBeGreaterThanOrEqual(100);
      expect(step.afterMs).toBeLessThanOrEqual(1.2 * 3_600_000);
    }),
  );
});
