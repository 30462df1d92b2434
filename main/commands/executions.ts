import { type CommandAnswer, fail } from './answer.ts';

interface Execution {
  /** Of the parameters: the same key with others is refused. */
  readonly parametersHash: string;
  /** Null when the answer is not known any more: from before a restart, or too long ago. */
  answer: Promise<CommandAnswer> | null;
}

/** A gateway's key means one execution of that gateway: another one with the same key is told nothing of it. */
export const keyFor = (gatewayId: string, key: string): string => `${gatewayId} ${key}`;

/** Answers hold output, so only the latest stay; that a key was used is remembered far longer. */
const ANSWERS_KEPT = 200;
const KEYS_KEPT = 100_000;

/**
 * Sees to it that one idempotency key means one execution. What was started before a restart is restored from the
 * record: it is never started again, and nobody pretends to know how it went.
 */
export class Executions {
  readonly #byKey = new Map<string, Execution>();
  readonly #answered: string[] = [];

  /** Marks a key as used before this process started. Without an answer: it was started, and nobody knows how it went. */
  restore(key: string, parametersHash: string, answer: CommandAnswer | null): void {
    this.#remember(key, { parametersHash, answer: answer === null ? null : Promise.resolve(answer) });
  }

  /** Runs `execute` for a new key; gives a repeated one the answer of its first time. */
  once(
    key: string | null,
    parametersHash: string,
    execute: () => Promise<CommandAnswer>,
  ): Promise<CommandAnswer> {
    if (key === null) return execute();
    const before = this.#byKey.get(key);
    if (before === undefined) {
      const answer = execute();
      this.#remember(key, { parametersHash, answer });
      this.#keepAnswer(key);
      return answer;
    }
    if (before.parametersHash !== parametersHash) {
      return Promise.resolve(
        fail('SYSTEM_RUN_DENIED', 'this idempotency key belongs to another request: send a new key'),
      );
    }
    return (
      before.answer ??
      Promise.resolve(fail('UNAVAILABLE', 'started before, outcome unknown: it is not run again'))
    );
  }

  #remember(key: string, execution: Execution): void {
    this.#byKey.set(key, execution);
    if (this.#byKey.size <= KEYS_KEPT) return;
    const [oldest] = this.#byKey.keys();
    if (oldest !== undefined) this.#byKey.delete(oldest);
  }

  #keepAnswer(key: string): void {
    this.#answered.push(key);
    if (this.#answered.length <= ANSWERS_KEPT) return;
    const dropped = this.#byKey.get(this.#answered.shift() ?? '');
    if (dropped !== undefined) dropped.answer = null;
  }
}
