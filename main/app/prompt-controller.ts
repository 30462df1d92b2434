import type { Envelope, Handlers } from '../ipc/contract.ts';
import type { EndReason, PromptBoard, PromptView } from '../ipc/prompt-view.ts';
import type { Language } from '../ipc/values.ts';
import type { NodeSnapshot } from '../node/snapshot.ts';
import type { Clocks } from '../prompt/deadline.ts';
import type { Answer, AnswerResult, Prompt, PromptOutcome } from '../prompt/prompt.ts';
import { HiddenSecrets } from '../text/hidden-secrets.ts';
import { quoteWords } from '../text/quote.ts';
import { Arming, ARMING_MS } from './arming.ts';
import type { Core } from './core.ts';
import { done, failure } from './envelopes.ts';
import type { ProofOfPerson } from './proof-of-person.ts';
import { isGrave, promptView } from './views/prompt-view.ts';

/** What the controller needs of its window. */
export interface PromptSurface {
  /** Brings the window to the eye, never the keyboard to the window. */
  show(): void;
  hide(): void;
  fit(heightPx: number): void;
  tell(board: PromptBoard): void;
}

interface Parts {
  readonly core: Pick<Core, 'answer'>;
  readonly surface: PromptSurface;
  readonly clocks: Clocks;
  readonly proof: ProofOfPerson;
  readonly language: Language;
  readonly copy: (text: string) => Promise<void>;
}

/** Ends that the person should read about; after any other the window just goes. */
const TOLD: readonly EndReason[] = ['expired', 'cancelled', 'connection-lost'];

const REFUSED: Readonly<Record<Exclude<AnswerResult, 'accepted'>, Envelope<never>>> = {
  'unknown-prompt': failure('unknown-prompt', 'This question is over. Nothing was changed.'),
  'wrong-digest': failure('wrong-digest', 'What was shown is not what would run. Nothing was changed.'),
  'not-offered': failure('not-offered', 'That answer is not offered here. Nothing was changed.'),
};

/**
 * Shows one question at a time, the oldest first, and takes its answer. The window can only say yes to what is in front
 * of the person, after its delay; whatever else happens to the window means no to what it shows.
 */
export class PromptController {
  readonly #parts: Parts;
  readonly #arming: Arming;
  #waiting: readonly Prompt[] = [];
  #shown: Prompt | null = null;
  #view: PromptView | null = null;
  #secrets = new HiddenSecrets();
  #ended: EndReason | null = null;
  #proving = false;
  #revision = 0;
  #rearm: NodeJS.Timeout | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#arming = new Arming(parts.clocks);
  }

  /** The core's state changed. */
  update({ prompts }: NodeSnapshot): void {
    this.#waiting = prompts;
    const shown = this.#shown;
    if (shown !== null && prompts.some(({ id }) => id === shown.id)) this.#tell();
    else if (prompts[0] !== undefined) this.#present(prompts[0]);
    else if (this.#ended === null) this.#putAway();
    else this.#tell();
  }

  /** A question is over, decided or not. */
  closed(prompt: Prompt, outcome: PromptOutcome): void {
    if (prompt.id !== this.#shown?.id || outcome.kind !== 'closed') return;
    if (TOLD.includes(outcome.reason)) this.#ended = outcome.reason;
  }

  focus(focused: boolean): void {
    this.#arming.focus(focused);
    this.#tell();
  }

  /** The window was closed, crashed or hangs: what it shows is denied. The others still wait. */
  windowLost(): void {
    const shown = this.#shown;
    if (shown === null) return;
    const over = this.#ended !== null;
    this.#ended = null;
    if (over) this.#putAway();
    else this.#parts.core.answer({ id: shown.id, digest: shown.digest, decision: 'deny' });
  }

  /** Shows a question that waits, by name: for the tray and the notification, which cannot answer it. */
  reveal(): void {
    if (this.#shown !== null) this.#parts.surface.show();
  }

  get board(): PromptBoard {
    const shown = this.#shown;
    return {
      revision: this.#revision,
      language: this.#parts.language,
      prompt: this.#view,
      ended: this.#ended,
      arming: this.#proving ? { state: 'proving' } : this.#arming.view,
      waiting: this.#waiting.filter(({ id }) => id !== shown?.id).length,
    };
  }

  get handlers(): Handlers<'prompt'> {
    return {
      current: () => ({ ok: true, value: this.board }),
      read: (ref) =>
        this.#onShown(ref, () => {
          this.#arming.read();
          this.#tell();
          return done;
        }),
      copyCommand: (ref) =>
        this.#onShown(ref, async (prompt) => {
          await this.#parts.copy(quoteWords(prompt.assessment.binding.argv));
          return done;
        }),
      revealSecret: ({ secret, ...ref }) =>
        this.#onShown(ref, () => {
          const text = this.#secrets.reveal(secret);
          if (text === null) return failure('not-available', 'There is no such secret here.');
          this.#disturbed();
          return { ok: true, value: text } as const;
        }),
      dismiss: (ref) =>
        this.#onShown(ref, () => {
          this.windowLost();
          return done;
        }),
      fit: ({ heightPx }) => {
        this.#parts.surface.fit(heightPx);
        return done;
      },
      decide: (answer) =>
        this.#onShown(answer, (prompt) =>
          answer.decision === 'deny' ? this.#answer(answer) : this.#allow(prompt, answer),
        ),
    };
  }

  /** SECURITY: only the question in front of the person can be spoken about, and only as it is shown. */
  #onShown<T>(
    { id, digest }: { id: string; digest: string },
    act: (prompt: Prompt) => T,
  ): T | Envelope<never> {
    const shown = this.#shown;
    if (shown?.id !== id) return REFUSED['unknown-prompt'];
    if (shown.digest !== digest) return REFUSED['wrong-digest'];
    return act(shown);
  }

  async #allow(prompt: Prompt, answer: Answer): Promise<Envelope<undefined>> {
    if (this.#ended !== null) return REFUSED['unknown-prompt'];
    if (!this.#arming.armed || this.#proving)
      return failure('not-armed', 'Allowing is not possible yet. Read the command first.');
    this.#proving = true;
    this.#tell();
    const proven = await this.#parts.proof(prompt).finally(() => {
      this.#proving = false;
      this.#tell();
    });
    if (!proven) return failure('not-proven', 'Touch ID did not confirm it. Nothing was allowed.');
    // The question may be gone, or another, since: the core compares id and digest again.
    return this.#answer(answer);
  }

  #answer(answer: Answer): Envelope<undefined> {
    const result = this.#parts.core.answer(answer);
    return result === 'accepted' ? done : REFUSED[result];
  }

  #present(prompt: Prompt): void {
    this.#shown = prompt;
    this.#secrets = new HiddenSecrets();
    this.#view = promptView(prompt, this.#secrets);
    this.#ended = null;
    this.#proving = false;
    this.#arming.restart(isGrave(prompt) ? ARMING_MS.high : ARMING_MS.usual);
    this.#tell();
    this.#parts.surface.show();
  }

  /** What is shown changed under the person's hand: Allow starts again. */
  #disturbed(): void {
    this.#arming.disturb();
    this.#tell();
  }

  #putAway(): void {
    this.#shown = null;
    this.#view = null;
    this.#secrets = new HiddenSecrets();
    this.#arming.restart(ARMING_MS.high);
    this.#parts.surface.hide();
    this.#tell();
  }

  #tell(): void {
    this.#revision += 1;
    const { board } = this;
    clearTimeout(this.#rearm);
    if (board.prompt !== null && board.arming.state === 'arming') {
      this.#rearm = setTimeout(() => this.#tell(), board.arming.armedAtMs - this.#parts.clocks.wall());
    }
    this.#parts.surface.tell(board);
  }
}
