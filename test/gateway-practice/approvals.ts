import { randomUUID } from 'node:crypto';

import type { Request } from './protocol-check.ts';

export type Decision = 'allow-once' | 'allow-always' | 'deny';

/** One approval that waits. */
export interface Waiting {
  readonly id: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

interface Listener {
  readonly send: (event: string, payload: object) => void;
  /** The sessions whose approvals it follows. */
  readonly sessions: ReadonlySet<string>;
}

/** The approvals of a gateway, and the operators that hear of them. */
export class Approvals {
  readonly #waiting = new Map<string, Waiting & { readonly settle: (decision: Decision) => void }>();
  readonly #listeners = new Set<Listener>();
  /** `sessions`: as current gateways, only those hear of a request that follow its session. */
  readonly #heardBy: 'everybody' | 'sessions';

  constructor(heardBy: 'everybody' | 'sessions') {
    this.#heardBy = heardBy;
  }

  get waiting(): readonly Waiting[] {
    return [...this.#waiting.values()];
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves with its id and what an operator decided. */
  ask(
    request: Readonly<Record<string, unknown>>,
    id: string = randomUUID(),
  ): Promise<{ id: string; decision: Decision }> {
    const createdAtMs = Date.now();
    const waiting = { id, request, createdAtMs, expiresAtMs: createdAtMs + 30 * 60_000 };
    return new Promise((resolve) => {
      this.#waiting.set(id, { ...waiting, settle: (decision) => resolve({ id, decision }) });
      this.#tell('exec.approval.requested', { approvalKind: 'exec', ...waiting }, waiting, 'pending');
    });
  }

  /** False: it does not wait any more. */
  resolve(id: string, decision: Decision): boolean {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return false;
    this.#waiting.delete(id);
    const status = decision === 'deny' ? 'denied' : 'allowed';
    this.#tell('exec.approval.resolved', { id, decision, ts: Date.now() }, waiting, status);
    waiting.settle(decision);
    return true;
  }

  /** As the gateway answers `sessions.messages.subscribe`. */
  replay(sessionKey: string): object {
    const approvals = this.waiting.filter(({ request }) => request['sessionKey'] === sessionKey);
    return { sessionKey, updatedAtMs: 0, approvals: approvals.map((one) => projected(one, 'pending')) };
  }

  get visibleInList(): readonly Waiting[] {
    return this.#heardBy === 'everybody' ? this.waiting : [];
  }

  #tell(event: string, payload: object, waiting: Waiting, status: string): void {
    const sessionKey = String(waiting.request['sessionKey']);
    const approval = projected(waiting, status);
    for (const { send, sessions } of this.#listeners) {
      if (this.#heardBy === 'everybody') send(event, payload);
      else if (sessions.has(sessionKey)) {
        send('session.approval', {
          sessionKey,
          phase: status === 'pending' ? 'pending' : 'terminal',
          approval,
        });
      }
    }
  }
}

/** What is safe to show of an approval: neither plan nor folder. */
function projected({ id, request, createdAtMs, expiresAtMs }: Waiting, status: string): object {
  const { command, host = null, nodeId = null, agentId = null, allowedDecisions } = request;
  const presentation = { kind: 'exec', commandText: command, host, nodeId, agentId, allowedDecisions };
  return { id, status, presentation, createdAtMs, expiresAtMs };
}

/** The gateway's side of one connected operator. */
export class OperatorSide {
  readonly sessions = new Set<string>();
  readonly #approvals: Approvals;
  readonly #send: (frame: object) => void;
  readonly stop: () => void;

  constructor(approvals: Approvals, send: (frame: object) => void) {
    this.#approvals = approvals;
    this.#send = send;
    this.stop = approvals.listen({
      sessions: this.sessions,
      send: (event, payload) => send({ type: 'event', event, payload }),
    });
  }

  take({ id, method, params }: Request): void {
    this.#send({ type: 'res', id, ...this.#answer(method, params as Record<string, string>) });
  }

  #answer(method: string, params: Record<string, string>): object {
    const ok = (payload: object) => ({ ok: true, payload });
    switch (method) {
      case 'exec.approval.list':
        return ok([...this.#approvals.visibleInList].map((one) => ({ approvalKind: 'exec', ...one })));
      case 'approval.resolve':
      case 'exec.approval.resolve':
        return this.#approvals.resolve(params['id'] ?? '', params['decision'] as Decision)
          ? ok({ ok: true })
          : { ok: false, error: { code: 'INVALID_REQUEST', message: 'approval expired or not found' } };
      case 'sessions.messages.subscribe':
        this.sessions.add(params['key'] ?? '');
        return ok({ subscribed: true, approvalReplay: this.#approvals.replay(params['key'] ?? '') });
      case 'node.list':
        return ok({ nodes: [{ nodeId: 'other-node', displayName: 'Build server' }] });
      default:
        return ok({});
    }
  }
}
