import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import type { Device } from './device-book.ts';
import type { Request } from './protocol-check.ts';

/** What the gateway has of one invoke: the node's answer, or its own word for having none. */
export type InvokeOutcome =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string };

export interface InvokeOptions {
  /** How long the gateway waits for the answer. */
  readonly timeoutMs?: number;
  readonly idempotencyKey?: string;
  readonly id?: string;
}

/** A `node.event` that arrived, and whether it belongs to a run that the gateway waits for. */
export interface NodeEvent {
  readonly event: string;
  readonly payload: unknown;
  readonly handled: boolean;
}

const resultParams = z.object({
  id: z.string(),
  nodeId: z.string(),
  ok: z.boolean(),
  payloadJSON: z.string().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
const eventParams = z.object({ event: z.string(), payloadJSON: z.string().default('{}') });
const runOf = z.object({ runId: z.string() });

/** The gateway's side of one connected node. */
export class NodeLink {
  readonly device: Device;
  readonly events: NodeEvent[] = [];
  /** Invokes that were answered, in the order of the answers. */
  readonly answered: string[] = [];
  /** Switched off, results and events are received and not acknowledged. */
  acknowledges = true;
  readonly #send: (frame: object) => void;
  readonly #invokes = new Map<string, (outcome: InvokeOutcome) => void>();
  readonly #runs = new Set<string>();
  readonly #skillBins: readonly unknown[];

  constructor(
    device: Device,
    send: (frame: object) => void,
    skillBins: readonly unknown[] = ['gh', 'git', 'jq'],
  ) {
    this.device = device;
    this.#skillBins = skillBins;
    this.#send = send;
  }

  /** Resolves when the node answered, the time is over, or the connection is gone. */
  invoke(command: string, params: unknown, options: InvokeOptions = {}): Promise<InvokeOutcome> {
    const { timeoutMs = 30_000, id = randomUUID(), idempotencyKey = randomUUID() } = options;
    if (!this.device.commandsApproved) {
      return Promise.resolve({ ok: false, code: 'INVALID_REQUEST', message: 'node command not allowed' });
    }
    const outcome = this.expect(id, timeoutMs);
    this.sendInvoke({ id, command, paramsJSON: JSON.stringify(params), timeoutMs, idempotencyKey });
    return outcome;
  }

  /** The answer to an invoke with that id, whoever sent it. */
  expect(id: string, timeoutMs = 30_000): Promise<InvokeOutcome> {
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => settle({ ok: false, code: 'TIMEOUT', message: 'node invoke timed out' }),
        timeoutMs,
      );
      const settle = (outcome: InvokeOutcome): void => {
        clearTimeout(timer);
        this.#invokes.delete(id);
        resolve(outcome);
      };
      this.#invokes.set(id, settle);
    });
  }

  /** The bare frame: nobody waits for an answer to it. */
  sendInvoke(payload: object): void {
    this.sendEvent('node.invoke.request', { nodeId: this.device.deviceId, ...payload });
  }

  /** The caller gave up. What the node answers from now on belongs to nothing. */
  cancel(id: string): void {
    this.sendEvent('node.invoke.cancel', { invokeId: id, nodeId: this.device.deviceId });
    this.#invokes.get(id)?.({ ok: false, code: 'CANCELLED', message: 'the caller gave up' });
  }

  sendEvent(event: string, payload: object): void {
    this.sendBare(event, payload);
  }

  /** An event that no gateway should send. */
  sendBare(event: string, payload: unknown): void {
    this.#send({ type: 'event', event, payload });
  }

  /** While this is open, events of that run belong to it. */
  openRun(runId: string): void {
    this.#runs.add(runId);
  }

  closeRun(runId: string): void {
    this.#runs.delete(runId);
  }

  take({ id, method, params }: Request): void {
    const result = this.#answer(method, params);
    if (!this.acknowledges && method !== 'node.pending.pull') return;
    this.#send({ type: 'res', id, ...result });
  }

  lost(): void {
    const outcome = { ok: false, code: 'NOT_CONNECTED', message: 'node disconnected' } as const;
    for (const settle of this.#invokes.values()) settle(outcome);
  }

  #answer(method: string, params: unknown): object {
    // Until its commands are approved a node may say nothing but results, and is told this.
    if (!this.device.commandsApproved && method !== 'skills.bins' && method !== 'node.invoke.result') {
      const message = 'node pairing changed while invocation was active';
      return {
        ok: false,
        error: { code: 'UNAVAILABLE', message, retryable: true, details: { code: 'PAIRING_CHANGED' } },
      };
    }
    switch (method) {
      case 'node.invoke.result':
        return this.#takeResult(resultParams.parse(params));
      case 'node.event':
        return { ok: true, payload: this.#takeEvent(eventParams.parse(params)) };
      case 'skills.bins':
        return { ok: true, payload: { bins: this.#skillBins } };
      default:
        return { ok: true, payload: { nodeId: this.device.deviceId, actions: [] } };
    }
  }

  #takeResult({ id, nodeId, ok, payloadJSON, error }: z.infer<typeof resultParams>): object {
    if (nodeId !== this.device.deviceId) {
      return { ok: false, error: { code: 'INVALID_REQUEST', message: 'nodeId mismatch' } };
    }
    this.answered.push(id);
    const settle = this.#invokes.get(id);
    if (settle === undefined) return { ok: true, payload: { ok: true, ignored: true } };
    if (ok) settle({ ok, payload: payloadJSON === undefined ? undefined : JSON.parse(payloadJSON) });
    else settle({ ok, code: error?.code ?? 'UNAVAILABLE', message: error?.message ?? 'node invoke failed' });
    return { ok: true, payload: { ok: true } };
  }

  #takeEvent({ event, payloadJSON }: z.infer<typeof eventParams>): object {
    const payload: unknown = JSON.parse(payloadJSON);
    const run = runOf.safeParse(payload).data?.runId;
    const handled = !event.startsWith('exec.') || (run !== undefined && this.#runs.has(run));
    this.events.push({ event, payload, handled });
    return { ok: true, event, handled, reason: handled ? 'updated' : 'unmatched_exec_event' };
  }
}
