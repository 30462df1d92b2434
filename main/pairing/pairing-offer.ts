import { AddressError, type GatewayAddress, parseGatewayAddress } from '../gateway/gateway-address.ts';
import { parseFingerprint } from './fingerprint.ts';
import { PairingError } from './pairing-error.ts';

/** What a person gave to pair with: enough for the first connection. Its token serves that one and is never stored. */
export interface PairingOffer {
  /** In the order to try them; at least one. */
  readonly addresses: readonly GatewayAddress[];
  readonly token: { readonly kind: 'bootstrapToken' | 'token'; readonly value: string };
  /** SHA-256 (hex, lower case) of the only certificate to accept, or null. */
  readonly tlsFingerprint: string | null;
  /** The certificate of the first trusted connection is to be the only one from then on. */
  readonly pinWhenTrusted?: boolean;
}

export interface AddressOffer {
  readonly address: string;
  readonly token: string;
  readonly fingerprint: string | null;
}

export interface AddressRules {
  /** The setting dangerouslyAllowPlaintextGateway. */
  readonly allowPlaintext: boolean;
}

const MAX_TOKEN = 4096;

/** Pairing by the gateway's address and its shared token. @throws {PairingError} */
export function offerFromAddress(input: AddressOffer, rules: AddressRules): PairingOffer {
  const token = input.token.trim();
  if (token === '')
    throw new PairingError("the token is missing: it is `gateway.auth.token` in the gateway's configuration");
  if (token.length > MAX_TOKEN) throw new PairingError('this is too long to be a gateway token');
  return {
    addresses: [address(input.address, rules)],
    token: { kind: 'token', value: token },
    tlsFingerprint: input.fingerprint === null ? null : parseFingerprint(input.fingerprint),
  };
}

/** @throws {PairingError} */
export function address(text: string, rules: AddressRules): GatewayAddress {
  try {
    return parseGatewayAddress(text, rules);
  } catch (error) {
    throw error instanceof AddressError ? new PairingError(error.message) : error;
  }
}
