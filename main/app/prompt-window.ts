import type { BrowserWindow } from 'electron';

import type { OpenWindow } from './open-window.ts';
import { hideWindowButtons } from './platform/window-buttons.ts';

/** What the owner wants to know of the window. */
export interface PromptWindowDelegate {
  /** The page is loaded: a question could be seen now. */
  ready(): void;
  focus(focused: boolean): void;
  /** Closed by the person, crashed, killed or hanging. */
  lost(): void;
}

/** A page that dies at once must not be made anew as fast as the machine can. */
const REVIVAL_MS = 500;

const WIDTH_PX = 640;
const MOST_HEIGHT_PX = 1600;

/** Keeps one prompt window loaded and hidden, so that a question is painted at once; replaces it when it dies. */
export class PromptWindow {
  readonly #open: OpenWindow;
  readonly #delegate: PromptWindowDelegate;
  #window: BrowserWindow | null = null;
  #loaded = false;
  #wanted = false;
  #revival: NodeJS.Timeout | undefined;

  constructor(open: OpenWindow, delegate: PromptWindowDelegate) {
    this.#open = open;
    this.#delegate = delegate;
    this.#create();
  }

  /** Shows the window without taking the keyboard from what the person is typing in. */
  show(): void {
    this.#wanted = true;
    if (this.#loaded) this.#window?.showInactive();
  }

  hide(): void {
    this.#wanted = false;
    this.#window?.hide();
  }

  /** As high as its content. macOS keeps it within the screen. */
  fit(heightPx: number): void {
    this.#window?.setContentSize(WIDTH_PX, Math.min(heightPx, MOST_HEIGHT_PX));
  }

  /** For the end of the app: no more windows. */
  dispose(): void {
    clearTimeout(this.#revival);
    this.#window?.destroy();
    this.#window = null;
  }

  #create(): void {
    const window = this.#open('prompt');
    this.#window = window;
    this.#loaded = false;
    hideWindowButtons(window, process.platform);
    window.setAlwaysOnTop(true, 'modal-panel');
    window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
    window.webContents.once('did-finish-load', () => {
      this.#loaded = true;
      this.#delegate.ready();
      if (this.#wanted) window.showInactive();
    });
    window.on('focus', () => this.#delegate.focus(true));
    // Moved under the pointer, a button could be pressed unseen.
    window.on('moved', () => this.#delegate.focus(window.isFocused()));
    window.on('blur', () => this.#delegate.focus(false));
    window.on('hide', () => this.#delegate.focus(false));
    window.on('close', (event) => {
      event.preventDefault();
      this.#delegate.lost();
    });
    window.webContents.on('unresponsive', () => this.#replace(window));
    window.webContents.on('render-process-gone', () => this.#replace(window));
    window.on('closed', () => this.#replace(window));
  }

  #replace(window: BrowserWindow): void {
    if (this.#window !== window) return;
    this.#window = null;
    this.#loaded = false;
    if (!window.isDestroyed()) window.destroy();
    this.#delegate.focus(false);
    this.#delegate.lost();
    this.#revival = setTimeout(() => this.#create(), REVIVAL_MS);
  }
}
