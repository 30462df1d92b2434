import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Lines of an input, one taken by itself, the rest handed on. Nothing that came early is lost. */
export class InputLines {
  readonly #waiting: string[] = [];
  #take: ((line: string | null) => void) | null = null;
  #ended = false;
  readonly #onEnd: () => void;

  /** @param onEnd called once, when no line can come any more. */
  constructor(input: Readable, onEnd: () => void) {
    this.#onEnd = onEnd;
    const lines = createInterface({ input, crlfDelay: Infinity });
    lines.on('line', (line) => this.#push(line));
    lines.on('close', () => this.#end());
  }

  /** The next line; null when none can come any more. */
  next(): Promise<string | null> {
    const line = this.#waiting.shift();
    if (line !== undefined) return Promise.resolve(line);
    if (this.#ended) return Promise.resolve(null);
    return new Promise((resolve) => (this.#take = resolve));
  }

  #push(line: string): void {
    if (this.#take === null) this.#waiting.push(line);
    else this.#settle(line);
  }

  #end(): void {
    this.#ended = true;
    this.#settle(null);
    this.#onEnd();
  }

  #settle(line: string | null): void {
    const take = this.#take;
    this.#take = null;
    take?.(line);
  }
}
