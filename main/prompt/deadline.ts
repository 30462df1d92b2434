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
 * the Mac sleeps, and the one on the wall may be set. One that was set back says nothing any more, so it is over.
 */
export class Deadline {
  readonly #clocks: Clocks;
  readonly #durationMs: number;
  readonly #steadyFrom: number;
  readonly #wallFrom: number;

  constructor(clocks: Clocks, durationMs: number) {
    this.#clocks = clocks;
    this.#durationMs = durationMs;
    this.#steadyFrom = clocks.steady();
    this.#wallFrom = clocks.wall();
  }

  /** Wall clock, for people. */
  get endsAtMs(): number {
    return this.#wallFrom + this.#durationMs;
  }

  get leftMs(): number {
    const steady = this.#clocks.steady() - this.#steadyFrom;
    const wall = this.#clocks.wall() - this.#wallFrom;
    if (wall < steady - SET_BACK_MS) return 0;
    return Math.max(0, this.#durationMs - Math.max(steady, wall));
  }

  get over(): boolean {
    return this.leftMs === 0;
  }
}
