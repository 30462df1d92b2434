import type { ArmingView } from '../ipc/prompt-view.ts';
import { ARMING_MS } from '../prompt/arming-times.ts';
import type { Clocks } from '../prompt/deadline.ts';

/**
 * Allow counts after the question had focus for the whole delay (steady clock) and its end was seen. Deny always counts.
 * The clock on the wall is only told to the window.
 */
export class Arming {
  readonly #clocks: Clocks;
  #delayMs: number = ARMING_MS.high;
  #focusedSince: number | null = null;
  #read = false;

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
  }

  /** Another question, or another content: everything starts again. */
  restart(delayMs: number): void {
    this.#delayMs = delayMs;
    this.#read = false;
    this.disturb();
  }

  /** Focus came, moved or went. Coming again starts again. */
  focus(focused: boolean): void {
    this.#focusedSince = focused ? this.#clocks.steady() : null;
  }

  /** Something that is shown changed, or moved: the look at it starts again. */
  disturb(): void {
    if (this.#focusedSince !== null) this.#focusedSince = this.#clocks.steady();
  }

  read(): void {
    this.#read = true;
  }

  get armed(): boolean {
    return this.#read && this.#remainingMs() === 0;
  }

  get view(): ArmingView {
    const delayMs = this.#delayMs;
    const remaining = this.#remainingMs();
    if (remaining === null) return { state: 'unfocused', delayMs };
    if (remaining > 0) return { state: 'arming', delayMs, armedAtMs: this.#clocks.wall() + remaining };
    return this.#read ? { state: 'armed' } : { state: 'unread', delayMs };
  }

  /** Null while the question is not in focus. */
  #remainingMs(): number | null {
    if (this.#focusedSince === null) return null;
    return Math.max(0, this.#focusedSince + this.#delayMs - this.#clocks.steady());
  }
}
