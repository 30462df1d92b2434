import type { Role } from './connect-request.ts';
import { answerableInvoke, type EventFrame, invokeCancel, invokeRequest, pairResolved } from './frames.ts';
import type { GatewaySession } from './gateway-session.ts';
import type { Delivery, Invoke, InvokeAnswer } from './invoke.ts';

/** How long the gateway may take to acknowledge. */
const ACKNOWLEDGE_MS = 30_000;
/** Room in a frame for what is around an answer's payload. */
const ENVELOPE_BYTES = 4096;
/** Ids of answered invokes that are remembered, so that a frame sent twice is not a second request. */
const ANSWERED_KEPT = 4096;

export interface LiveEvents {
  invoke(invoke: Invoke): void;
  /** The caller gave this invoke up: its answer would not be heard, and is not sent. */
  cancel(invokeId: string): void;
  commandsApproved(approved: boolean): void;
  /** To an operator only, and then everything. */
  event(frame: EventFrame): void;
}

/** What is said on one connection once it is made. Every invoke gets at most one answer, and only here. */
export class LiveConnection {
  readonly epoch: number;
  readonly session: GatewaySession;
  readonly #role: Role;
  readonly #nodeId: string;
  readonly #events: LiveEvents;
  readonly #open = new Set<string>();
  readonly #answered = new Set<string>();
  #approved: boolean | null = null;

  constructor(epoch: number, session: GatewaySession, nodeId: string, role: Role, events: LiveEvents) {
    this.#role = role;
    this.epoch = epoch;
    this.session = session;
    this.#nodeId = nodeId;
    this.#events = events;
  }

  begin(): void {
    if (this.#role === 'operator') {
      // Nothing that comes here is a request to a node, whatever it calls itself.
      this.session.listen((frame) => this.#events.event(frame));
      return;
    }
    this.session.listen((frame) => this.#take(frame));
    void this.#askWhetherApproved();
  }

  async answer(id: string, answer: InvokeAnswer): Promise<Delivery> {
    if (!this.#open.delete(id)) return 'lost';
    this.#remember(id);
    const { maxPayload } = this.session.hello.policy;
    return this.#deliver('node.invoke.result', {
      id,
      nodeId: this.#nodeId,
      ...wireAnswer(answer, maxPayload),
    });
  }

  sendEvent(event: string, payload: object): Promise<Delivery> {
    return this.#deliver('node.event', { event, payloadJSON: JSON.stringify(payload) });
  }

  async #deliver(method: string, params: object): Promise<Delivery> {
    const response = await this.session.request(method, params, ACKNOWLEDGE_MS);
    if (response === null) return 'lost';
    return response.ok && !takesNoNotice(response.payload) ? 'delivered' : 'ignored';
  }

  #take({ event, payload }: EventFrame): void {
    switch (event) {
      case 'node.invoke.request':
        this.#takeInvoke(payload);
        return;
      case 'node.invoke.cancel': {
        const cancelled = invokeCancel.safeParse(payload).data;
        if (cancelled !== undefined && this.#open.delete(cancelled.invokeId)) {
          this.#remember(cancelled.invokeId);
          this.#events.cancel(cancelled.invokeId);
        }
        return;
      }
      case 'node.pair.resolved': {
        const resolved = pairResolved.safeParse(payload).data;
        if (resolved?.nodeId === this.#nodeId) this.#settleApproval(resolved.decision === 'approved');
        return;
      }
      case 'tick':
        // The news of an approval may be dropped on a slow connection.
        if (this.#approved === false) void this.#askWhetherApproved();
    }
  }

  #takeInvoke(payload: unknown): void {
    const parsed = invokeRequest.safeParse(payload);
    if (!parsed.success || parsed.data.nodeId !== this.#nodeId) {
      const field = parsed.error?.issues[0]?.path.map(String).join('.');
      this.#refuse(payload, field ? `${field}: not valid` : 'nodeId: not this node');
      return;
    }
    const { id, command, paramsJSON, timeoutMs, idempotencyKey } = parsed.data;
    // A repeated id is ignored; the first one's answer serves both.
    if (this.#open.has(id) || this.#answered.has(id)) return;
    this.#open.add(id);
    this.#settleApproval(true);
    this.#events.invoke({
      epoch: this.epoch,
      id,
      command,
      paramsJSON: paramsJSON ?? null,
      timeoutMs: timeoutMs ?? null,
      idempotencyKey: idempotencyKey ?? null,
    });
  }

  #refuse(payload: unknown, message: string): void {
    const invoke = answerableInvoke.safeParse(payload).data;
    if (invoke === undefined || this.#open.has(invoke.id) || this.#answered.has(invoke.id)) return;
    this.#open.add(invoke.id);
    // Any other code would tell the agent that the command may have run.
    const code = invoke.command === 'system.run' ? 'SYSTEM_RUN_DENIED' : 'INVALID_REQUEST';
    void this.answer(invoke.id, { ok: false, code, message });
  }

  /** Nothing in the hello says so, but until the commands are approved the gateway refuses this harmless question. */
  async #askWhetherApproved(): Promise<void> {
    const response = await this.session.request('node.pending.pull', {}, ACKNOWLEDGE_MS);
    if (response?.ok === true) this.#settleApproval(true);
    // An answer that came late says nothing against an approval that came meanwhile.
    else if (response?.error?.details.code === 'PAIRING_CHANGED' && this.#approved !== true)
      this.#settleApproval(false);
  }

  #settleApproval(approved: boolean): void {
    if (this.#approved === approved) return;
    this.#approved = approved;
    this.#events.commandsApproved(approved);
  }

  #remember(id: string): void {
    this.#answered.add(id);
    const [oldest] = this.#answered;
    if (this.#answered.size > ANSWERED_KEPT && oldest !== undefined) this.#answered.delete(oldest);
  }
}

/** Closed on the wire: a field more, and the gateway rejects the answer. */
function wireAnswer(answer: InvokeAnswer, maxPayload: number) {
  if (!answer.ok) return { ok: false, error: { code: answer.code, message: answer.message } };
  const payloadJSON = JSON.stringify(answer.payload);
  // As it stands in a frame, where every quote in it takes two bytes.
  if (Buffer.byteLength(JSON.stringify(payloadJSON)) + ENVELOPE_BYTES <= maxPayload)
    return { ok: true, payloadJSON };
  return {
    ok: false,
    error: { code: 'UNAVAILABLE', message: 'the answer is larger than this gateway accepts' },
  };
}

/** Acknowledged, but for a run that the gateway has given up, or does not know. */
function takesNoNotice(payload: unknown): boolean {
  if (typeof payload !== 'object' || payload === null) return false;
  return (
    ('ignored' in payload && payload.ignored === true) || ('handled' in payload && payload.handled === false)
  );
}
