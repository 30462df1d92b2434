import { EventEmitter } from 'node:events';

import type { EndReason, RunHandle, RunSpec } from './run-outcome.ts';

/** A Mac with more commands under way than this is not being worked on, it is being flooded. */
const MAX_RUNNING = 64;

/** The commands that run now. */
export class Runs extends EventEmitter<{ changed: [] }> {
  readonly #running = new Set<RunHandle>();
  /** Ended, but something that they started goes on. */
  readonly #leftBehind = new Set<RunHandle>();
  readonly #start: (spec: RunSpec) => RunHandle;

  constructor(start: (spec: RunSpec) => RunHandle) {
    super();
    this.#start = start;
  }

  get count(): number {
    return this.#running.size;
  }

  /** Null when too many run already. */
  start(spec: RunSpec): RunHandle | null {
    if (this.#running.size >= MAX_RUNNING) return null;
    const handle = this.#start(spec);
    this.#running.add(handle);
    this.emit('changed');
    void handle.outcome.then(async () => {
      this.#running.delete(handle);
      this.emit('changed');
      await this.#keepWhileAlive(handle);
    });
    return handle;
  }

  /** Resolves when every command and every descendant that was found is gone, or was found to be out of reach. */
  async endAll(reason: EndReason): Promise<void> {
    await Promise.all([...this.#running, ...this.#leftBehind].map((handle) => handle.end(reason)));
  }

  /** How many processes are found of what was started here, at this moment. */
  async leftovers(): Promise<number> {
    const handles = [...this.#running, ...this.#leftBehind];
    return (await Promise.all(handles.map((handle) => handle.leftovers()))).flat().length;
  }

  /** What a command left running belongs to it, and ends with everything else. */
  async #keepWhileAlive(handle: RunHandle): Promise<void> {
    for (const known of [handle, ...this.#leftBehind]) {
      if ((await known.leftovers()).length > 0) this.#leftBehind.add(known);
      else this.#leftBehind.delete(known);
    }
  }
}
