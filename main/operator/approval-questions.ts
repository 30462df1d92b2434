import type { ApprovalLedger } from '../approvals/approval-ledger.ts';
import type { PreparedPlan, PreparedPlans } from '../commands/prepared-plans.ts';
import type { Refusal } from '../commands/refusal.ts';
import type { Prompt } from '../prompt/prompt.ts';
import type { PromptDesk, Question } from '../prompt/prompt-desk.ts';
import { environmentDigest } from '../request/environment-digest.ts';
import type { Judged } from '../request/judged.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { ApprovalRequest } from './approval-request.ts';
import { foreignQuestion } from './foreign-question.ts';

export type Decision = 'allow-once' | 'deny';

export interface QuestionsOptions {
  readonly desk: Pick<PromptDesk, 'ask' | 'canAsk'>;
  readonly ledger: ApprovalLedger;
  readonly plans: Pick<PreparedPlans, 'find' | 'findRequest' | 'findByText'>;
  readonly judge: (
    request: RunRequest,
    prepared: Pick<PreparedPlan, 'security' | 'ask'> | null,
  ) => Promise<Judged>;
  /** This Mac as its gateway calls it; null: not paired. */
  readonly nodeId: () => string | null;
  readonly gateway: () => Prompt['gateway'];
  readonly gate: () => Refusal | null;
  /** The person asked not to be disturbed by whoever sends this. */
  readonly isQuiet: (request: RunRequest) => boolean;
  readonly showOtherHosts: () => boolean;
  /** How the gateway calls the computer that this would run on. */
  readonly hostName: (approval: ApprovalRequest) => Promise<string>;
  /** Resolves when it is on the disk. Rejects when it is not: then the answer does not count. */
  readonly record: (
    approval: ApprovalRequest,
    digest: string | null,
    decision: Decision,
    by: 'person' | 'policy',
  ) => Promise<unknown>;
  /** Tells the gateway. False when it did not hear it. */
  readonly resolve: (id: string, decision: Decision) => Promise<boolean>;
}

/** How long after a yes the run may come. */
const RUN_FOLLOWS_MS = 5 * 60_000;
const ANSWERS_KEPT = 200;

/** The gateway asks each time: nothing that is said here lasts longer. */
const ONCE_OR_NO = { choices: ['allow-once', 'deny'], withheld: {}, lastAllowed: new Map() } as const;

type Asked = Omit<Question, 'patienceMs' | 'signal'>;

/**
 * The gateway's own approval requests, asked in the same prompt as everything else. A yes for this Mac's command is noted with
 * the digest of what was shown, so that exactly that runs once without a second question. A prompt that goes away without
 * an answer says nothing to the gateway: its other surfaces still have the request.
 */
export class ApprovalQuestions {
  readonly #options: QuestionsOptions;
  readonly #asking = new Map<string, AbortController>();
  /** Answers that the gateway has not taken yet: given once, the person is not asked again. */
  readonly #answers = new Map<string, Decision>();

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  /** Never rejects: what goes wrong leaves the request to the gateway's other surfaces. */
  async open(approval: ApprovalRequest): Promise<void> {
    const { id } = approval;
    const given = this.#answers.get(id);
    if (given !== undefined) return this.#tell(id, given);
    const abort = new AbortController();
    this.#asking.set(id, abort);
    try {
      await this.#ask(approval, abort.signal);
    } catch {
      // Not recorded or not judged: no answer of ours counts.
    } finally {
      this.#asking.delete(id);
    }
  }

  /** Somebody else answered, or it cannot be answered any more. */
  close(id: string): void {
    this.#asking.get(id)?.abort('answered-elsewhere');
  }

  async #ask(approval: ApprovalRequest, signal: AbortSignal): Promise<void> {
    const { desk } = this.#options;
    const isOwn = this.#isOwn(approval);
    const question = isOwn ? await this.#own(approval) : await this.#foreign(approval);
    if (question === 'deny') return this.#answer(approval, null, 'deny', 'policy');
    const patienceMs = approval.expiresAtMs - Date.now();
    if (question === null || !desk.canAsk || patienceMs <= 0) return;
    const origin = approval.request.turnSourceChannel ?? null;
    const outcome = await desk.ask({
      ...question,
      ...(origin === null ? {} : { origin }),
      patienceMs,
      signal,
    });
    const { digest } = question.assessment;
    if (outcome.kind === 'reconsidered') return this.#ask(approval, signal);
    if (outcome.kind === 'closed') {
      // Paused means no to everything that is for this Mac.
      return isOwn && outcome.reason === 'paused'
        ? this.#answer(approval, digest, 'deny', 'policy')
        : undefined;
    }
    const decision = outcome.choice === 'deny' ? 'deny' : 'allow-once';
    await this.#answer(approval, digest, decision, 'person', isOwn ? this.#options.ledger.epoch : null);
  }

  #isOwn({ request }: ApprovalRequest): boolean {
    return request.host === 'node' && request.nodeId !== null && request.nodeId === this.#options.nodeId();
  }

  /**
   * The question for a command on this Mac. `deny`: it would be refused here whoever says yes. Null: what was announced
   * says too little to be shown; the run itself is asked about when it comes.
   */
  async #own({ request: asked }: ApprovalRequest): Promise<Asked | 'deny' | null> {
    const { plans, judge, gate, gateway, isQuiet } = this.#options;
    if (gate() !== null) return 'deny';
    const request = this.#requestOf(asked);
    if (request === null) return null;
    // The gateway asks: a shape that no question can be asked about is refused now.
    if (isQuiet(request)) return 'deny';
    const limits = { security: plans.find(request)?.security ?? null, ask: 'always' } as const;
    const judged = await judge(request, limits);
    if (judged.assessment.verdict === 'deny') return 'deny';
    const text = 'The gateway asks before it sends this.';
    const noRule = { allowAlways: null, allowAlwaysAny: null };
    const assessment = { ...judged.assessment, reason: 'gateway-asks', text, ...noRule };
    return { ...judged, assessment, gateway: gateway(), ...ONCE_OR_NO };
  }

  /** Exactly what would run: from the plan and its environment, or from what was prepared here under these words. */
  #requestOf({
    systemRunPlan,
    systemRunBinding,
    command,
    ...asked
  }: ApprovalRequest['request']): RunRequest | null {
    const { plans } = this.#options;
    if (systemRunPlan === null) return plans.findByText(command, asked);
    const bare: RunRequest = { ...systemRunPlan, rawCommand: null, env: {} };
    const envHash = systemRunBinding?.envHash ?? null;
    return envHash === null ? bare : plans.findRequest(bare, (env) => environmentDigest(env) === envHash);
  }

  async #foreign(approval: ApprovalRequest): Promise<Asked | null> {
    const { showOtherHosts, hostName, gateway } = this.#options;
    if (!showOtherHosts()) return null;
    const question = foreignQuestion(approval, await hostName(approval));
    return { ...ONCE_OR_NO, ...question, gateway: gateway() };
  }

  async #answer(
    approval: ApprovalRequest,
    digest: string | null,
    decision: Decision,
    by: 'person' | 'policy',
    /** When a yes for this Mac was given; null: it is none. */
    epoch: number | null = null,
  ): Promise<void> {
    const { record, ledger } = this.#options;
    const { id } = approval;
    await record(approval, digest, decision, by);
    if (epoch !== null && decision === 'allow-once' && digest !== null)
      ledger.allow(id, digest, Date.now() + RUN_FOLLOWS_MS, epoch);
    await this.#tell(id, decision);
  }

  async #tell(id: string, decision: Decision): Promise<void> {
    this.#answers.set(id, decision);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > ANSWERS_KEPT && oldest !== undefined) this.#answers.delete(oldest);
    if (await this.#options.resolve(id, decision)) this.#answers.delete(id);
  }
}
