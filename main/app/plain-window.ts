import type { BrowserWindow } from 'electron';

import type { WindowRole } from '../ipc/contract.ts';
import type { OpenWindow } from './open-window.ts';

interface Told {
  /** The person came to the window, or left it. */
  readonly focus?: (focused: boolean) => void;
  /** What ends with the window. */
  readonly closed?: () => void;
}

/** A window that is made when somebody wants it and gone when it is closed: pairing, settings. */
export class PlainWindow {
  readonly #role: WindowRole;
  readonly #open: OpenWindow;
  readonly #told: Told;
  #window: BrowserWindow | null = null;

  constructor(role: WindowRole, open: OpenWindow, told: Told = {}) {
    this.#role = role;
    this.#open = open;
    this.#told = told;
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
    window.on('focus', () => this.#told.focus?.(true));
    window.on('blur', () => this.#told.focus?.(false));
    window.once('closed', () => {
      this.#window = null;
      this.#told.focus?.(false);
      this.#told.closed?.();
    });
    window.webContents.once('render-process-gone', () => window.destroy());
  }

  close(): void {
    this.#window?.close();
  }
}
