import { basename } from 'node:path/posix';

import type { Envelope, Handlers } from '../ipc/contract.ts';
import type { EndReason, PromptBoard, PromptView } from '../ipc/prompt-view.ts';
import type { Language } from '../ipc/values.ts';
import type { Answers } from '../node/answers.ts';
import type { StoppedRun } from '../node/reports.ts';
import type { NodeSnapshot } from '../node/snapshot.ts';
import { ARMING_MS, isGrave } from '../prompt/arming-times.ts';
import type { Clocks } from '../prompt/deadline.ts';
import type { Answer, AnswerResult, Prompt, PromptOutcome } from '../prompt/prompt.ts';
import type { Warning } from '../request/assessment.ts';
import { displayWhole } from '../text/display.ts';
import { HiddenSecrets } from '../text/hidden-secrets.ts';
import { quoteWords } from '../text/quote.ts';
import { Arming } from './arming.ts';
import type { Core } from './core.ts';
import { done, failure } from './envelopes.ts';
import { paced } from './paced.ts';
import type { ProofOfPerson } from './proof-of-person.ts';
import { type Later, promptView } from './views/prompt-view.ts';
import { waitingList } from './views/waiting-list.ts';

/** What the controller needs of its window. */
export interface PromptSurface {
  /** Brings the window to the eye, never the keyboard to the window. */
  show(): void;
  hide(): void;
  fit(heightPx: number): void;
  tell(board: PromptBoard): void;
}

interface Parts {
  readonly core: Pick<Core, 'answer'> & { readonly answers: Pick<Answers, 'isPressing' | 'denyAll'> };
  readonly surface: PromptSurface;
  readonly clocks: Clocks;
  readonly proof: ProofOfPerson;
  readonly language: Language;
  readonly copy: (text: string) => Promise<void>;
  /** A question came up while the person looks elsewhere. */
  readonly unseen: (prompt: Prompt) => void;
  /** What becomes known of a question only while it is shown. Never rejects. */
  readonly later: (prompt: Prompt) => Promise<readonly Warning[]>;
}

/** How often the number of those that wait is told anew while a burst comes in. */
const COUNTS_APART_MS = 100;

/** Ends that the person should read about; after any other the window just goes. */
const TOLD: readonly EndReason[] = ['expired', 'cancelled', 'connection-lost'];

const NOT_ARMED = failure('not-armed', 'Allowing is not possible yet. Read the command first.');

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
  #changedFile: string | null = null;
  /** What was allowed here and may still turn out not to have run, by digest. */
  readonly #allowed = new Map<string, Prompt>();
  /** What is to be told of as soon as nothing else is shown. */
  #stopped: { readonly prompt: Prompt; readonly changed: string | null } | null = null;
  #proving = false;
  #revision = 0;
  #rearm: NodeJS.Timeout | undefined;
  #toldCounts = '';
  readonly #tellCounts = paced(() => {
    if (this.#shown !== null && this.#ended === null && this.#counts !== this.#toldCounts) this.#tell();
  }, COUNTS_APART_MS);

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#arming = new Arming(parts.clocks);
  }

  /** The core's state changed. */
  update({ prompts }: NodeSnapshot): void {
    this.#waiting = prompts;
    const shown = this.#shown;
    if (shown !== null && prompts.some(({ id }) => id === shown.id)) this.#tellCounts();
    else if (prompts[0] !== undefined) this.#present(prompts[0]);
    else if (this.#stopped !== null) this.#tellStopped();
    else if (this.#ended !== null) this.#tell();
    else if (shown !== null) this.#putAway();
  }

  /** A question is over, decided or not. */
  closed(prompt: Prompt, outcome: PromptOutcome): void {
    if (prompt.id !== this.#shown?.id || outcome.kind !== 'closed') return;
    if (TOLD.includes(outcome.reason)) this.#ended = outcome.reason;
  }

  /** What the person allowed did not run, because it is not what was shown any more. */
  stopped({ digest, changed }: StoppedRun): void {
    const prompt = this.#allowed.get(digest);
    if (prompt === undefined) return;
    this.#allowed.delete(digest);
    this.#stopped = { prompt, changed };
    if (this.#waiting.length === 0) this.#tellStopped();
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

  /** All of what the window shows that another question can change. */
  get #counts(): string {
    const { waiting, same, pressing } = this.board;
    return `${waiting} ${same} ${pressing}`;
  }

  get board(): PromptBoard {
    const shown = this.#shown;
    return {
      revision: this.#revision,
      language: this.#parts.language,
      prompt: this.#view,
      ended: this.#ended,
      changedFile: this.#changedFile === null ? null : displayWhole(basename(this.#changedFile)),
      arming: this.#proving ? { state: 'proving' } : this.#arming.view,
      waiting: this.#waiting.filter(({ digest }) => digest !== shown?.digest).length,
      same: Math.max(1, this.#waiting.filter(({ digest }) => digest === shown?.digest).length),
      pressing: shown !== null && this.#parts.core.answers.isPressing(shown),
      asksForProof: shown !== null && this.#parts.proof.needed(shown),
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
      waiting: () => ({
        ok: true,
        value: waitingList(this.#waiting.filter(({ digest }) => digest !== this.#shown?.digest)),
      }),
      denyAll: () => {
        this.#parts.core.answers.denyAll();
        return done;
      },
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
    if (!this.#arming.armed || this.#proving) return NOT_ARMED;
    const read = this.#view;
    this.#proving = true;
    this.#tell();
    const proven = await this.#parts.proof.given(prompt).finally(() => {
      this.#proving = false;
      this.#tell();
    });
    if (!proven) return failure('not-proven', 'Touch ID did not confirm it. Nothing was allowed.');
    // What came while the finger was asked for has not been read.
    if (this.#shown === prompt && this.#view !== read) return NOT_ARMED;
    // The question may be gone, or another, since: the core compares id and digest again.
    return this.#answer(answer);
  }

  #answer(answer: Answer): Envelope<undefined> {
    const shown = this.#shown;
    const result = this.#parts.core.answer(answer);
    if (result !== 'accepted') return REFUSED[result];
    if (answer.decision !== 'deny' && shown?.id === answer.id) this.#remember(shown);
    return done;
  }

  /** Only the latest: what was allowed before has long run or been told of. */
  #remember(prompt: Prompt): void {
    this.#allowed.set(prompt.digest, prompt);
    const [oldest] = this.#allowed.keys();
    if (this.#allowed.size > 8 && oldest !== undefined) this.#allowed.delete(oldest);
  }

  #tellStopped(): void {
    if (this.#stopped === null) return;
    const { prompt, changed } = this.#stopped;
    this.#stopped = null;
    this.#shown = prompt;
    this.#secrets = new HiddenSecrets();
    this.#view = promptView(prompt, this.#secrets);
    this.#ended = 'changed';
    this.#changedFile = changed;
    this.#arming.restart(ARMING_MS.high);
    this.#tell();
    this.#parts.surface.show();
  }

  #present(prompt: Prompt): void {
    this.#shown = prompt;
    this.#ended = null;
    this.#changedFile = null;
    this.#proving = false;
    this.#compose(prompt, { edition: 0, warnings: [] });
    this.#parts.surface.show();
    if (this.#arming.view.state === 'unfocused') this.#parts.unseen(prompt);
    void this.#parts.later(prompt).then((warnings) => {
      if (warnings.length === 0 || this.#shown !== prompt || this.#ended !== null) return;
      this.#compose(prompt, { edition: 1, warnings });
    });
  }

  /** Everything that is shown is new to the person: it has to be read, and Allow starts again. */
  #compose(prompt: Prompt, later: Later): void {
    this.#secrets = new HiddenSecrets();
    this.#view = promptView(prompt, this.#secrets, later);
    this.#arming.restart(isGrave(prompt) ? ARMING_MS.high : ARMING_MS.usual);
    this.#tell();
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
    this.#changedFile = null;
    this.#arming.restart(ARMING_MS.high);
    this.#parts.surface.hide();
    this.#tell();
  }

  #tell(): void {
    this.#revision += 1;
    const { board } = this;
    this.#toldCounts = this.#counts;
    clearTimeout(this.#rearm);
    if (board.prompt !== null && board.arming.state === 'arming') {
      this.#rearm = setTimeout(() => this.#tell(), board.arming.armedAtMs - this.#parts.clocks.wall());
    }
    this.#parts.surface.tell(board);
  }
}
