import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';

import type { AuditFacts } from '../audit/audit-entry.ts';
import { type Clocks, Deadline } from '../prompt/deadline.ts';
import { type Grant, GRANT_MS, type GrantEnd } from './grant.ts';

/** What is granted, and under which policy it was. */
export type GrantOrder = Pick<Grant, 'digest' | 'span' | 'request' | 'cwd' | 'gateway'> & {
  readonly policyVersion: string;
};

interface Entry {
  readonly grant: Grant;
  readonly policyVersion: string;
  readonly deadline: Deadline;
}

interface Options {
  readonly journal: { append(facts: AuditFacts): Promise<unknown> };
  readonly clocks: Clocks;
}

/** More than a person keeps in mind: past this the oldest one ends. */
const CAPACITY = 100;

/**
 * The grants in force. Each is looked up by the digest of the very request, so a session key that somebody borrows gets
 * nothing. All of them end together with every question that waits; each ends at its time, and with the policy that it
 * was given under. Endings take effect at once and are recorded then; a grant is recorded before it counts.
 */
export class GrantBook extends EventEmitter<{ changed: [] }> {
  readonly #options: Options;
  readonly #byId = new Map<string, Entry>();
  #epoch = 0;
  #sweep: NodeJS.Timeout | undefined;

  constructor(options: Options) {
    super();
    this.#options = options;
  }

  /** Counts how often all grants were dropped: one decided on before that is not given after it. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Oldest first. */
  get live(): readonly Grant[] {
    return [...this.#byId.values()].filter(({ deadline }) => !deadline.over).map(({ grant }) => grant);
  }

  /**
   * Makes a grant of what the person decided in `epoch`; null when everything was dropped since.
   * @throws when it could not be recorded: then there is none.
   */
  async give({ policyVersion, ...order }: GrantOrder, epoch: number): Promise<Grant | null> {
    const { clocks, journal } = this.#options;
    const deadline = new Deadline(clocks, GRANT_MS[order.span]);
    const grant: Grant = {
      ...order,
      id: randomUUID(),
      givenAtMs: clocks.wall(),
      endsAtMs: deadline.endsAtMs,
    };
    await journal.append(entryOf(grant, 'given', null));
    if (epoch !== this.#epoch) {
      this.#record(grant, 'dropped');
      return null;
    }
    for (const { grant: other } of [...this.#byId.values()]) {
      if (other.digest === grant.digest) this.#end(other.id, 'replaced');
    }
    const [oldest] = this.#byId.keys();
    if (oldest !== undefined && this.#byId.size >= CAPACITY) this.#end(oldest, 'too-many');
    this.#byId.set(grant.id, { grant, policyVersion, deadline });
    this.#changed();
    return grant;
  }

  /** The id of the grant that covers this digest under this policy. One given under another policy ends here. */
  find(digest: string, policyVersion: string): string | null {
    for (const { grant, policyVersion: given } of [...this.#byId.values()]) {
      if (grant.digest !== digest) continue;
      if (given !== policyVersion) this.#end(grant.id, 'policy-changed');
      else if (this.stands(grant.id)) return grant.id;
    }
    return null;
  }

  /** Whether this grant is in force at this moment. */
  stands(id: string): boolean {
    const entry = this.#byId.get(id);
    if (entry === undefined) return false;
    if (!entry.deadline.over) return true;
    this.#end(id, 'expired');
    return false;
  }

  /** False when there is none of this id any more. */
  revoke(id: string): boolean {
    return this.#end(id, 'revoked');
  }

  revokeAll(): void {
    for (const id of [...this.#byId.keys()]) this.#end(id, 'revoked');
  }

  /** Ends every grant, and those that are on their way. */
  dropAll(reason: GrantEnd): void {
    this.#epoch += 1;
    for (const id of [...this.#byId.keys()]) this.#end(id, reason);
  }

  /** What goes on after a reconnect may be another session of the same name. */
  connectionLost(gatewayId: string): void {
    for (const { grant } of [...this.#byId.values()]) {
      if (grant.gateway.id === gatewayId && grant.span === 'session') this.#end(grant.id, 'connection-lost');
    }
  }

  /** The policy is this one now: what was given under another is over. */
  policyIs(version: string): void {
    for (const { grant, policyVersion } of [...this.#byId.values()]) {
      if (policyVersion !== version) this.#end(grant.id, 'policy-changed');
    }
  }

  #end(id: string, reason: GrantEnd): boolean {
    const entry = this.#byId.get(id);
    if (entry === undefined) return false;
    this.#byId.delete(id);
    this.#record(entry.grant, entry.deadline.over ? 'expired' : reason);
    this.#changed();
    return true;
  }

  /** An end counts whether or not it could be written down: the journal reports its own trouble. */
  #record(grant: Grant, reason: GrantEnd): void {
    this.#options.journal.append(entryOf(grant, 'ended', reason)).catch(() => undefined);
  }

  #changed(): void {
    clearTimeout(this.#sweep);
    const next = Math.min(...[...this.#byId.values()].map(({ deadline }) => deadline.leftMs));
    if (Number.isFinite(next)) {
      // For the list and the record; whether a grant counts is asked of its deadline each time.
      this.#sweep = setTimeout(() => this.#sweepOver(), next + 1).unref();
    }
    this.emit('changed');
  }

  #sweepOver(): void {
    for (const [id, { deadline }] of [...this.#byId]) {
      if (deadline.over) this.#end(id, 'expired');
    }
  }
}

function entryOf(
  { id, digest, span, request, gateway }: Grant,
  step: 'given' | 'ended',
  reason: GrantEnd | null,
): AuditFacts {
  const { agentId, sessionKey } = request;
  return {
    kind: 'grant',
    step,
    grantId: id,
    gatewayId: gateway.id,
    digest,
    span,
    agentId,
    sessionKey,
    reason,
  };
}
