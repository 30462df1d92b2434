import type { PromptView } from '../../main/ipc/prompt-view.ts';
import { button } from '../shared/button.ts';
import type { Child } from '../shared/dom.ts';
import type { Voice } from '../shared/voice.ts';
import type { Footer } from './footer.ts';
import { type Header, whoAsks } from './header.ts';
import type { SheetKind } from './sheet-kind.ts';

export interface SheetPlaceParts {
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

/** What can stand in the place of the question. Only under `always` does Allow mean anything. */
export interface Sheet {
  readonly kind: SheetKind;
  readonly title: readonly Child[];
  readonly root: HTMLElement;
  /** Where the focus goes; Deny where this is not given. */
  readonly focus?: () => void;
}

/** Where a sheet takes the place of the question, and gives it back. */
export class SheetPlace {
  readonly #parts: SheetPlaceParts;
  #sheet: Sheet | null = null;

  constructor(parts: SheetPlaceParts) {
    this.#parts = parts;
    this.#dress();
  }

  get kind(): SheetKind | null {
    return this.#sheet?.kind ?? null;
  }

  get root(): HTMLElement | null {
    return this.#sheet?.root ?? null;
  }

  open(sheet: Sheet): void {
    if (this.#sheet !== null) return;
    this.#sheet = sheet;
    this.#show();
  }

  close(): void {
    if (this.#sheet === null) return;
    this.#sheet.root.remove();
    this.#sheet = null;
    this.#show();
  }

  #show(): void {
    const { middle, covered, footer, changed } = this.#parts;
    if (this.#sheet !== null) middle.append(this.#sheet.root);
    for (const element of covered) element.hidden = this.#sheet !== null;
    middle.scrollTop = 0;
    this.#dress();
    footer.deny.focus();
    this.#sheet?.focus?.();
    changed();
  }

  #dress(): void {
    const { prompt, voice, header, footer, more } = this.#parts;
    header.setTitle(...(this.#sheet?.title ?? whoAsks(prompt.who, voice)));
    footer.left(
      this.#sheet === null ? more : button({ class: 'btn lg plain' }, () => this.close(), voice.text('back')),
    );
  }
}
