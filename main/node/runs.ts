import { EventEmitter } from 'node:events';

import type { EndReason, RunHandle, RunSpec } from '../run/run-outcome.ts';

/** A Mac with more commands under way than this is not being worked on, it is being flooded. */
const MAX_RUNNING = 64;

/** The commands that run now. */
export class Runs extends EventEmitter<{ changed: [] }> {
  readonly #running = new Set<RunHandle>();
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
    void handle.outcome.then(() => {
      this.#running.delete(handle);
      this.emit('changed');
    });
    return handle;
  }

  /** Resolves when every command and every descendant that was found is gone, or was found to be out of reach. */
  async endAll(reason: EndReason): Promise<void> {
    await Promise.all([...this.#running].map((handle) => handle.end(reason)));
  }
}
