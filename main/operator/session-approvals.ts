import type { ResponseFrame } from '../gateway/frames.ts';
import { type ApprovalRequest, pendingInSession, sessionReplay } from './approval-request.ts';

/** Sessions that are followed at once: those whose commands were prepared here last. */
const FOLLOWED = 32;

export interface SessionEvents {
  request(method: string, params: object): Promise<ResponseFrame | null>;
  pending(approval: ApprovalRequest): void;
}

/**
 * Follows the approvals of sessions that run commands here. Current gateways send the event about a request only to the
 * client that it came from and to administrators; who follows the session hears of it with the scopes that we have.
 */
export class SessionApprovals {
  readonly #events: SessionEvents;
  readonly #watched = new Set<string>();

  constructor(events: SessionEvents) {
    this.#events = events;
  }

  watch(sessionKey: string, isConnected: boolean): void {
    const isNew = !this.#watched.delete(sessionKey);
    this.#watched.add(sessionKey);
    const [oldest] = this.#watched;
    if (this.#watched.size > FOLLOWED && oldest !== undefined) {
      this.#watched.delete(oldest);
      if (isConnected) void this.#events.request('sessions.messages.unsubscribe', { key: oldest });
    }
    if (isNew && isConnected) void this.#subscribe(sessionKey);
  }

  /** A new connection follows nothing yet. */
  follow(): void {
    for (const sessionKey of this.#watched) void this.#subscribe(sessionKey);
  }

  async #subscribe(key: string): Promise<void> {
    const response = await this.#events.request('sessions.messages.subscribe', {
      key,
      includeApprovals: true,
    });
    const { data } = sessionReplay.safeParse(response?.payload);
    for (const raw of data?.approvalReplay.approvals ?? []) {
      const approval = pendingInSession(key, raw);
      if (approval !== null) this.#events.pending(approval);
    }
  }
}
