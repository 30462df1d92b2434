import { z } from 'zod';

import { parseFingerprint } from './fingerprint.ts';
import { PairingError } from './pairing-error.ts';
import { address, type AddressRules, type PairingOffer } from './pairing-offer.ts';

const LINK = 'oc-pair://';
/** A code with every field at its limit stays below. */
const MAX_LENGTH = 8192;
const MAX_FALLBACKS = 8;

const payload = z.object({
  url: z.string().min(1).max(2048),
  urls: z.array(z.string().min(1).max(2048)).max(MAX_FALLBACKS).optional(),
  bootstrapToken: z.string().trim().min(1).max(4096),
  expiresAtMs: z.int().nonnegative().optional(),
  tlsFingerprint: z.string().max(256).optional(),
});

/**
 * Reads a setup code, raw or as an `oc-pair://` link. Neither it nor a part of it appears in an error.
 * @throws {PairingError}
 */
export function parseSetupCode(text: string, nowMs: number, rules: AddressRules): PairingOffer {
  const code = payload.safeParse(decode(text)).data;
  if (code === undefined) {
    throw new PairingError(
      'this is not a setup code: get one on the gateway with `openclaw qr --setup-code-only`',
    );
  }
  if (code.expiresAtMs !== undefined && code.expiresAtMs <= nowMs) {
    throw new PairingError(
      'this setup code has expired (they live for 10 minutes): get a new one with `openclaw qr --setup-code-only`',
    );
  }
  const urls = [...new Set([code.url, ...(code.urls ?? [])])];
  return {
    addresses: urls.map((url) => address(url, rules)),
    token: { kind: 'bootstrapToken', value: code.bootstrapToken },
    tlsFingerprint: code.tlsFingerprint === undefined ? null : parseFingerprint(code.tlsFingerprint),
  };
}

/** Whether a text is a pairing link, by its scheme alone: `openclaw:` belongs to another app and is never one. */
export const isPairingLink = (text: string): boolean =>
  text.length <= MAX_LENGTH && text.toLowerCase().startsWith(LINK);

function decode(text: string): unknown {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH) return undefined;
  // A mail program may have put a slash at the end of the link.
  const code = trimmed.toLowerCase().startsWith(LINK)
    ? trimmed.slice(LINK.length).replace(/\/$/, '')
    : trimmed;
  if (!/^[A-Za-z0-9_-]+={0,2}$/.test(code)) return undefined;
  try {
    return JSON.parse(Buffer.from(code, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
