import { claimOf } from '../approvals/claim.ts';
import { stopsRun } from '../binding/check-binding.ts';
import type { Delivery } from '../gateway/invoke.ts';
import type { GrantSpan } from '../grants/grant.ts';
import type { AllowChoice } from '../prompt/prompt.ts';
import { commandText } from '../request/command-text.ts';
import type { Judged } from '../request/judged.ts';
import { type RunRequest, toRunRequest } from '../request/run-request.ts';
import type { Finished, RunHandle, RunSpec } from '../run/run-outcome.ts';
import { type CommandAnswer, describeIssue, fail, succeed } from './answer.ts';
import { authorise } from './authorise.ts';
import type { Command, CommandCall, GivenUp } from './command.ts';
import { weighEarlierApproval } from './earlier-approval.ts';
import { keyFor } from './executions.ts';
import { type Refusal, refusals } from './refusal.ts';
import type { RunContext } from './run-context.ts';
import { planMismatch, type RunParams, runParams } from './run-params.ts';
import { NotRecorded, RunRecord } from './run-record.ts';
import { runResult } from './run-result.ts';

/** The gateway's own default for a command that names no time. */
const DEFAULT_TIMEOUT_MS = 30 * 60_000;
const RUN_ON_AFTER_LOSS_MS = 60_000;
/** The longest wait that a timer can hold. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * `system.run`: judge, ask where needed, look again, record, run exactly that, answer. Up to the spawn every refusal
 * carries `SYSTEM_RUN_DENIED`, which is what tells the agent that nothing was executed.
 */
export function createSystemRun(context: RunContext): Command {
  return async (call) => {
    const parsed = runParams.safeParse(call.params);
    if (!parsed.success) return denied({ reason: 'invalid-request', text: describeIssue(parsed.error) });
    const key = call.idempotencyKey === null ? null : keyFor(context.gateway().id, call.idempotencyKey);
    return context.executions.once(key, call.parametersHash, () =>
      new Attempt(context, call, parsed.data).answer(),
    );
  };
}

const denied = ({ text }: Refusal): CommandAnswer => fail('SYSTEM_RUN_DENIED', text);

/** A no. Thrown on the way to the spawn, so that nothing after it can be reached. */
class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.text);
    this.refusal = refusal;
  }
}

/** One request on its way from the wire to its answer. */
class Attempt {
  readonly #context: RunContext;
  readonly #call: CommandCall;
  readonly #params: RunParams;
  readonly #request: RunRequest;
  readonly #record: RunRecord;
  readonly #answerByMs: number;

  constructor(context: RunContext, call: CommandCall, params: RunParams) {
    this.#context = context;
    this.#call = call;
    this.#params = params;
    this.#request = toRunRequest(params);
    this.#record = new RunRecord(context.journal, {
      idempotencyKey: call.idempotencyKey,
      parametersHash: call.parametersHash,
      runId: params.runId ?? null,
      gatewayId: context.gateway().id,
    });
    this.#answerByMs = answerByMs(call.timeoutMs);
  }

  async answer(): Promise<CommandAnswer> {
    let handle: RunHandle;
    let judged: Judged;
    try {
      await this.#record.request(this.#request);
      judged = await this.#approved(await this.#judged());
      handle = await this.#started(judged);
    } catch (error) {
      return this.#refuse(refusalOf(error));
    }
    return this.#finish(judged, handle);
  }

  /** Every reason to say no before anybody is asked. */
  async #judged(): Promise<Judged> {
    const mismatch = planMismatch(this.#params);
    const early =
      this.#context.gate() ?? (mismatch === null ? null : { reason: 'plan-mismatch', text: mismatch });
    if (early !== null) return this.#sayNo(early);

    const prepared = this.#context.plans.find(this.#request);
    const judged = await this.#context.judge(this.#request, prepared);
    const { assessment } = judged;
    await this.#record.binding(assessment);
    const before = new Map(prepared?.operands.map(({ path, sha256 }) => [path, sha256]));
    const changed = assessment.operands.some(({ path, sha256 }) => (before.get(path) ?? sha256) !== sha256);
    return changed ? this.#sayNo(refusals.changedSincePrepare) : judged;
  }

  /** Past this there is a yes, and what it was given for is still the same. */
  async #approved(judged: Judged): Promise<Judged> {
    const { assessment } = judged;
    const { epoch } = this.#context.grants;
    const claimed = {
      claim: claimOf(this.#params),
      judged,
      prepared: this.#context.plans.find(this.#request),
      plannedPolicy: this.#params.systemRunPlan?.policySnapshot,
    };
    const earlier = await weighEarlierApproval(claimed, this.#context.approvals);
    if (earlier.kind === 'refused') return this.#sayNo(earlier.refusal);
    const authority = await authorise(judged, {
      earlier,
      desk: this.#context.desk,
      quiet: this.#context.quiet,
      gateway: this.#context.gateway(),
      patienceMs: Math.min(this.#context.settings().promptTimeoutMs, this.#timeLeftMs()),
      signal: this.#call.signal,
      recall: (asked) => this.#context.versions.recall(asked),
    });
    if (authority.granted === 'judge-again') return this.#approved(await this.#judged());
    if (!authority.granted) {
      await this.#record.decision('deny', authority.by, authority.refusal, assessment.digest);
      throw new Refused(authority.refusal);
    }
    const { choice } = authority;
    await this.#record.decision(choice ?? 'run', authority.by, assessment, assessment.digest);
    if (!(await this.#context.rememberMatched(judged))) return this.#sayNo(refusals.ruleNotStored);
    const width = choice === null ? null : WIDTHS[choice];
    if (width !== null && !(await this.#context.rememberAlways(judged, width))) {
      return this.#sayNo(refusals.ruleNotStored);
    }
    // Policy, pause and files may have changed while the person was reading; rules may just have been made.
    if (choice === null && (await this.#context.policyUnchanged(judged))) return judged;
    const again = await this.#context.judge(this.#request, this.#context.plans.find(this.#request));
    if (again.assessment.digest !== assessment.digest) {
      this.#tellStopped(judged, changedOperand(judged, again));
      return this.#sayNo(refusals.changed);
    }
    if (again.assessment.verdict === 'deny') return this.#sayNo(again.assessment);
    if (choice === null) return runsUnasked(judged, again) ? again : this.#sayNo(refusals.policyChanged);
    if (authority.by.who === 'person') this.#context.versions.remember(judged);
    await this.#lastingYes(again, choice, epoch);
    return { ...again, grantId: null };
  }

  /** Makes the grant that the person decided on. What waits and is identical is settled by it, as by a new rule. */
  async #lastingYes(judged: Judged, choice: AllowChoice, epoch: number): Promise<void> {
    const { request, assessment, policyVersion } = judged;
    const { digest, binding } = assessment;
    const span = SPANS[choice];
    if (span !== null) {
      const { id, name } = this.#context.gateway();
      const order = { digest, span, request, cwd: binding.cwd, gateway: { id, name }, policyVersion };
      await this.#context.grants.give(order, epoch).catch((error: unknown) => {
        throw new NotRecorded('the grant could not be recorded', { cause: error });
      });
    }
    if (choice !== 'allow-once') this.#context.desk.reconsider(digest);
  }

  async #started(judged: Judged): Promise<RunHandle> {
    const { binding, digest } = judged.assessment;
    const [name, ...words] = binding.argv;
    if (name === undefined || binding.program === '') return this.#sayNo(refusals.changed);

    await this.#record.start(digest);
    const [drift, samePolicy] = await Promise.all([
      this.#context.checkBeforeStart(binding),
      this.#context.policyUnchanged(judged),
    ]);
    if (stopsRun(drift)) {
      await this.#record.drift('before', drift);
      this.#tellStopped(judged, drift.find(({ role }) => role === 'operand')?.path ?? null);
      return this.#notAfterAll(refusals.changed);
    }
    if (!samePolicy) return this.#notAfterAll(refusals.policyChanged);
    // The last look: from here to the spawn nothing waits.
    const timeLeftMs = this.#timeLeftMs();
    const late =
      this.#call.signal.aborted || timeLeftMs <= 0
        ? refusals.noTimeLeft
        : (this.#context.gate() ?? this.#grantOver(judged));
    if (late !== null) return this.#notAfterAll(late);
    const spec: RunSpec = {
      argv: [name, ...words],
      executablePath: binding.program,
      cwd: binding.cwd,
      env: this.#context.environment(binding),
      timeoutMs: Math.min(this.#params.timeoutMs ?? DEFAULT_TIMEOUT_MS, timeLeftMs),
    };
    const handle = this.#context.start(spec);
    return handle ?? this.#notAfterAll(refusals.tooMany);
  }

  async #finish({ assessment }: Judged, handle: RunHandle): Promise<CommandAnswer> {
    const stopWatching = this.#endWhenGivenUp(handle);
    const outcome = await handle.outcome;
    stopWatching();
    if (outcome.kind === 'not-started') {
      const refusal = { reason: 'not-started', text: outcome.text };
      await this.#record.didNotStart(refusal).catch(afterTheFact);
      return this.#refuse(refusal);
    }
    const drift = await this.#context.checkBinding(assessment.binding);
    if (drift.length > 0) await this.#record.drift('after', drift).catch(afterTheFact);
    await this.#record.end(outcome).catch(afterTheFact);
    await this.#tellFinished(outcome);
    return { ...succeed(runResult(outcome)), receipt: (delivery) => this.#delivered(delivery) };
  }

  /** Ends the run when its caller is gone: at once when cancelled, after a grace when the connection was lost. */
  #endWhenGivenUp(handle: RunHandle): () => void {
    const { signal } = this.#call;
    let timer: NodeJS.Timeout | undefined;
    const givenUp = () => {
      if ((signal.reason as GivenUp) === 'cancelled') return void handle.end('cancelled');
      const waitMs = this.#context.settings().endRunsOnDisconnect === 'at-once' ? 0 : RUN_ON_AFTER_LOSS_MS;
      timer = setTimeout(() => void handle.end('disconnected'), waitMs);
    };
    if (signal.aborted) givenUp();
    else signal.addEventListener('abort', givenUp, { once: true });
    return () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', givenUp);
    };
  }

  async #delivered(delivery: Delivery): Promise<void> {
    if (delivery === 'delivered') return;
    const gaveUp = this.#call.signal.reason === ('cancelled' satisfies GivenUp);
    await this.#record
      .undelivered(gaveUp ? 'the caller gave up' : 'the gateway never heard')
      .catch(afterTheFact);
  }

  #grantOver({ grantId }: Judged): Refusal | null {
    return grantId === null || this.#context.grants.stands(grantId) ? null : refusals.grantOver;
  }

  #tellStopped({ assessment }: Judged, changed: string | null): void {
    this.#context.observe.stopped({ digest: assessment.digest, changed });
  }

  /** Records a no of our own, then throws it. */
  async #sayNo(refusal: Refusal): Promise<never> {
    await this.#record.decision('deny', { who: 'latchkey' }, refusal, null);
    throw new Refused(refusal);
  }

  /** The start is in the record: it gets its end, and the end says that nothing ran. */
  async #notAfterAll(refusal: Refusal): Promise<never> {
    await this.#record.didNotStart(refusal);
    throw new Refused(refusal);
  }

  async #refuse(refusal: Refusal): Promise<CommandAnswer> {
    this.#context.observe.denied({ runId: this.#params.runId ?? null, reason: refusal.reason });
    await this.#tellGateway('exec.denied', { reason: refusal.reason });
    return denied(refusal);
  }

  async #tellFinished({ exitCode, timedOut, success, outputTail, durationMs }: Finished): Promise<void> {
    this.#context.observe.finished({ runId: this.#record.runId, exitCode, durationMs });
    await this.#tellGateway('exec.finished', { exitCode, timedOut, success, output: outputTail });
  }

  /** An event for a run that the gateway did not name has nothing to be matched with, and nobody waits for one given up. */
  async #tellGateway(
    event: 'exec.finished' | 'exec.denied',
    details: Record<string, unknown>,
  ): Promise<void> {
    const { runId, sessionKey, suppressNotifyOnExit } = this.#params;
    if (runId == null || sessionKey == null || this.#call.signal.aborted) return;
    await this.#context.sendEvent(event, {
      sessionKey,
      runId,
      host: 'node',
      command: commandText(this.#request.argv),
      ...details,
      ...(suppressNotifyOnExit == null ? {} : { suppressNotifyOnExit }),
    });
  }

  #timeLeftMs(): number {
    return Math.min(this.#answerByMs - performance.now(), LONGEST_WAIT_MS);
  }
}

/** How long each yes lasts beyond the one run. */
const SPANS: Readonly<Record<AllowChoice, GrantSpan | null>> = {
  'allow-once': null,
  'allow-15m': '15m',
  'allow-1h': '1h',
  'allow-session': 'session',
  'allow-always': null,
  'allow-always-any': null,
};

/** What each yes stores a rule for. */
const WIDTHS: Readonly<Record<AllowChoice, 'exact' | 'any-arguments' | null>> = {
  'allow-once': null,
  'allow-15m': null,
  'allow-1h': null,
  'allow-session': null,
  'allow-always': 'exact',
  'allow-always-any': 'any-arguments',
};

/** Whether what was to run without a question still may, now that the policy is another one. */
const runsUnasked = (before: Judged, { assessment }: Judged): boolean =>
  assessment.verdict === 'run' || (before.assessment.verdict === 'prompt' && assessment.unattended === 'run');

/** Path of the first bound file that is not what it was. */
function changedOperand(before: Judged, after: Judged): string | null {
  const now = new Map(after.assessment.operands.map(({ path, sha256 }) => [path, sha256]));
  return before.assessment.operands.find(({ path, sha256 }) => now.get(path) !== sha256)?.path ?? null;
}

/** Deadline for answering: a fifth of the caller's wait before it ends, at most 30 s before. */
function answerByMs(timeoutMs: number | null): number {
  return timeoutMs === null ? Infinity : performance.now() + timeoutMs - Math.min(30_000, timeoutMs / 5);
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal;
  if (error instanceof NotRecorded) return refusals.noRecord;
  return refusals.internalError;
}

/** What ran cannot be refused any more, and the journal itself reports that it cannot be written. */
function afterTheFact(error: unknown): void {
  if (!(error instanceof NotRecorded)) throw error;
}
