import type { BrowserWindow } from 'electron';

import type { WindowRole } from '../ipc/contract.ts';
import type { OpenWindow } from './open-window.ts';

/** A window that is made when somebody wants it and gone when it is closed: pairing, settings. */
export class PlainWindow {
  readonly #role: WindowRole;
  readonly #open: OpenWindow;
  #window: BrowserWindow | null = null;

  constructor(role: WindowRole, open: OpenWindow) {
    this.#role = role;
    this.#open = open;
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
    window.once('closed', () => (this.#window = null));
    window.webContents.once('render-process-gone', () => window.destroy());
  }

  close(): void {
    this.#window?.close();
  }
}
