import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';

import { z } from 'zod';

import { JsonDocument } from './json-document.ts';
import type { Seal } from './seal.ts';
import type { FirstFiles } from './sealed-document.ts';
import { type Settings, settingsSchema } from './settings.ts';
import { tightenedSettings } from './settings-tightened.ts';
import { StateError } from './state-error.ts';

const NAME = 'settings.json';

type Sealing = Pick<Seal, 'problem' | 'document' | 'put'>;

/** The fields that differ, as they were and as they are. `file`: another program wrote what tightens. */
export interface SettingsChange {
  readonly by: 'person' | 'command-line' | 'file';
  readonly before: z.infer<ReturnType<typeof z.json>>;
  readonly after: z.infer<ReturnType<typeof z.json>>;
}

/** What is kept around the file: the seal that it counts by, and the record that its changes stand in. */
interface Keeping {
  readonly seal: Sealing;
  readonly record: (change: SettingsChange) => Promise<unknown>;
  /** What a file is that is there at the first start. */
  readonly firstFiles: FirstFiles;
}

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
 * others write there only what tightens counts, at the first start as well where secrets last. Every default is the safe
 * choice, so a file that is not understood then counts as an empty one.
 */
export class SettingsStore extends EventEmitter<{ changed: [] }> {
  readonly #document: JsonDocument<Settings>;
  readonly #keeping: Keeping;
  #read: Read;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(document: JsonDocument<Settings>, keeping: Keeping, read: Read) {
    super();
    this.#document = document;
    this.#keeping = keeping;
    this.#read = read;
  }

  /** Never rejects. */
  static async open(path: string, keeping: Keeping): Promise<SettingsStore> {
    const document = new JsonDocument<Settings>(path, settingsSchema);
    return new SettingsStore(document, keeping, await read(document, keeping));
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
      this.#read = await read(this.#document, this.#keeping);
      this.emit('changed');
    });
  }

  /**
   * Keeps what the person chose; it counts once it is on the disk and sealed. What was written into the file meanwhile is
   * replaced: what the person saw is what they changed. What loosens stands in the record before it counts; what tightens
   * counts even if it cannot be recorded.
   * @throws {StateError | AuditError} when it could not be kept or recorded, or the file is one that nobody understood: it
   * is theirs to mend.
   */
  change(choices: Partial<Settings>, by: 'person' | 'command-line' = 'person'): Promise<void> {
    return this.#inTurn(async () => {
      const { current: before, problem, broken } = this.#read;
      if (broken) throw new StateError(`${problem ?? ''} Repair or remove the file, then restart.`);
      const { seal, record } = this.#keeping;
      if (seal.problem !== null) throw new StateError(seal.problem);
      const current = { ...before, ...choices };
      const change = changeBy(by, before, current);
      const loosens = tightenedSettings(before, current).left.length > 0;
      if (loosens) await record(change);
      const hash = await this.#document.write(current);
      try {
        await keep(seal, before, current, hash);
      } catch (error) {
        await this.#document.write(before).catch(() => undefined);
        throw error;
      }
      this.#read = { current, problem: null, broken: false };
      this.emit('changed');
      if (!loosens) await record(change);
    });
  }

  #inTurn<R>(work: () => Promise<R>): Promise<R> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

/** Never rejects. */
async function read(document: JsonDocument<Settings>, { seal, record, firstFiles }: Keeping): Promise<Read> {
  const file = await document.read();
  const bad = file.kind === 'bad' ? { problem: file.reason, broken: true } : { problem: null, broken: false };
  if (seal.problem !== null) return { ...bad, current: DEFAULTS };
  const sealed = seal.document(NAME);
  if (sealed === null && (firstFiles === 'trusted' || file.kind !== 'value')) {
    // Also where there is no file: one that comes later is somebody else's.
    const current = file.kind === 'value' ? file.value : DEFAULTS;
    const hash = file.kind === 'value' ? file.hash : '';
    return keep(seal, null, current, hash).then(
      () => ({ ...bad, current }),
      (error: unknown) => ({ ...bad, current: DEFAULTS, problem: messageOf(error) }),
    );
  }
  const before = (sealed === null ? null : document.parseText(sealed.text)) ?? DEFAULTS;
  if (file.kind !== 'value' || file.hash === sealed?.hash) return { ...bad, current: before };
  const { part, left } = tightenedSettings(before, file.value);
  // What tightens counts even where it cannot be sealed or recorded now: it is found again at the next start.
  if (part !== before || sealed === null) {
    await keep(seal, before, part, left.length === 0 ? file.hash : '').catch(() => undefined);
    if (part !== before) await record(changeBy('file', before, part)).catch(() => undefined);
  }
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

function changeBy(by: SettingsChange['by'], before: Settings, after: Settings): SettingsChange {
  const names = Object.keys({ ...before, ...after }).filter(
    (name) => !isDeepStrictEqual(before[name], after[name]),
  );
  const those = (from: Settings) =>
    z.json().parse(Object.fromEntries(names.map((name) => [name, from[name] ?? null])));
  return { by, before: those(before), after: those(after) };
}

const notCounted = (path: string, names: readonly string[]): string =>
  `${path} was changed outside Latchkey. What that does not tighten does not count: ${names.join(', ')}. ` +
  'It is replaced when you change a setting.';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
