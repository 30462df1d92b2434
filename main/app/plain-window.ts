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
    // It counts as closed from the moment it starts to: what wants to be shown while it goes gets a window of its own.
    const gone = () => {
      if (this.#window !== window) return;
      this.#window = null;
      this.#told.focus?.(false);
      this.#told.closed?.();
    };
    window.once('ready-to-show', () => {
      if (this.#window === window) window.show();
    });
    window.on('focus', () => this.#told.focus?.(this.#window === window));
    window.on('blur', () => this.#told.focus?.(false));
    window.once('close', gone);
    window.once('closed', gone);
    window.webContents.once('render-process-gone', () => window.destroy());
  }

  close(): void {
    this.#window?.close();
  }
}
