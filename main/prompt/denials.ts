import type { Clocks } from './deadline.ts';

const WITHIN_MS = 10 * 60_000;
const MANY = 3;
const KEPT = 200;

/** How often the person denied an agent of late. */
export class Denials {
  readonly #clocks: Pick<Clocks, 'steady'>;
  #latest: { readonly who: string; readonly at: number }[] = [];

  constructor(clocks: Pick<Clocks, 'steady'>) {
    this.#clocks = clocks;
  }

  add(agentId: string | null, gatewayId: string): void {
    this.#latest = [...this.#latest, { who: whoIs(agentId, gatewayId), at: this.#clocks.steady() }].slice(
      -KEPT,
    );
  }

  /** Three within ten minutes: the next question is one too many for some. */
  areMany(agentId: string | null, gatewayId: string): boolean {
    const who = whoIs(agentId, gatewayId);
    const since = this.#clocks.steady() - WITHIN_MS;
    return this.#latest.filter((denial) => denial.who === who && denial.at > since).length >= MANY;
  }
}

const whoIs = (agentId: string | null, gatewayId: string): string => JSON.stringify([gatewayId, agentId]);
