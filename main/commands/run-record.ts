import { randomUUID } from 'node:crypto';

import type { AuditFacts } from '../audit/audit-entry.ts';
import { hashEnvironment } from '../audit/environment-hashes.ts';
import type { Drift } from '../binding/check-binding.ts';
import type { Assessment } from '../request/assessment.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { Finished } from '../run/run-outcome.ts';
import type { DecidedBy } from './authorise.ts';
import type { Refusal } from './refusal.ts';

/** The part of the journal that is needed. Resolves when the entry is on the disk. */
export interface RunJournal {
  append(facts: AuditFacts): Promise<unknown>;
}

/** Which request this is about, in every one of its entries. */
interface Identity {
  readonly idempotencyKey: string | null;
  readonly parametersHash: string;
  /** Null: the gateway gave it none. */
  readonly runId: string | null;
  readonly gatewayId: string;
}

/** An entry is not on the disk. Before the spawn that means: nothing may run. */
export class NotRecorded extends Error {
  override readonly name = 'NotRecorded';
}

/** The entries of one request, in the words of the journal. Every method rejects with `NotRecorded`. */
export class RunRecord {
  readonly requestId = randomUUID();
  readonly #journal: RunJournal;
  readonly #identity: Identity;

  constructor(journal: RunJournal, identity: Identity) {
    this.#journal = journal;
    this.#identity = identity;
  }

  /** The gateway's run id; where it gave none, one of ours. */
  get runId(): string {
    return this.#identity.runId ?? this.requestId;
  }

  request({ argv, cwd, env, agentId, sessionKey }: RunRequest): Promise<void> {
    return this.#append({
      kind: 'request',
      requestId: this.requestId,
      ...this.#identity,
      argv: [...argv],
      cwd,
      env: hashEnvironment(env),
      agentId,
      sessionKey,
    });
  }

  binding({ digest, binding, operands }: Assessment): Promise<void> {
    return this.#append({
      kind: 'binding',
      requestId: this.requestId,
      digest,
      cwd: binding.cwd,
      executables: binding.files
        .filter(({ role }) => role === 'executable')
        .map(({ realPath, sha256 }) => ({ path: realPath, sha256 })),
      operands: operands.map(({ path, sha256 }) => ({ path, sha256 })),
    });
  }

  /** `digest` is null where nothing was judged yet. */
  decision(decision: string, by: DecidedBy, { reason, text }: Refusal, digest: string | null): Promise<void> {
    return this.#append({ kind: 'decision', requestId: this.requestId, digest, decision, by, reason, text });
  }

  start(digest: string): Promise<void> {
    return this.#append({ kind: 'start', requestId: this.requestId, ...this.#execution(), digest });
  }

  drift(when: 'before' | 'after', drift: readonly Drift[]): Promise<void> {
    const differences = drift.map(({ role, path, what }) => `${role} ${path}: ${what}`);
    return this.#append({ kind: 'drift', requestId: this.requestId, when, differences });
  }

  end(outcome: Finished): Promise<void> {
    const { exitCode, timedOut, success, endedBy, truncated, durationMs, outputTail } = outcome;
    return this.#append({
      kind: 'end',
      requestId: this.requestId,
      ...this.#execution(),
      exitCode,
      timedOut,
      success,
      endedBy,
      truncated,
      durationMs,
      outputTail,
      error: null,
    });
  }

  /** A start was recorded, and then nothing ran after all. */
  didNotStart({ reason, text }: Refusal): Promise<void> {
    return this.#append({
      kind: 'end',
      requestId: this.requestId,
      ...this.#execution(),
      exitCode: null,
      timedOut: false,
      success: false,
      endedBy: reason,
      truncated: false,
      durationMs: 0,
      error: text,
      outputTail: '',
    });
  }

  undelivered(reason: string): Promise<void> {
    return this.#append({ kind: 'undelivered', requestId: this.requestId, runId: this.runId, reason });
  }

  #execution() {
    return { ...this.#identity, runId: this.runId };
  }

  async #append(facts: AuditFacts): Promise<void> {
    try {
      await this.#journal.append(facts);
    } catch (error) {
      throw new NotRecorded('the entry could not be written', { cause: error });
    }
  }
}
