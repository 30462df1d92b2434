/** This Mac as one gateway knows it. */
export interface DeviceIdentity {
  /** SHA-256 (hex) of the raw public key. The gateway calls it the device id and the node id. */
  readonly deviceId: string;
  /** Raw Ed25519 public key, base64url. */
  readonly publicKey: string;
  /** Ed25519 over the UTF-8 of `text`, base64url. */
  sign(text: string): string;
}

/** What a connect shows. `deviceToken` is the lasting one; the others serve the first pairing only. */
export interface ConnectAuth {
  readonly kind: 'deviceToken' | 'bootstrapToken' | 'token';
  readonly value: string;
}

/** What the connection needs to know and tell about the pairing it serves. */
export interface GatewayCredentials {
  readonly identity: DeviceIdentity;
  /** Null when there is nothing to show: then no connection is tried. */
  current(): ConnectAuth | null;
  /** Keeps a token that the gateway issued. Until it resolves the connection does not count as made. */
  keep(deviceToken: string): Promise<void>;
  /** What `current` gives was refused in a way that waiting does not change: it is not shown again. Never rejects. */
  drop(): Promise<void>;
}
