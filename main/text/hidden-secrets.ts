import { displayWhole } from './display.ts';
import type { DisplayText } from './display-text.ts';

/** The secrets behind the masks of one question. They stay here until the person presses one. */
export class HiddenSecrets {
  readonly #texts: string[] = [];

  /** Takes the next secret; resolves to the number that its mask carries. */
  hide(secret: string): number {
    return this.#texts.push(secret) - 1;
  }

  /** Null: there is no such secret in this question. */
  reveal(number: number): DisplayText | null {
    const secret = this.#texts[number];
    return secret === undefined ? null : displayWhole(secret);
  }
}
