import type { Clocks } from '../prompt/deadline.ts';
import type { Prompt } from '../prompt/prompt.ts';
import type { Notice, ShownNotice } from './platform/notices.ts';
import { whoRunsWhat } from './prompt-names.ts';
import type { Words } from './words.ts';

interface Parts {
  readonly words: Words;
  readonly clocks: Clocks;
  readonly formatTime: (ms: number) => string;
  readonly notify: (notice: Notice) => ShownNotice;
  /** Brings the question to the eye. There is nothing else that a notice can do. */
  readonly reveal: () => void;
}

/** A burst is one notice, not many. */
const APART_MS = 10_000;

/** Tells of a question that came up while the person looks elsewhere. It holds plain names and no words of a command. */
export class WaitingNotice {
  readonly #parts: Parts;
  #shown: { readonly promptId: string; readonly notice: ShownNotice } | null = null;
  #lastMs = -Infinity;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  unseen(prompt: Prompt): void {
    const { words, clocks, formatTime, notify, reveal } = this.#parts;
    const nowMs = clocks.steady();
    if (nowMs - this.#lastMs < APART_MS) return;
    this.#lastMs = nowMs;
    this.#shown?.notice.close();
    const notice = notify({
      title: whoRunsWhat(prompt, words),
      body: words.waitsUntil(formatTime(prompt.expiresAtMs)),
      clicked: reveal,
    });
    this.#shown = { promptId: prompt.id, notice };
  }

  /** A question is over: its notice would lead nowhere. */
  over({ id }: Pick<Prompt, 'id'>): void {
    if (this.#shown?.promptId !== id) return;
    this.#shown.notice.close();
    this.#shown = null;
  }
}
