import { type Refusal, refusals } from '../commands/refusal.ts';

/** What keeps everything from running, whatever policy says. */
export class Gate {
  /** By the person; stands over restarts. */
  paused: boolean;
  /** This Mac is not, or not any more, paired: what still comes in came too late. */
  unpaired = false;
  /** The person turns from one gateway to another: what comes now is for neither. */
  switching = false;
  quitting = false;

  constructor(paused: boolean) {
    this.paused = paused;
  }

  /** Why nothing may start now; null when something may. */
  get refusal(): Refusal | null {
    if (this.quitting) return refusals.quitting;
    if (this.unpaired) return refusals.unpaired;
    if (this.switching) return refusals.switching;
    return this.paused ? refusals.paused : null;
  }
}
