/** Pairing cannot go on. The message says why and what to do, and holds no secret. */
export class PairingError extends Error {
  override readonly name = 'PairingError';
}
