import type { Drift } from '../binding/check-binding.ts';
import type { GrantBook } from '../grants/grant-book.ts';
import type { PromptDesk } from '../prompt/prompt-desk.ts';
import type { QuietTimes } from '../prompt/quiet-times.ts';
import type { Binding } from '../request/assessment.ts';
import type { Judged } from '../request/judged.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { RunHandle, RunSpec } from '../run/run-outcome.ts';
import type { Approvals } from './earlier-approval.ts';
import type { Executions } from './executions.ts';
import type { PreparedPlan, PreparedPlans } from './prepared-plans.ts';
import type { Refusal } from './refusal.ts';
import type { RunJournal } from './run-record.ts';
import type { RunVersions } from './run-versions.ts';

/** What a run needs from the rest of the program. */
export interface RunContext {
  readonly desk: PromptDesk;
  readonly quiet: Pick<QuietTimes, 'covers'>;
  readonly grants: Pick<GrantBook, 'epoch' | 'give' | 'stands'>;
  readonly journal: RunJournal;
  readonly executions: Executions;
  readonly plans: PreparedPlans;
  readonly approvals: Approvals;
  /** As this Mac paired with it. */
  readonly gateway: () => { readonly id: string; readonly name: string; readonly address: string };
  /** Paused, unpaired: why nothing runs now; null when something may. */
  readonly gate: () => Refusal | null;
  readonly settings: () => {
    readonly promptTimeoutMs: number;
    readonly endRunsOnDisconnect: 'after-60s' | 'at-once';
  };
  /** Where a request without a folder runs. */
  readonly home: string;
  /** Reads policy and files as they are now. Never rejects. */
  readonly judge: (
    request: RunRequest,
    prepared: Pick<PreparedPlan, 'security' | 'ask'> | null,
  ) => Promise<Judged>;
  /** Stores what "always allow here" means for it. False when the policy changed meanwhile or could not be saved. */
  readonly rememberAlways: (judged: Judged, width: 'exact' | 'any-arguments') => Promise<boolean>;
  /** Remembers what the programs were that rules cover. False when that failed: then the rules do not count. */
  readonly rememberMatched: (judged: Judged) => Promise<boolean>;
  /** Whether the policy is still the one that this was judged by. */
  readonly policyUnchanged: (judged: Judged) => Promise<boolean>;
  readonly versions: RunVersions;
  /** The last look before the spawn. */
  readonly checkBeforeStart: (binding: Binding) => Promise<readonly Drift[]>;
  /** The look after the end. */
  readonly checkBinding: (binding: Binding) => Promise<readonly Drift[]>;
  /** The whole environment of a command, from nothing, with the PATH that it was judged by. */
  readonly environment: (binding: Pick<Binding, 'env' | 'path'>) => Record<string, string>;
  /** Starts it, or null when too many run already. */
  readonly start: (spec: RunSpec) => RunHandle | null;
  /** Tells the gateway; resolves also when it could not be told. */
  readonly sendEvent: (
    event: 'exec.finished' | 'exec.denied',
    payload: Record<string, unknown>,
  ) => Promise<unknown>;
  readonly observe: {
    readonly finished: (run: { runId: string; exitCode: number; durationMs: number }) => void;
    readonly denied: (run: { runId: string | null; reason: string }) => void;
    /** It was allowed, and then did not run: what it was allowed for has changed. */
    readonly stopped: (run: { digest: string; changed: string | null }) => void;
  };
}
