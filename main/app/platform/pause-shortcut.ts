import type { GlobalShortcut } from 'electron';

/** The shortcut that pauses from anywhere. It never resumes: pressed twice in a fright, this Mac stays paused. */
export class PauseShortcut {
  readonly #shortcuts: Pick<GlobalShortcut, 'register' | 'unregister'>;
  readonly #press: () => void;
  #registered: string | null = null;
  #works = true;

  constructor(shortcuts: Pick<GlobalShortcut, 'register' | 'unregister'>, press: () => void) {
    this.#shortcuts = shortcuts;
    this.#press = press;
  }

  /** False when the system did not give it to us: mostly because another program has it. */
  get works(): boolean {
    return this.#works;
  }

  set(accelerator: string | null): void {
    if (accelerator === this.#registered && this.#works) return;
    if (this.#registered !== null) this.#shortcuts.unregister(this.#registered);
    this.#registered = null;
    this.#works = accelerator === null || this.#register(accelerator);
    if (this.#works) this.#registered = accelerator;
  }

  #register(accelerator: string): boolean {
    try {
      return this.#shortcuts.register(accelerator, this.#press);
    } catch {
      // Not a shortcut to this system.
      return false;
    }
  }
}
