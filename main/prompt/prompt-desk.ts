import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';

import type { Answer, AnswerResult, CloseReason, Prompt, PromptOutcome } from './prompt.ts';

/** What the asker knows; the desk adds identity and times. */
export type Question = Pick<
  Prompt,
  | 'request'
  | 'assessment'
  | 'contents'
  | 'lastAllowed'
  | 'gateway'
  | 'choices'
  | 'withheld'
  | 'claim'
  | 'origin'
  | 'host'
> & {
  /** How long the person has, in milliseconds. */
  readonly patienceMs: number;
  /** Aborting withdraws the question: the caller gave up, or with the reason "connection-lost" can hear no answer. */
  readonly signal: AbortSignal;
};

interface DeskEvents {
  opened: [prompt: Prompt];
  closed: [prompt: Prompt, outcome: PromptOutcome];
  /** Everything was closed: for the same reason, no other yes may outlive it. Comes before the questions end. */
  cleared: [reason: CloseReason];
}

interface Waiting {
  readonly prompt: Prompt;
  readonly settle: (outcome: PromptOutcome) => void;
}

/** More questions than anybody would ever read: past this the answer is no without asking. */
const CAPACITY = 1000;

/**
 * The one place where questions wait for the person. Each question ends exactly once, in the order of events: answered,
 * or closed for a reason, and every reason means no.
 */
export class PromptDesk extends EventEmitter<DeskEvents> {
  readonly #waiting = new Map<string, Waiting>();
  #surfaces = 0;

  /** Whether anybody could see a question now. Where nobody can, the policy's fallback decides instead. */
  get canAsk(): boolean {
    return this.#surfaces > 0;
  }

  /** The questions that wait, oldest first. */
  get waiting(): readonly Prompt[] {
    return [...this.#waiting.values()].map(({ prompt }) => prompt);
  }

  /** Announces something that shows questions. When the last one detaches, all that wait are closed. */
  attachSurface(): { detach: () => void } {
    let attached = true;
    this.#surfaces += 1;
    return {
      detach: () => {
        if (!attached) return;
        attached = false;
        this.#surfaces -= 1;
        if (this.#surfaces === 0) this.closeAll('surface-gone');
      },
    };
  }

  /** Resolves exactly once and never rejects. */
  ask({ patienceMs, signal, ...question }: Question): Promise<PromptOutcome> {
    if (signal.aborted) return Promise.resolve({ kind: 'closed', reason: withdrawal(signal) });
    if (!this.canAsk) return Promise.resolve({ kind: 'closed', reason: 'surface-gone' });
    if (this.#waiting.size >= CAPACITY) return Promise.resolve({ kind: 'closed', reason: 'too-many' });

    const askedAtMs = Date.now();
    const prompt: Prompt = {
      ...question,
      id: randomUUID(),
      digest: question.assessment.digest,
      askedAtMs,
      expiresAtMs: askedAtMs + patienceMs,
    };
    return new Promise((resolve) => {
      const withdraw = () => this.#end(prompt.id, { kind: 'closed', reason: withdrawal(signal) });
      const timer = setTimeout(() => this.#end(prompt.id, { kind: 'closed', reason: 'expired' }), patienceMs);
      signal.addEventListener('abort', withdraw, { once: true });
      this.#waiting.set(prompt.id, {
        prompt,
        settle: (outcome) => {
          clearTimeout(timer);
          signal.removeEventListener('abort', withdraw);
          resolve(outcome);
        },
      });
      this.emit('opened', prompt);
    });
  }

  /** Takes the person's answer, if it names a question that waits, by id and digest, and a choice that was offered. */
  answer(answer: Answer): AnswerResult {
    const { id, digest, decision } = answer;
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return 'unknown-prompt';
    if (waiting.prompt.digest !== digest) return 'wrong-digest';
    if (!waiting.prompt.choices.includes(decision)) return 'not-offered';
    // A timer may come late, after sleep or under load: the clock on the wall decides.
    if (Date.now() >= waiting.prompt.expiresAtMs) {
      this.#end(id, { kind: 'closed', reason: 'expired' });
      return 'unknown-prompt';
    }
    if (answer.decision !== 'deny') {
      this.#end(id, { kind: 'decided', choice: answer.decision });
      return 'accepted';
    }
    // No is said to what was shown, so to each that shows the same; a yes only to the one that it names.
    const outcome = { kind: 'decided', choice: 'deny', reason: answer.reason ?? null } as const;
    for (const same of this.#identical(digest)) this.#end(same, outcome);
    return 'accepted';
  }

  /** Ends every question that waits. All of them are denied. */
  closeAll(reason: CloseReason): void {
    this.emit('cleared', reason);
    for (const id of [...this.#waiting.keys()]) this.#end(id, { kind: 'closed', reason });
  }

  /** Ends those questions that wait and fit. They are denied. */
  closeWhere(fits: (prompt: Prompt) => boolean, reason: CloseReason): void {
    for (const prompt of this.waiting) if (fits(prompt)) this.#end(prompt.id, { kind: 'closed', reason });
  }

  /** Has the questions that wait and show the same judged again: an answer to one of them covers more than itself. */
  reconsider(digest: string): void {
    for (const id of this.#identical(digest)) this.#end(id, { kind: 'reconsidered' });
  }

  #identical(digest: string): string[] {
    return this.waiting.filter((prompt) => prompt.digest === digest).map(({ id }) => id);
  }

  #end(id: string, outcome: PromptOutcome): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    waiting.settle(outcome);
    this.emit('closed', waiting.prompt, outcome);
  }
}

function withdrawal({ reason }: AbortSignal): CloseReason {
  if (reason === 'connection-lost') return 'connection-lost';
  return reason === 'answered-elsewhere' ? 'answered-elsewhere' : 'cancelled';
}
