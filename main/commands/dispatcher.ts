import { createHash } from 'node:crypto';

import type { Delivery, Invoke } from '../gateway/invoke.ts';
import { type CommandAnswer, fail } from './answer.ts';
import type { Command, GivenUp } from './command.ts';

/** Sends one answer on the connection that the invoke came on. Resolves, never rejects. */
export type Reply = (answer: CommandAnswer) => Promise<Delivery>;

/** Far more than a gateway with one operator has under way. */
const MAX_UNDER_WAY = 1200;

/** Gives every invoke exactly one answer, and none to a caller that gave up. */
export class Dispatcher {
  readonly #commands: ReadonlyMap<string, Command>;
  readonly #underWay = new Map<string, AbortController>();
  readonly #handling = new Set<Promise<void>>();

  constructor(commands: ReadonlyMap<string, Command>) {
    this.#commands = commands;
  }

  /** Resolves when the invoke is done with, its answer delivered or lost. Never rejects. */
  handle(invoke: Invoke, reply: Reply): Promise<void> {
    const handled = this.#handle(invoke, reply);
    this.#handling.add(handled);
    void handled.finally(() => this.#handling.delete(handled));
    return handled;
  }

  /** Resolves when nothing that was under way at the call is any more. */
  async idle(): Promise<void> {
    await Promise.all(this.#handling);
  }

  /** The caller gave this one up: its prompt closes, its processes end, and nothing is sent. */
  cancel(invoke: Pick<Invoke, 'epoch' | 'id'>): void {
    this.#underWay.get(keyOf(invoke))?.abort('cancelled' satisfies GivenUp);
  }

  /** The gateway has given up all that is under way. */
  connectionLost(): void {
    for (const controller of this.#underWay.values()) controller.abort('connection-lost' satisfies GivenUp);
  }

  async #handle(invoke: Invoke, reply: Reply): Promise<void> {
    // The first one with this id is under way, and its answer answers both.
    const key = keyOf(invoke);
    if (this.#underWay.has(key)) return;
    const controller = new AbortController();
    this.#underWay.set(key, controller);
    try {
      const answer = await this.#answer(invoke, controller.signal);
      const reason: unknown = controller.signal.reason;
      const delivery = reason === undefined ? await reply(answer) : 'lost';
      await answer.receipt?.(delivery);
    } finally {
      this.#underWay.delete(key);
    }
  }

  async #answer(invoke: Invoke, signal: AbortSignal): Promise<CommandAnswer> {
    const command = this.#commands.get(invoke.command);
    if (command === undefined) return fail('UNAVAILABLE', 'this node does not offer that command');
    // Before anything was executed: that is what this code tells the agent.
    const refusal = invoke.command === 'system.run' ? 'SYSTEM_RUN_DENIED' : 'UNAVAILABLE';
    if (this.#underWay.size > MAX_UNDER_WAY)
      return fail(refusal, 'too many requests at once: try again later');
    const params = parseParams(invoke.paramsJSON);
    if (params === undefined) {
      const code = invoke.command === 'system.run' ? 'SYSTEM_RUN_DENIED' : 'INVALID_REQUEST';
      return fail(code, 'paramsJSON: not valid JSON');
    }
    const { idempotencyKey, timeoutMs } = invoke;
    try {
      const parametersHash = createHash('sha256')
        .update(invoke.paramsJSON ?? '')
        .digest('hex');
      return await command({ params: params.value, parametersHash, idempotencyKey, timeoutMs, signal });
    } catch {
      // A command answers its own failures; what comes here is a fault of ours, and what it did is not known.
      return fail('UNAVAILABLE', 'an unexpected error: see the record on this Mac');
    }
  }
}

/** Ids are the gateway's, and a restarted one may count from the start. */
function keyOf({ epoch, id }: Pick<Invoke, 'epoch' | 'id'>): string {
  return `${epoch}:${id}`;
}

function parseParams(json: string | null): { value: unknown } | undefined {
  if (json === null) return { value: {} };
  try {
    return { value: JSON.parse(json) };
  } catch {
    return undefined;
  }
}
