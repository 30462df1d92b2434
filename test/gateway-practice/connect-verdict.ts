import { createHash, createPublicKey, verify } from 'node:crypto';

import { z } from 'zod';

import type { Device, DeviceBook } from './device-book.ts';
import { judgeOperator } from './operator-verdict.ts';

/** An error as the gateway sends it. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
}

export type ConnectVerdict =
  | {
      readonly device: Device;
      readonly method: 'device-token' | 'bootstrap-token' | 'token';
      readonly commands: readonly string[];
      readonly role: 'node' | 'operator';
    }
  | { readonly error: WireError };

export interface Challenge {
  readonly nonce: string;
  readonly ts: number;
}

/** After the official schema: what a node's connect must hold as well. */
const nodeConnect = z.object({
  minProtocol: z.number().max(4),
  maxProtocol: z.number().min(4),
  client: z.object({ id: z.string(), mode: z.string(), platform: z.string(), deviceFamily: z.string() }),
  role: z.enum(['node', 'operator']),
  scopes: z.array(z.string()),
  commands: z.array(z.string()).default([]),
  auth: z.record(z.string(), z.string()),
  device: z.object({
    id: z.string(),
    publicKey: z.string(),
    signature: z.string(),
    signedAt: z.number(),
    nonce: z.string(),
  }),
});
type NodeConnect = z.infer<typeof nodeConnect>;

/** What the recorded gateway answers to a node's connect. */
export function judgeConnect(
  params: unknown,
  challenge: Challenge,
  { book, sharedToken, nowMs }: { book: DeviceBook; sharedToken: string; nowMs: number },
): ConnectVerdict {
  const parsed = nodeConnect.safeParse(params);
  if (!parsed.success) return refusal('INVALID_REQUEST', 'PROTOCOL_MISMATCH', 'not a node of this protocol');
  const connect = parsed.data;
  const shown = Object.entries(connect.auth);
  const [kind, token] = shown[0] ?? [];
  if (shown.length !== 1 || kind === undefined || token === undefined) {
    return refusal('INVALID_REQUEST', 'AUTH_TOKEN_MISSING', 'unauthorized: show exactly one token');
  }
  const forged = judgeSignature(connect, token, challenge);
  if (forged !== undefined) return refusal('INVALID_REQUEST', forged, 'device identity refused');

  const { commands, role, scopes } = connect;
  const { id, publicKey } = connect.device;
  const known = book.find(id);
  if (role === 'operator') {
    const refused = judgeOperator(known, { kind, token, scopes }, { book, sharedToken, nowMs });
    if (refused !== null || known === undefined)
      return refusal(refused?.code ?? '', refused?.detail ?? '', 'operator refused', refused?.details);
    return { device: known, method: 'device-token', commands, role };
  }
  switch (kind) {
    case 'deviceToken':
      if (known?.token !== token || !known.approved) {
        return refusal(
          'INVALID_REQUEST',
          'AUTH_DEVICE_TOKEN_MISMATCH',
          'unauthorized: device token mismatch',
          {
            authReason: 'device_token_mismatch',
            canRetryWithDeviceToken: false,
            recommendedNextStep: 'update_auth_credentials',
          },
        );
      }
      return { device: known, method: 'device-token', commands, role };
    case 'bootstrapToken': {
      if (!book.acceptsCode(token, id, nowMs)) {
        return refusal(
          'INVALID_REQUEST',
          'AUTH_BOOTSTRAP_TOKEN_INVALID',
          'unauthorized: setup code invalid',
          {
            authReason: 'bootstrap_token_invalid',
            canRetryWithDeviceToken: false,
            recommendedNextStep: 'review_auth_configuration',
          },
        );
      }
      const device = book.ask(id, publicKey);
      const hints = { recommendedNextStep: 'wait_then_retry', retryable: true, pauseReconnect: false };
      if (!device.approved) return pairingRequired(device, hints);
      book.useCode(token);
      return { device, method: 'bootstrap-token', commands, role };
    }
    case 'token': {
      if (token !== sharedToken) {
        return refusal('INVALID_REQUEST', 'AUTH_TOKEN_MISMATCH', 'unauthorized: gateway token mismatch', {
          authReason: 'token_mismatch',
          canRetryWithDeviceToken: true,
          recommendedNextStep: 'retry_with_device_token',
        });
      }
      const device = book.ask(id, publicKey);
      return device.approved ? { device, method: 'token', commands, role } : pairingRequired(device, {});
    }
    default:
      return refusal('INVALID_REQUEST', 'AUTH_TOKEN_MISSING', 'unauthorized: unknown kind of token');
  }
}

function judgeSignature({ client, device, role, scopes }: NodeConnect, token: string, challenge: Challenge) {
  if (device.nonce !== challenge.nonce) return 'DEVICE_AUTH_NONCE_MISMATCH';
  if (device.signedAt !== challenge.ts) return 'DEVICE_AUTH_SIGNATURE_EXPIRED';
  const raw = Buffer.from(device.publicKey, 'base64url');
  if (createHash('sha256').update(raw).digest('hex') !== device.id) return 'DEVICE_AUTH_DEVICE_ID_MISMATCH';
  const lower = (text: string): string => text.trim().toLowerCase();
  const text = [
    ...['v3', device.id, client.id, client.mode, role, scopes.join(','), String(device.signedAt), token],
    ...[device.nonce, lower(client.platform), lower(client.deviceFamily)],
  ].join('|');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: device.publicKey }, format: 'jwk' });
  const genuine = verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(device.signature, 'base64url'));
  return genuine ? undefined : 'DEVICE_AUTH_SIGNATURE_INVALID';
}

function pairingRequired(device: Device, hints: object): ConnectVerdict {
  return refusal('NOT_PAIRED', 'PAIRING_REQUIRED', 'pairing required: device is not approved yet', {
    reason: 'not-paired',
    requestId: device.requestId,
    remediationHint: 'Approve this device from the pending pairing requests.',
    ...hints,
    deviceId: device.deviceId,
    requestedRole: 'node',
  });
}

function refusal(code: string, detail: string, message: string, details: object = {}): ConnectVerdict {
  return { error: { code, message, details: { code: detail, ...details } } };
}
