import { EventEmitter } from 'node:events';

import { JsonDocument } from './json-document.ts';
import type { Seal } from './seal.ts';
import { type Settings, settingsSchema } from './settings.ts';
import { tightenedSettings } from './settings-tightened.ts';
import { StateError } from './state-error.ts';

const NAME = 'settings.json';

type Sealing = Pick<Seal, 'problem' | 'document' | 'put'>;

/** What counts, and why the file does not count as it is; null when it does, or when there is none. */
interface Read {
  readonly current: Settings;
  readonly problem: string | null;
  /** Whether the person has to mend the file before anything can be written there. */
  readonly broken: boolean;
}

const DEFAULTS: Settings = settingsSchema.parse({});

/**
 * `settings.json`. The settings are sealed: approved commands run as this very user and can write the file, so of what
 * others write there only what tightens counts. The file of the first start is the person's own. Every default is the
 * safe choice, so a file that is not understood then counts as an empty one.
 */
export class SettingsStore extends EventEmitter<{ changed: [] }> {
  readonly #document: JsonDocument<Settings>;
  readonly #seal: Sealing;
  #read: Read;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(document: JsonDocument<Settings>, seal: Sealing, read: Read) {
    super();
    this.#document = document;
    this.#seal = seal;
    this.#read = read;
  }

  /** Never rejects. */
  static async open(path: string, seal: Sealing): Promise<SettingsStore> {
    const document = new JsonDocument<Settings>(path, settingsSchema);
    return new SettingsStore(document, seal, await read(document, seal));
  }

  get current(): Settings {
    return this.#read.current;
  }

  /** Why the file does not count as it is, in words; null when it does, or when there is none. */
  get problem(): string | null {
    return this.#read.problem;
  }

  /** Reads what counts again, once the Keychain that vouches for it can be used. Never rejects. */
  look(): Promise<void> {
    return this.#inTurn(async () => {
      this.#read = await read(this.#document, this.#seal);
      this.emit('changed');
    });
  }

  /**
   * Keeps what the person chose; it counts once it is on the disk and sealed. What was written into the file meanwhile is
   * replaced: what the person saw is what they changed.
   * @throws {StateError} when it could not be kept, or the file is one that nobody understood: it is theirs to mend.
   */
  change(choices: Partial<Settings>): Promise<void> {
    return this.#inTurn(async () => {
      const { current: before, problem, broken } = this.#read;
      if (broken) throw new StateError(`${problem ?? ''} Repair or remove the file, then restart.`);
      if (this.#seal.problem !== null) throw new StateError(this.#seal.problem);
      const current = { ...before, ...choices };
      const hash = await this.#document.write(current);
      try {
        await keep(this.#seal, before, current, hash);
      } catch (error) {
        await this.#document.write(before).catch(() => undefined);
        throw error;
      }
      this.#read = { current, problem: null, broken: false };
      this.emit('changed');
    });
  }

  #inTurn<R>(work: () => Promise<R>): Promise<R> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

/** Never rejects. */
async function read(document: JsonDocument<Settings>, seal: Sealing): Promise<Read> {
  const file = await document.read();
  const bad = file.kind === 'bad' ? { problem: file.reason, broken: true } : { problem: null, broken: false };
  if (seal.problem !== null) return { ...bad, current: DEFAULTS };
  const sealed = seal.document(NAME);
  if (sealed === null) {
    // Also where there is no file: one that comes later is somebody else's.
    const current = file.kind === 'value' ? file.value : DEFAULTS;
    const hash = file.kind === 'value' ? file.hash : '';
    return keep(seal, null, current, hash).then(
      () => ({ ...bad, current }),
      (error: unknown) => ({ ...bad, current: DEFAULTS, problem: messageOf(error) }),
    );
  }
  const before = document.parseText(sealed.text) ?? DEFAULTS;
  if (file.kind !== 'value' || file.hash === sealed.hash) return { ...bad, current: before };
  const { part, left } = tightenedSettings(before, file.value);
  // What tightens counts even where it cannot be sealed now: it is found again at the next start.
  if (part !== before)
    await keep(seal, before, part, left.length === 0 ? file.hash : '').catch(() => undefined);
  return {
    current: part,
    problem: left.length === 0 ? null : notCounted(document.path, left),
    broken: false,
  };
}

function keep(seal: Sealing, before: Settings | null, next: Settings, hash: string): Promise<void> {
  const tightens = before !== null && tightenedSettings(before, next).left.length === 0;
  const content = { hash, text: JSON.stringify(next), taken: null };
  return seal.put(NAME, content, tightens ? 'tightens' : 'loosens');
}

const notCounted = (path: string, names: readonly string[]): string =>
  `${path} was changed outside Latchkey. What that does not tighten does not count: ${names.join(', ')}. ` +
  'It is replaced when you change a setting.';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
