import type { Device, DeviceBook } from './device-book.ts';

const SCOPES = 'operator.read,operator.approvals';

/** What the recorded gateway answers to a device that wants its second role: null, it may; else why not. */
export function judgeOperator(
  device: Device | undefined,
  { kind, token, scopes }: { kind: string; token: string; scopes: readonly string[] },
  { book, sharedToken, nowMs }: { book: DeviceBook; sharedToken: string; nowMs: number },
): { code: string; detail: string; details?: object } | null {
  if (scopes.join() !== SCOPES) return { code: 'INVALID_REQUEST', detail: 'SCOPES_NOT_OURS' };
  if (device?.approved !== true) return { code: 'NOT_PAIRED', detail: 'PAIRING_REQUIRED' };
  const genuine =
    kind === 'deviceToken'
      ? device.operatorToken === token
      : kind === 'token'
        ? token === sharedToken
        : book.acceptsCode(token, device.deviceId, nowMs);
  if (!genuine) {
    const detail = kind === 'deviceToken' ? 'AUTH_DEVICE_TOKEN_MISMATCH' : 'AUTH_BOOTSTRAP_TOKEN_INVALID';
    return { code: 'INVALID_REQUEST', detail };
  }
  if (device.operatorApproved) return null;
  const requestId = (device.operatorRequestId ??= `operator-${device.deviceId.slice(0, 8)}`);
  const details = {
    reason: 'role-upgrade',
    requestId,
    recommendedNextStep: 'wait_then_retry',
    retryable: true,
  };
  return { code: 'NOT_PAIRED', detail: 'PAIRING_REQUIRED', details };
}
