/** A file as the person last allowed it to run. */
export interface AllowedVersion {
  readonly sha256: string;
  readonly allowedAtMs: number;
  /** Null: not kept, or not the bytes any more that were allowed. */
  readonly bytes: Uint8Array | null;
}
