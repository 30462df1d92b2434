interface Allowed {
  readonly digest: string;
  readonly untilMs: number;
}

/** More than a person answers within the life of an approval. */
const KEPT = 1000;
/** Longer than any gateway keeps an approval open. */
const LONGEST_MS = 60 * 60_000;

/**
 * The yeses that were given on this Mac before the run came: the gateway's approval id, with the digest of exactly what
 * was shown. In memory only: after a restart everything is asked again. An id counts once, whatever came of it.
 */
export class ApprovalLedger {
  readonly #allowed = new Map<string, Allowed>();
  readonly #now: () => number;
  #epoch = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get size(): number {
    return this.#allowed.size;
  }

  /** Counts how often all of them ended: a yes from before is not noted after it. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Notes a yes of `epoch`; it is worth nothing when everything ended since. */
  allow(approvalId: string, digest: string, expiresAtMs: number, epoch: number): void {
    if (epoch !== this.#epoch) return;
    const now = this.#now();
    for (const [id, { untilMs }] of this.#allowed) if (untilMs <= now) this.#allowed.delete(id);
    if (this.#allowed.size >= KEPT) {
      const [oldest] = this.#allowed.keys();
      if (oldest !== undefined) this.#allowed.delete(oldest);
    }
    this.#allowed.set(approvalId, { digest, untilMs: Math.min(expiresAtMs, now + LONGEST_MS) });
  }

  /** Whether the person at this Mac allowed exactly this under that id. Asked once, the id is used up. */
  take(approvalId: string, digest: string): boolean {
    const allowed = this.#allowed.get(approvalId);
    this.#allowed.delete(approvalId);
    return allowed?.digest === digest && this.#now() < allowed.untilMs;
  }

  /** What was allowed for one gateway is worth nothing to another, nor after unpairing. */
  clear(): void {
    this.#epoch += 1;
    this.#allowed.clear();
  }
}
