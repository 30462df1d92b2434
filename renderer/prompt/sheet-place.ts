import type { PromptView } from '../../main/ipc/prompt-view.ts';
import { button } from '../shared/button.ts';
import type { Voice } from '../shared/voice.ts';
import { alwaysSheet, alwaysTitle } from './always-sheet.ts';
import type { Footer } from './footer.ts';
import { type Header, whoAsks } from './header.ts';

interface Parts {
  readonly prompt: PromptView;
  readonly voice: Voice;
  readonly header: Header;
  readonly footer: Footer;
  /** What scrolls; the sheet takes the place of `covered` in it. */
  readonly middle: HTMLElement;
  readonly covered: readonly HTMLElement[];
  /** The first button on the left while the question itself is shown. */
  readonly more: HTMLElement;
  /** The sheet came or went. */
  readonly changed: () => void;
}

/** Where the sheet "Always allow here" takes the place of the question, and gives it back. */
export class SheetPlace {
  readonly #parts: Parts;
  #sheet: HTMLElement | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#dress();
  }

  get sheet(): HTMLElement | null {
    return this.#sheet;
  }

  open(): void {
    const { prompt, voice } = this.#parts;
    if (prompt.remember === null || this.#sheet !== null) return;
    this.#sheet = alwaysSheet(prompt, prompt.remember, voice);
    this.#show();
  }

  close(): void {
    if (this.#sheet === null) return;
    this.#sheet.remove();
    this.#sheet = null;
    this.#show();
  }

  #show(): void {
    const { middle, covered, footer, changed } = this.#parts;
    if (this.#sheet !== null) middle.append(this.#sheet);
    for (const element of covered) element.hidden = this.#sheet !== null;
    middle.scrollTop = 0;
    this.#dress();
    footer.deny.focus();
    changed();
  }

  #dress(): void {
    const { prompt, voice, header, footer, more } = this.#parts;
    const open = this.#sheet !== null;
    header.setTitle(...(open ? alwaysTitle(prompt, voice) : whoAsks(prompt.who, voice)));
    footer.left(open ? button({ class: 'btn lg plain' }, () => this.close(), voice.text('back')) : more);
  }
}
