import type { BrowserContext } from 'playwright';

/**
 * Everything that pages complained about: errors on the console (Content-Security-Policy violations are among them) and
 * uncaught exceptions. A run that ends with one that no test expected has failed.
 */
export class Problems {
  readonly #seen: string[] = [];
  readonly #expected: RegExp[] = [];

  constructor(context: BrowserContext) {
    context.on('console', (message) => {
      if (message.type() === 'error') this.#seen.push(message.text());
    });
    context.on('weberror', (error) => this.#seen.push(error.error().message));
  }

  /** The test provokes this one: it must come, once or more. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  seen(): readonly string[] {
    return [...this.#seen];
  }

  /** @throws naming every problem that nobody expected and every expected one that did not come */
  check(): void {
    const surprises = this.#seen.filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
    const missing = this.#expected.filter((pattern) => !this.#seen.some((text) => pattern.test(text)));
    const lines = [
      ...surprises.map((text) => `in a page: ${text}`),
      ...missing.map((p) => `did not come: ${String(p)}`),
    ];
    if (lines.length > 0) throw new Error(`The pages were not clean:\n${lines.join('\n')}`);
  }
}
