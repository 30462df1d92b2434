import { type Refusal, refusals } from '../commands/refusal.ts';

/** What keeps everything from running, whatever policy says. */
export class Gate {
  /** By the person; stands over restarts. */
  paused: boolean;
  /** By the person, after an incident: disconnected as well. Stands over restarts. */
  contained: boolean;
  /** The screen is locked, and the person chose to pause then. */
  locked = false;
  /** This Mac is not, or not any more, paired: what still comes in came too late. */
  unpaired = false;
  /** The person turns from one gateway to another: what comes now is for neither. */
  switching = false;
  quitting = false;

  constructor({ paused, contained }: { readonly paused: boolean; readonly contained: boolean }) {
    this.paused = paused;
    this.contained = contained;
  }

  /** Whether the person stopped everything, in one way or another. */
  get halted(): boolean {
    return this.paused || this.contained || this.locked;
  }

  /** Why nothing may start now; null when something may. */
  get refusal(): Refusal | null {
    if (this.quitting) return refusals.quitting;
    if (this.unpaired) return refusals.unpaired;
    if (this.switching) return refusals.switching;
    if (this.contained) return refusals.contained;
    if (this.paused) return refusals.paused;
    return this.locked ? refusals.locked : null;
  }
}
