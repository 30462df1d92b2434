import type { PlainKey } from '../shared/voice.ts';

const SAID_FOR_MS = 2000;

/** Copies the command, and says for a moment what became of it. */
export class Copying {
  readonly #copy: () => Promise<boolean>;
  readonly #holdsSecret: boolean;
  readonly #changed: () => void;
  #said: PlainKey | null = null;
  #over: ReturnType<typeof setTimeout> | undefined;

  constructor(copy: () => Promise<boolean>, holdsSecret: boolean, changed: () => void) {
    this.#copy = copy;
    this.#holdsSecret = holdsSecret;
    this.#changed = changed;
  }

  get said(): PlainKey | null {
    return this.#said;
  }

  copy(): void {
    void this.#copy().then((copied) => {
      this.#say(copied ? (this.#holdsSecret ? 'copiedWithSecret' : 'copied') : 'notCopied');
      clearTimeout(this.#over);
      this.#over = setTimeout(() => this.#say(null), SAID_FOR_MS);
    });
  }

  #say(what: PlainKey | null): void {
    this.#said = what;
    this.#changed();
  }
}
