import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';

import type { AuditFacts } from '../audit/audit-entry.ts';
import type { RunRequest } from '../request/run-request.ts';
import { type Clocks, Deadline } from './deadline.ts';
import type { CloseReason, QuietScope } from './prompt.ts';

const QUIET_MS = 15 * 60_000;

/** A stretch of time in which an agent, or one session of it, is not worth a question. */
export interface QuietTime {
  readonly id: string;
  readonly scope: QuietScope;
  readonly agentId: string | null;
  /** Counts where the scope is a session. */
  readonly sessionKey: string | null;
  readonly gatewayId: string;
  /** Wall clock, for people. */
  readonly endsAtMs: number;
}

type Who = Pick<RunRequest, 'agentId' | 'sessionKey'>;

interface Entry {
  readonly time: QuietTime;
  readonly deadline: Deadline;
}

interface Options {
  readonly journal: { append(facts: AuditFacts): Promise<unknown> };
  readonly clocks: Clocks;
}

/** More than that many agents never get on a person's nerves at once; the oldest goes. */
const CAPACITY = 100;

/**
 * Whom the person does not want to hear for a while. It only ever says no in the person's place, so it may go by names
 * that the gateway claims: who borrows another name is asked about, as before. In memory: it ends with the process.
 */
export class QuietTimes extends EventEmitter<{ changed: [] }> {
  readonly #options: Options;
  readonly #byId = new Map<string, Entry>();
  #sweep: NodeJS.Timeout | undefined;

  constructor(options: Options) {
    super();
    this.#options = options;
  }

  /** Oldest first. */
  get live(): readonly QuietTime[] {
    return [...this.#byId.values()].filter(({ deadline }) => !deadline.over).map(({ time }) => time);
  }

  begin(scope: QuietScope, { agentId, sessionKey }: Who, gatewayId: string): QuietTime {
    const deadline = new Deadline(this.#options.clocks, QUIET_MS);
    const { endsAtMs } = deadline;
    const time = { id: randomUUID(), scope, agentId, sessionKey, gatewayId, endsAtMs };
    for (const other of this.live) if (isSame(other, time)) this.#end(other.id, 'replaced');
    const [oldest] = this.#byId.keys();
    if (oldest !== undefined && this.#byId.size >= CAPACITY) this.#end(oldest, 'too-many');
    this.#byId.set(time.id, { time, deadline });
    this.#record(time, 'begun', null);
    this.#changed();
    return time;
  }

  /** Whether a question about this request is not to be asked now. */
  covers(who: Who, gatewayId: string): boolean {
    return this.live.some((time) => isQuiet(time, who, gatewayId));
  }

  /** False when there is none of this id any more. */
  end(id: string): boolean {
    return this.#end(id, 'ended-by-person');
  }

  endAll(): void {
    for (const id of [...this.#byId.keys()]) this.#end(id, 'ended-by-person');
  }

  /** Everything was closed. Only another pairing ends a quiet time: to be asked less is what it is for. */
  cleared(reason: CloseReason): void {
    if (reason !== 'unpaired') return;
    for (const id of [...this.#byId.keys()]) this.#end(id, reason);
  }

  #end(id: string, reason: string): boolean {
    const entry = this.#byId.get(id);
    if (entry === undefined) return false;
    this.#byId.delete(id);
    this.#record(entry.time, 'ended', entry.deadline.over ? 'expired' : reason);
    this.#changed();
    return true;
  }

  /** A no counts whether or not it could be written down. */
  #record(
    { id, scope, agentId, sessionKey, gatewayId }: QuietTime,
    step: 'begun' | 'ended',
    reason: string | null,
  ) {
    this.#options.journal
      .append({ kind: 'quiet', step, quietId: id, gatewayId, scope, agentId, sessionKey, reason })
      .catch(() => undefined);
  }

  #changed(): void {
    clearTimeout(this.#sweep);
    const next = Math.min(...[...this.#byId.values()].map(({ deadline }) => deadline.leftMs));
    if (Number.isFinite(next)) this.#sweep = setTimeout(() => this.#sweepOver(), next + 1).unref();
    this.emit('changed');
  }

  #sweepOver(): void {
    for (const [id, { deadline }] of [...this.#byId]) if (deadline.over) this.#end(id, 'expired');
  }
}

/** Whether this quiet time is about whoever asks. */
export function isQuiet(time: Omit<QuietTime, 'id' | 'endsAtMs'>, who: Who, gatewayId: string): boolean {
  if (time.gatewayId !== gatewayId || time.agentId !== who.agentId) return false;
  return time.scope === 'agent' || time.sessionKey === who.sessionKey;
}

const isSame = (a: QuietTime, b: QuietTime): boolean =>
  a.scope === b.scope && isQuiet(a, b, b.gatewayId) && a.sessionKey === b.sessionKey;
