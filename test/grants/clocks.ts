import type { Clocks } from '../../main/prompt/deadline.ts';

/** Clocks that a test moves: sleep moves the wall alone, and somebody can set the wall. */
export class TestClocks implements Clocks {
  #steady = 0;
  #wall = 1_800_000_000_000;

  steady(): number {
    return this.#steady;
  }

  wall(): number {
    return this.#wall;
  }

  pass(ms: number): void {
    this.#steady += ms;
    this.#wall += ms;
  }

  sleep(ms: number): void {
    this.#wall += ms;
  }

  setWall(byMs: number): void {
    this.#wall += byMs;
  }
}
