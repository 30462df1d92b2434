import type { Bridge, FailureCode } from '../../main/ipc/contract.ts';
import type { AllowChoice, PromptView } from '../../main/ipc/prompt-view.ts';
import type { DisplayText } from '../../main/text/display-text.ts';
import { settled } from '../shared/follow.ts';
import type { PlainKey } from '../shared/voice.ts';

export type Decision =
  | { readonly decision: AllowChoice }
  | { readonly decision: 'deny'; readonly reason?: string; readonly quiet?: 'session' | 'agent' };

const FAILURES: Readonly<Partial<Record<FailureCode, PlainKey>>> = {
  'not-armed': 'notArmed',
  'not-proven': 'notProven',
};

/** What the person says about one question, on its way to main and back. */
export class Answering {
  readonly #ref: Pick<PromptView, 'id' | 'digest'>;
  readonly #bridge: Bridge<'prompt'>;
  readonly #refused: () => void;
  #sent: Decision | null = null;
  #failure: PlainKey | null = null;

  /** @param refused main did not take the answer: the question is still open, and the words for why are in `failure`. */
  constructor({ id, digest }: PromptView, bridge: Bridge<'prompt'>, refused: () => void) {
    this.#ref = { id, digest };
    this.#bridge = bridge;
    this.#refused = refused;
  }

  /** An answer was given, and main has neither taken nor refused it yet. */
  get sent(): boolean {
    return this.#sent !== null;
  }

  get failure(): PlainKey | null {
    return this.#failure;
  }

  /** Deny works whatever else was said; an Allow is said once. */
  decide(decision: Decision): void {
    if (this.#sent?.decision === 'deny' || (this.#sent !== null && decision.decision !== 'deny')) return;
    this.#sent = decision;
    this.#failure = null;
    void settled(this.#bridge.decide({ ...this.#ref, ...decision })).then((answer) => {
      if (answer.ok || this.#sent !== decision) return;
      this.#sent = null;
      this.#failure = FAILURES[answer.code] ?? 'notTaken';
      this.#refused();
    });
  }

  /** Puts away a question that is over. */
  dismiss(): void {
    void settled(this.#bridge.dismiss(this.#ref));
  }

  /** The end of the command was in view. */
  read(): void {
    void settled(this.#bridge.read(this.#ref));
  }

  /** Resolves to the text behind a mask; null when main does not give it. */
  reveal(secret: number): Promise<DisplayText | null> {
    return settled(this.#bridge.revealSecret({ ...this.#ref, secret })).then((answer) =>
      answer.ok ? answer.value : null,
    );
  }

  /** Resolves to whether the command is on the clipboard now. */
  copy(): Promise<boolean> {
    return settled(this.#bridge.copyCommand(this.#ref)).then(({ ok }) => ok);
  }
}
