import { EventEmitter } from 'node:events';

import type { ConnectAuth } from '../gateway/credentials.ts';
import type { EventFrame } from '../gateway/frames.ts';
import { PairingError } from '../pairing/pairing-error.ts';
import { type AddressRules } from '../pairing/pairing-offer.ts';
import { parseSetupCode } from '../pairing/setup-code.ts';
import { ApprovalQuestions, type Decision, type QuestionsOptions } from './approval-questions.ts';
import {
  approvalList,
  type ApprovalRequest,
  approvalRequest,
  approvalResolved,
  nodeNames,
  pendingInSession,
  sessionApprovalEvent,
} from './approval-request.ts';
import type { OperatorLink } from './operator-link.ts';
import type { OperatorStatus } from './operator-status.ts';
import { PendingApprovals } from './pending-approvals.ts';
import { SessionApprovals } from './session-approvals.ts';

export type EnableRequest =
  | { readonly by: 'setup-code'; readonly setupCode: string }
  | { readonly by: 'token'; readonly token: string };

interface SwitchOptions extends AddressRules {
  /** That the connection is switched on or off by the person. */
  readonly record: (before: boolean, after: boolean) => Promise<void>;
}

const ANSWER_MS = 30_000;
const ORIGINS_KEPT = 200;

/** This Mac as an operator of its gateway: it sees what the gateway wants approved, and answers. */
export class Operator extends EventEmitter<{ changed: [] }> {
  readonly #link: OperatorLink;
  readonly #switch: SwitchOptions;
  readonly #pending: PendingApprovals;
  readonly #sessions: SessionApprovals;
  /** Where requests came from, by approval id. */
  readonly #origins = new Map<string, string>();

  constructor(
    link: OperatorLink,
    options: SwitchOptions,
    asking: Omit<QuestionsOptions, 'resolve' | 'hostName'>,
  ) {
    super();
    this.#link = link;
    this.#switch = options;
    const questions = new ApprovalQuestions({
      ...asking,
      hostName: (approval) => this.#hostName(approval),
      resolve: (id, decision) => this.#resolve(id, decision),
    });
    this.#pending = new PendingApprovals({
      opened: (approval) => {
        this.#remember(approval);
        void questions.open(approval);
      },
      over: (id) => questions.close(id),
    });
    this.#sessions = new SessionApprovals({
      request: (method, params) => link.request(method, params, ANSWER_MS),
      pending: (approval) => this.#pending.requested(approval),
    });
    link.on('status', () => void this.emit('changed'));
    link.on('event', (frame) => this.#take(frame));
    // The listener is there before the list is asked for, so nothing falls between the two.
    link.on('connected', () => this.#ask());
    link.on('followed', () => asking.ledger.clear());
    link.on('lost', () => this.#pending.lost());
  }

  get status(): OperatorStatus {
    return this.#link.status;
  }

  /**
   * Switches it on, with a fresh setup code or the gateway's shared token: it serves the first connection and is not kept.
   * Of a setup code only the token is used: it goes to the gateway that this Mac is paired with.
   * @throws {PairingError | AuditError} when what was given cannot be used, or it could not be recorded.
   */
  async enable(request: EnableRequest): Promise<void> {
    const first = this.#firstToken(request);
    await this.#switch.record(this.#isOn, true);
    await this.#link.enable(first);
  }

  /** @throws {SecretStoreError | AuditError} when the token may still be stored, or it could not be recorded. */
  async disable(): Promise<void> {
    const before = this.#isOn;
    await this.#link.disable().finally(() => this.#switch.record(before, false));
  }

  get #isOn(): boolean {
    return this.status.state !== 'off';
  }

  #firstToken(request: EnableRequest): ConnectAuth {
    if (request.by === 'setup-code') return parseSetupCode(request.setupCode, Date.now(), this.#switch).token;
    const value = request.token.trim();
    if (value === '' || value.length > 4096) {
      throw new PairingError(
        "the token is missing: it is `gateway.auth.token` in the gateway's configuration",
      );
    }
    return { kind: 'token', value };
  }

  retry(): void {
    this.#link.retry();
  }

  /** A run of this session was prepared: the gateway may want it approved. */
  expectIn(sessionKey: string | null): void {
    if (sessionKey !== null) this.#sessions.watch(sessionKey, this.status.state === 'connected');
  }

  /** Shows again what went away without an answer. */
  lookAgain(): void {
    if (this.status.state !== 'connected') return;
    this.#pending.lost();
    this.#ask();
  }

  /** Where the request with this approval came from, as the gateway says; null: not known. */
  originOf(approvalId: string | null): string | null {
    return approvalId === null ? null : (this.#origins.get(approvalId) ?? null);
  }

  #take({ event, payload }: EventFrame): void {
    if (event === 'exec.approval.requested') {
      const approval = approvalRequest.safeParse(payload).data;
      if (approval !== undefined) this.#pending.requested(approval);
    } else if (event === 'session.approval') {
      this.#takeInSession(payload);
    } else if (event === 'exec.approval.resolved') {
      const resolved = approvalResolved.safeParse(payload).data;
      if (resolved !== undefined) this.#pending.resolved(resolved.id);
    }
  }

  #takeInSession(payload: unknown): void {
    const { data } = sessionApprovalEvent.safeParse(payload);
    if (data === undefined) return;
    const pending = pendingInSession(data.sessionKey, data.approval);
    if (pending === null) this.#pending.resolved(data.approval.id);
    else this.#pending.requested(pending);
  }

  #remember({ id, request }: ApprovalRequest): void {
    if (request.turnSourceChannel == null) return;
    this.#origins.set(id, request.turnSourceChannel);
    const [oldest] = this.#origins.keys();
    if (this.#origins.size > ORIGINS_KEPT && oldest !== undefined) this.#origins.delete(oldest);
  }

  /** What waits on the gateway now. */
  #ask(): void {
    void this.#list();
    this.#sessions.follow();
  }

  async #list(): Promise<void> {
    const before = this.#pending.open;
    const response = await this.#link.request('exec.approval.list', {}, ANSWER_MS);
    const listed = response?.ok === true ? approvalList.safeParse(response.payload).data : undefined;
    if (listed !== undefined) this.#pending.listed(listed, before);
  }

  async #resolve(id: string, decision: Decision): Promise<boolean> {
    // The newer method reaches every request that this device may answer; older gateways have only the other one.
    const given = { id, kind: 'exec', decision };
    const response = await this.#link.request('approval.resolve', given, ANSWER_MS);
    if (response === null || response.ok) return response !== null;
    // A no is an answer too: somebody else was first, or it is too late.
    return (await this.#link.request('exec.approval.resolve', { id, decision }, ANSWER_MS)) !== null;
  }

  async #hostName({ request }: ApprovalRequest): Promise<string> {
    const { host, nodeId } = request;
    if (host !== 'node' || nodeId === null) return host ?? 'gateway';
    const response = await this.#link.request('node.list', {}, ANSWER_MS);
    const nodes = nodeNames.safeParse(response?.payload).data?.nodes ?? [];
    const name = nodes.find((node) => node.nodeId === nodeId)?.displayName;
    return name ? `${name} (${nodeId.slice(0, 12)})` : nodeId;
  }
}
