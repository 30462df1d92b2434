import { EventEmitter } from 'node:events';

import { JsonDocument } from '../state/json-document.ts';
import { type Settings, settingsSchema } from '../state/settings.ts';
import { StateError } from '../state/state-error.ts';

/** `settings.json`. Every default is the safe choice, so a file that is not understood counts as an empty one. */
export class SettingsStore extends EventEmitter<{ changed: [] }> {
  /** Why the file does not count; null when it does, or when there is none. */
  readonly problem: string | null;
  readonly #document: JsonDocument<Settings>;
  #current: Settings;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(document: JsonDocument<Settings>, current: Settings, problem: string | null) {
    super();
    this.#document = document;
    this.#current = current;
    this.problem = problem;
  }

  /** Never rejects. */
  static async open(path: string): Promise<SettingsStore> {
    const document = new JsonDocument<Settings>(path, settingsSchema);
    const content = await document.read();
    if (content.kind === 'value') return new SettingsStore(document, content.value, null);
    const problem = content.kind === 'bad' ? content.reason : null;
    return new SettingsStore(document, settingsSchema.parse({}), problem);
  }

  get current(): Settings {
    return this.#current;
  }

  /**
   * Keeps what the person chose; it counts once it is on the disk. What was written into the file meanwhile is replaced:
   * what the person saw is what they changed.
   * @throws {StateError} when it could not be kept, or the file is one that nobody understood: it is theirs to mend.
   */
  change(choices: Partial<Settings>): Promise<void> {
    const done = this.#turn.then(async () => {
      if (this.problem !== null)
        throw new StateError(`${this.problem} Repair or remove the file, then restart.`);
      const next = { ...this.#current, ...choices };
      await this.#document.write(next);
      this.#current = next;
      this.emit('changed');
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
