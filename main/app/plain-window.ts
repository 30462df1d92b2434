import type { BrowserWindow } from 'electron';

import type { WindowRole } from '../ipc/contract.ts';
import type { OpenWindow } from './open-window.ts';

/** A window that is made when somebody wants it and gone when it is closed: pairing, settings. */
export class PlainWindow {
  readonly #role: WindowRole;
  readonly #open: OpenWindow;
  readonly #focus: (focused: boolean) => void;
  #window: BrowserWindow | null = null;

  /** @param focus told when the person comes to the window and leaves it. */
  constructor(role: WindowRole, open: OpenWindow, focus: (focused: boolean) => void = () => undefined) {
    this.#role = role;
    this.#open = open;
    this.#focus = focus;
  }

  get isOpen(): boolean {
    return this.#window !== null;
  }

  /** Opens it, or brings it to the front. */
  show(): void {
    if (this.#window !== null) {
      this.#window.show();
      return;
    }
    const window = this.#open(this.#role);
    this.#window = window;
    window.once('ready-to-show', () => window.show());
    window.on('focus', () => this.#focus(true));
    window.on('blur', () => this.#focus(false));
    window.once('closed', () => {
      this.#window = null;
      this.#focus(false);
    });
    window.webContents.once('render-process-gone', () => window.destroy());
  }

  close(): void {
    this.#window?.close();
  }
}
