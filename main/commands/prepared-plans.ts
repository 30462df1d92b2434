import { createHash } from 'node:crypto';

import type { Ask, Security } from '../policy/effective-policy.ts';
import type { Operand } from '../request/assessment.ts';
import { commandText } from '../request/command-text.ts';
import type { RunRequest } from '../request/run-request.ts';

/** What was true of a request when it was prepared, kept here because the wire has no place for all of it. */
export interface PreparedPlan {
  /** The gateway's own policy for this request: it can only tighten. */
  readonly security: Security | null;
  readonly ask: Ask | null;
  readonly operands: readonly Operand[];
  /** Of everything that was bound. */
  readonly digest: string;
  /** Names the policy that the gateway was told; null: it was told none. */
  readonly policy: string | null;
}

const KEPT = 256;

/** The latest plans, by what a run carries of them. A plan is a reason to refuse, never a reason to run. */
export class PreparedPlans {
  readonly #byRequest = new Map<string, { readonly request: RunRequest; readonly plan: PreparedPlan }>();

  keep(request: RunRequest, plan: PreparedPlan): void {
    const key = keyOf(request);
    this.#byRequest.delete(key);
    this.#byRequest.set(key, { request, plan });
    if (this.#byRequest.size <= KEPT) return;
    const [oldest] = this.#byRequest.keys();
    if (oldest !== undefined) this.#byRequest.delete(oldest);
  }

  /** Another gateway is served: what was prepared for the one before is not for it. */
  clear(): void {
    this.#byRequest.clear();
  }

  find(request: RunRequest): PreparedPlan | null {
    return this.#byRequest.get(keyOf(request))?.plan ?? null;
  }

  /** The latest request of a session that reads like this; null: none was prepared. */
  findByText(
    text: string,
    { agentId, sessionKey }: Pick<RunRequest, 'agentId' | 'sessionKey'>,
  ): RunRequest | null {
    const like = [...this.#byRequest.values()].findLast(
      ({ request }) =>
        request.sessionKey === sessionKey &&
        request.agentId === agentId &&
        commandText(request.argv) === text,
    );
    return like?.request ?? null;
  }

  /** The request with this environment that was prepared like this one; null: none was. */
  findRequest(like: RunRequest, matches: (env: RunRequest['env']) => boolean): RunRequest | null {
    for (const { request } of this.#byRequest.values()) {
      if (matches(request.env) && keyOf({ ...like, env: request.env }) === keyOf(request)) return request;
    }
    return null;
  }
}

/** `request.cwd` has to be the canonical directory that was answered: the run carries it. */
function keyOf({ argv, cwd, env, agentId, sessionKey }: RunRequest): string {
  const sortedEnv = Object.entries(env).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([argv, cwd, sortedEnv, agentId, sessionKey]))
    .digest('hex');
}
