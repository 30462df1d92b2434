/** As many as any gateway sends before the oldest of them are long expired there. */
const KEPT = 10_000;

/** The approvals of the gateway that were acted on: each counts once, also where the gateway counts differently. */
export class SpentApprovals {
  readonly #ids = new Set<string>();

  /** False when it was spent before. */
  spend(approvalId: string): boolean {
    if (this.#ids.has(approvalId)) return false;
    this.#ids.add(approvalId);
    const [oldest] = this.#ids;
    if (this.#ids.size > KEPT && oldest !== undefined) this.#ids.delete(oldest);
    return true;
  }
}
