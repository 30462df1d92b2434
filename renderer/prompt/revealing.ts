import type { DisplayText } from '../../main/text/display-text.ts';
import { quotedRuns } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';

/** As long as a secret is compared with another one; then it is hidden again. */
const SHOWN_MS = 10_000;

interface Parts {
  /** Asks main for the text behind a mask; null when it did not come. */
  readonly ask: (secret: number) => Promise<DisplayText | null>;
  /** A secret came or went, so the words have moved. */
  readonly changed: () => void;
}

/**
 * Shows the secret whose mask was pressed, one at a time, and hides it again by another press, after a while, or when
 * the window is left. Hidden, its text is nowhere in this page.
 */
export class Revealing {
  readonly #root: HTMLElement;
  readonly #voice: Voice;
  readonly #parts: Parts;
  #hide: () => void = () => undefined;

  constructor(root: HTMLElement, voice: Voice, parts: Parts) {
    this.#root = root;
    this.#voice = voice;
    this.#parts = parts;
    root.addEventListener('click', (event) => {
      const mask = event.target instanceof Element ? event.target.closest('button.secret') : null;
      if (event.isTrusted && mask instanceof HTMLButtonElement) void this.#press(mask);
    });
  }

  /** Hides what is shown. */
  hide(): void {
    this.#hide();
  }

  async #press(mask: HTMLButtonElement): Promise<void> {
    const wasShown = mask.getAttribute('aria-pressed') === 'true';
    this.hide();
    if (wasShown) return;
    const text = await this.#parts.ask(Number(mask.dataset['secret']));
    if (text === null || !this.#root.isConnected || !document.hasFocus()) return;
    this.hide();
    this.#show(mask, text);
  }

  #show(mask: HTMLButtonElement, text: DisplayText): void {
    const masked = [...mask.childNodes];
    const label = mask.getAttribute('aria-label') ?? '';
    mask.replaceChildren(...quotedRuns(text, this.#voice));
    mask.setAttribute('aria-pressed', 'true');
    mask.removeAttribute('aria-label');
    const timer = setTimeout(() => this.hide(), SHOWN_MS);
    this.#hide = () => {
      clearTimeout(timer);
      this.#hide = () => undefined;
      mask.replaceChildren(...masked);
      mask.setAttribute('aria-pressed', 'false');
      mask.setAttribute('aria-label', label);
      this.#parts.changed();
    };
    this.#parts.changed();
  }
}
