/** Clocks, in milliseconds. The steady one cannot be set; the one on the wall can, but counts while the Mac sleeps. */
export interface Clocks {
  steady(): number;
  wall(): number;
}

export const systemClocks: Clocks = { steady: () => performance.now(), wall: () => Date.now() };

/** Further back than clocks are corrected by themselves: somebody set it. */
const SET_BACK_MS = 5000;

/**
 * The end of a permission in time. Whichever clock says that it is over is right: the steady one may stand still while
 * the Mac sleeps, and the one on the wall may be set. One that was set back says nothing any more, so it is over, and
 * what is over stays over.
 */
export class Deadline {
  readonly #clocks: Clocks;
  readonly #durationMs: number;
  readonly #steadyFrom: number;
  readonly #wallFrom: number;
  #wallSeen: number;
  #over = false;

  constructor(clocks: Clocks, durationMs: number) {
    this.#clocks = clocks;
    this.#durationMs = durationMs;
    this.#steadyFrom = clocks.steady();
    this.#wallFrom = clocks.wall();
    this.#wallSeen = this.#wallFrom;
  }

  /** Wall clock, for people. */
  get endsAtMs(): number {
    return this.#wallFrom + this.#durationMs;
  }

  get leftMs(): number {
    if (this.#over) return 0;
    const wall = this.#clocks.wall();
    const awake = this.#clocks.steady() - this.#steadyFrom;
    const setBack = wall < Math.max(this.#wallSeen, this.#wallFrom + awake) - SET_BACK_MS;
    this.#wallSeen = Math.max(this.#wallSeen, wall);
    const left = this.#durationMs - Math.max(awake, this.#wallSeen - this.#wallFrom);
    this.#over = setBack || left <= 0;
    return this.#over ? 0 : left;
  }

  get over(): boolean {
    return this.leftMs === 0;
  }
}
