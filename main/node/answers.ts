import type { Journal } from '../audit/journal.ts';
import { GrantBook } from '../grants/grant-book.ts';
import type { PolicyStore } from '../policy-files/policy-store.ts';
import type { Clocks } from '../prompt/deadline.ts';
import { Denials } from '../prompt/denials.ts';
import type { Answer, AnswerResult, Prompt } from '../prompt/prompt.ts';
import type { PromptDesk } from '../prompt/prompt-desk.ts';
import { isQuiet, QuietTimes } from '../prompt/quiet-times.ts';

interface Parts {
  readonly desk: PromptDesk;
  readonly journal: Pick<Journal, 'append'>;
  readonly policy: Pick<PolicyStore, 'on' | 'version'>;
  readonly clocks: Clocks;
}

/** What the person's answers leave behind for a while: grants, quiet times, and how often an agent was denied. */
export class Answers {
  readonly grants: GrantBook;
  readonly quiet: QuietTimes;
  readonly #denials: Denials;
  readonly #desk: PromptDesk;

  constructor({ desk, policy, ...kept }: Parts) {
    this.#desk = desk;
    this.#denials = new Denials(kept.clocks);
    this.grants = new GrantBook(kept);
    this.quiet = new QuietTimes(kept);
    // Whatever closes every question ends every grant: locked, asleep, paused, unpaired, quit, nobody at the controls.
    desk.on('cleared', (reason) => {
      this.grants.dropAll(reason);
      this.quiet.cleared(reason);
    });
    // Each judgement compares versions itself; this is for the list that the person sees.
    policy.on('changed', () => void policy.version().then((version) => this.grants.policyIs(version)));
  }

  /** Takes the person's answer, with all that it says beyond its one question. */
  answer(answer: Answer): AnswerResult {
    const prompt = this.#desk.waiting.find(({ id }) => id === answer.id);
    const result = this.#desk.answer(answer);
    if (result !== 'accepted' || prompt === undefined || answer.decision !== 'deny') return result;
    this.#denials.add(prompt.request.agentId, prompt.gateway.id);
    if (answer.quiet !== undefined) {
      const time = this.quiet.begin(answer.quiet, prompt.request, prompt.gateway.id);
      this.#desk.closeWhere(({ request, gateway }) => isQuiet(time, request, gateway.id), 'quiet');
    }
    return result;
  }

  /** Denies everything that waits now. There is no such thing for yes. */
  denyAll(): void {
    for (const { id, digest } of this.#desk.waiting) this.#desk.answer({ id, digest, decision: 'deny' });
  }

  /** Whether this agent was denied so often of late that the person may want it to be quiet. */
  isPressing({ request, gateway }: Prompt): boolean {
    return this.#denials.areMany(request.agentId, gateway.id);
  }
}
