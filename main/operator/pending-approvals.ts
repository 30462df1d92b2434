import type { ApprovalRequest } from './approval-request.ts';

/** Ids of what is over that are remembered, so that a list from before does not bring it back. */
const OVER_KEPT = 1000;
/** More than anybody could answer. */
const OPEN_KEPT = 200;

export interface PendingEvents {
  opened(approval: ApprovalRequest): void;
  over(id: string): void;
}

/** What waits on the gateway, put together by id from its events and its list, in whatever order they come. */
export class PendingApprovals {
  readonly #events: PendingEvents;
  readonly #open = new Set<string>();
  readonly #over = new Set<string>();

  constructor(events: PendingEvents) {
    this.#events = events;
  }

  /** What is open now: to be handed to `listed` with the answer to a list that is asked for now. */
  get open(): ReadonlySet<string> {
    return new Set(this.#open);
  }

  requested(approval: ApprovalRequest): void {
    const { id } = approval;
    if (this.#open.has(id) || this.#over.has(id) || this.#open.size >= OPEN_KEPT) return;
    this.#open.add(id);
    this.#events.opened(approval);
  }

  resolved(id: string): void {
    this.#over.add(id);
    const [oldest] = this.#over;
    if (this.#over.size > OVER_KEPT && oldest !== undefined) this.#over.delete(oldest);
    if (this.#open.delete(id)) this.#events.over(id);
  }

  /** @param before what was open when the list was asked for: of that, what is not in the list was answered meanwhile. */
  listed(approvals: readonly ApprovalRequest[], before: ReadonlySet<string>): void {
    const ids = new Set(approvals.map(({ id }) => id));
    for (const id of before) if (!ids.has(id)) this.resolved(id);
    for (const approval of approvals) this.requested(approval);
  }

  /** The gateway is not there: what waits on it cannot be answered. It is listed again when it is back. */
  lost(): void {
    const open = this.open;
    this.#open.clear();
    for (const id of open) this.#events.over(id);
  }
}
