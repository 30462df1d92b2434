import { EventEmitter } from 'node:events';

import type { Journal } from '../audit/journal.ts';
import type { CloseReason } from '../prompt/prompt.ts';
import type { EndReason } from '../run/run-outcome.ts';
import type { Mark, Marks } from '../state/marks.ts';
import type { Settings } from '../state/settings.ts';
import type { Gate } from './gate.ts';

/** What becomes of commands that run when a pause begins. */
export type RunsThen = 'keep' | 'end';

interface Parts {
  readonly gate: Gate;
  readonly marks: Pick<Marks, 'set' | 'clear'>;
  readonly journal: Pick<Journal, 'append'>;
  readonly settings: () => Pick<Settings, 'runsOnPause' | 'pauseWhileLocked'>;
  readonly closePrompts: (reason: CloseReason) => void;
  /** Resolves when all that runs is gone or out of reach, with what of it was left by an earlier start too. */
  readonly endRuns: (reason: EndReason) => Promise<void>;
  /** Resolves when no socket is left. */
  readonly disconnect: () => Promise<void>;
  /** Takes up the pairing that is kept. */
  readonly connect: () => Promise<void>;
  /** What has to be looked at again before anything may run. */
  readonly beforeResuming: () => Promise<unknown>;
}

/**
 * Everything by which the person stops this Mac from running anything: paused, paused while the screen is locked, and
 * contained after an incident. Each begins in memory, at once, and then on the disk: nothing can start in between.
 */
export class Halt extends EventEmitter<{ changed: [] }> {
  readonly #parts: Parts;
  #kept = true;
  /** How often this Mac was stopped: what ends one stop does not end one that came meanwhile. */
  readonly #stops = { pauses: 0, containments: 0 };

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
  }

  get contained(): boolean {
    return this.#parts.gate.contained;
  }

  /** False: this stop is in memory alone, a restart would end it. */
  get kept(): boolean {
    return this.#kept;
  }

  /**
   * Denies what waits and refuses what comes.
   * @param runs what becomes of what runs; as the settings say where it is left out.
   * @throws {StateError} when that would not survive a restart.
   */
  async pause(runs: RunsThen = this.#parts.settings().runsOnPause): Promise<void> {
    const { gate, closePrompts } = this.#parts;
    this.#stops.pauses += 1;
    gate.paused = true;
    this.#kept = true;
    closePrompts('paused');
    this.emit('changed');
    const ended = runs === 'end' ? this.#parts.endRuns('paused') : Promise.resolve();
    const kept = this.#keep('paused');
    // Awaited below; until then it is nobody's.
    kept.catch(() => undefined);
    // A record that cannot be written is no reason not to be paused.
    await this.#parts.journal.append({ kind: 'pause', paused: true, by: 'person' }).catch(() => undefined);
    await ended;
    await kept;
  }

  /** @throws {StateError} when the mark could not be taken away: then this Mac stays paused. */
  async resume(): Promise<void> {
    if (this.contained) throw new Error(CONTAINED);
    const { gate, marks, journal } = this.#parts;
    const { pauses } = this.#stops;
    await journal.append({ kind: 'pause', paused: false, by: 'person' });
    await marks.clear('paused');
    await this.#parts.beforeResuming();
    const pausedAgain = this.#stops.pauses !== pauses;
    // Its mark may be what was just taken away.
    if (pausedAgain) await this.#keep('paused');
    // Also where only the seal knew of it, which could not be read before.
    if (gate.contained) throw new Error(CONTAINED);
    if (pausedAgain) return;
    gate.paused = false;
    this.emit('changed');
  }

  /** The screen was locked: what waits is denied, and what comes is refused if the person chose so. */
  async screenLocked(): Promise<void> {
    const { gate, settings, closePrompts, endRuns, journal } = this.#parts;
    const pauses = settings().pauseWhileLocked;
    gate.locked = pauses;
    closePrompts('locked');
    if (!pauses) return;
    this.emit('changed');
    if (settings().runsOnPause === 'end') await endRuns('paused');
    await journal.append({ kind: 'pause', paused: true, by: 'screen-lock' });
  }

  /** Never resumes what the person paused. */
  async screenUnlocked(): Promise<void> {
    const { gate, journal } = this.#parts;
    if (!gate.locked) return;
    gate.locked = false;
    this.emit('changed');
    await journal.append({ kind: 'pause', paused: false, by: 'screen-lock' });
  }

  /**
   * Something is wrong: pauses, ends all that runs and disconnects, and stays so over restarts until `endContainment`.
   * Each of the three is done even if another one fails.
   * @throws {StateError} when it would not survive a restart.
   */
  async contain(): Promise<void> {
    const { gate, closePrompts, endRuns, disconnect, journal } = this.#parts;
    this.#stops.pauses += 1;
    this.#stops.containments += 1;
    gate.contained = true;
    gate.paused = true;
    this.#kept = true;
    closePrompts('paused');
    this.emit('changed');
    const ended = endRuns('contained');
    const kept = Promise.all([this.#keep('contained'), this.#keep('paused')]);
    // A Keychain that asks for a password must not keep the connection open.
    kept.catch(() => undefined);
    await ended;
    await disconnect();
    // Whoever reads of it in the record can count on the mark, if it could be set at all.
    await kept.catch(() => undefined);
    await journal.append({ kind: 'incident', contained: true, by: 'person' }).catch(() => undefined);
    this.emit('changed');
    await kept;
  }

  /** Connects again. Still paused: that commands run again is a choice of its own. @throws {StateError} */
  async endContainment(): Promise<void> {
    if (!this.contained) return;
    const { gate, marks, journal, connect } = this.#parts;
    const { containments } = this.#stops;
    await journal.append({ kind: 'incident', contained: false, by: 'person' });
    await marks.clear('contained');
    if (this.#stops.containments !== containments) return this.#keep('contained');
    gate.contained = false;
    this.emit('changed');
    await connect();
    this.emit('changed');
  }

  async #keep(mark: Mark): Promise<void> {
    try {
      await this.#parts.marks.set(mark, new Date());
    } catch (error) {
      this.#kept = false;
      throw error;
    }
  }
}

export const CONTAINED =
  'This Mac is contained: it is disconnected and runs nothing. End the containment in the Incident window first.';
