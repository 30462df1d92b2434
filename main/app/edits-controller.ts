import type { EditDecisionResult } from '../edits/edit-desk.ts';
import type { PendingEdit } from '../edits/pending-edit.ts';
import type { Envelope, Handlers } from '../ipc/contract.ts';
import type { EditsView } from '../ipc/edits-view.ts';
import { ARMING_MS } from '../prompt/arming-times.ts';
import type { Clocks } from '../prompt/deadline.ts';
import { displayWhole } from '../text/display.ts';
import { Arming } from './arming.ts';
import type { Core } from './core.ts';
import { done, failure } from './envelopes.ts';
import type { WithProof } from './proof-of-looser.ts';
import { changeView, editView } from './views/edits-view.ts';

export type EditHandlers = Pick<Handlers<'settings'>, 'readEdit' | 'decideEdit' | 'undoEdit'>;

interface Parts {
  readonly clocks: Clocks;
  /** For what allows more than now. */
  readonly withProof: WithProof;
  /** Something changed that the window shows. */
  readonly tell: () => void;
}

const REFUSED: Readonly<Record<Exclude<EditDecisionResult, 'done'>, Envelope<never>>> = {
  'unknown-edit': failure('unknown-edit', 'This change does not wait any more. Nothing was changed.'),
  changed: failure('policy-changed', 'The policy was changed meanwhile. Look at it again.'),
};

/**
 * Shows one edit of the policy at a time in the settings window, and takes the person's word on it. As with a prompt, an
 * approval counts only for what is in front of the person, after its delay and read to its end; a refusal always does.
 */
export class EditsController {
  readonly #edits: Core['edits'];
  readonly #parts: Parts;
  readonly #arming: Arming;
  #shown: PendingEdit | null = null;
  #rearm: NodeJS.Timeout | undefined;

  constructor(edits: Core['edits'], parts: Parts) {
    this.#edits = edits;
    this.#parts = parts;
    this.#arming = new Arming(parts.clocks);
    this.update();
  }

  /** The core's state changed. */
  update(): void {
    const next = this.#edits.pending[0] ?? null;
    if (next?.id !== this.#shown?.id) this.#arming.restart(ARMING_MS.high);
    this.#shown = next;
    this.#tellWhenArmed();
  }

  /** The person came to the settings window, or left it. */
  focus(focused: boolean): void {
    this.#arming.focus(focused);
    this.#tellWhenArmed();
    this.#parts.tell();
  }

  get view(): EditsView {
    const shown = this.#shown;
    return {
      waiting: shown && editView(shown),
      more: this.#edits.pending.filter(({ id }) => id !== shown?.id).length,
      arming: this.#arming.view,
      undoable: this.#edits.undoable.map(({ id, atMs, from, changes }) => ({
        id,
        atMs,
        gateway: displayWhole(from.name),
        changes: changes.map(changeView),
      })),
    };
  }

  get handlers(): EditHandlers {
    return {
      readEdit: ({ id }) => {
        if (id !== this.#shown?.id) return REFUSED['unknown-edit'];
        this.#arming.read();
        this.#parts.tell();
        return done;
      },
      decideEdit: async (decision) => {
        if (decision.id !== this.#shown?.id) return REFUSED['unknown-edit'];
        if (decision.approve.length > 0 && !this.#arming.armed)
          return failure('not-armed', 'Approving is not possible yet. Read the changes first.');
        const decide = async () => envelope(await this.#edits.decide(decision));
        const loosens = this.#shown.changes.some((one) => one.loosens && decision.approve.includes(one.id));
        return loosens ? this.#parts.withProof(decide) : decide();
      },
      undoEdit: ({ id }) =>
        this.#parts.withProof(async () => {
          const result = await this.#edits.undo(id);
          return result === 'waits' ? done : envelope(result);
        }),
    };
  }

  #tellWhenArmed(): void {
    clearTimeout(this.#rearm);
    const { view } = this.#arming;
    if (this.#shown === null || view.state !== 'arming') return;
    this.#rearm = setTimeout(() => {
      // A timer may come a moment early: then it is not over yet, and nobody else would say when it is.
      this.#tellWhenArmed();
      this.#parts.tell();
    }, view.armedAtMs - this.#parts.clocks.wall());
    this.#rearm.unref();
  }
}

const envelope = (result: EditDecisionResult): Envelope<undefined> =>
  result === 'done' ? done : REFUSED[result];
