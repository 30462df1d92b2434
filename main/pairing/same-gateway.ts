/** What a gateway is recognised by: there is no name or key of its own in the protocol. */
export interface GatewayMarks {
  readonly addresses: readonly string[];
  /** SHA-256 (hex, lower case) of the only certificate to accept, or null. */
  readonly tlsFingerprint: string | null;
}

/**
 * Whether an offer leads to the gateway that is known, and can lead nowhere else: to none but its addresses, or wherever,
 * but by its pinned certificate alone. One strange address among known ones makes it another gateway, which starts with
 * a trust of its own.
 */
export function isSameGateway(known: GatewayMarks, offered: GatewayMarks): boolean {
  if (offered.addresses.every((address) => known.addresses.includes(address))) return true;
  return (
    known.tlsFingerprint !== null &&
    known.tlsFingerprint === offered.tlsFingerprint &&
    offered.addresses.every((address) => address.startsWith('wss://'))
  );
}
