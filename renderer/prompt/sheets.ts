import type { Bridge } from '../../main/ipc/contract.ts';
import { type AlwaysSheet, alwaysSheet, alwaysTitle } from './always-sheet.ts';
import { type ReasonSheet, reasonSheet } from './reason-sheet.ts';
import type { SheetKind } from './sheet-kind.ts';
import { SheetPlace, type SheetPlaceParts } from './sheet-place.ts';
import { type WaitingSheet, waitingSheet } from './waiting-sheet.ts';

/** The three sheets of a question, one at a time in the one place: what "always" stores, a reason, what else waits. */
export class Sheets {
  readonly #parts: SheetPlaceParts;
  readonly #bridge: Bridge<'prompt'>;
  readonly #place: SheetPlace;
  #always: AlwaysSheet | null = null;
  #reason: ReasonSheet | null = null;
  #waiting: WaitingSheet | null = null;

  constructor(bridge: Bridge<'prompt'>, parts: SheetPlaceParts) {
    this.#bridge = bridge;
    this.#parts = parts;
    this.#place = new SheetPlace({
      ...parts,
      changed: () => {
        const { kind } = this.#place;
        if (kind !== 'always') this.#always = null;
        if (kind !== 'reason') this.#reason = null;
        if (kind !== 'waiting') this.#waiting = null;
        parts.changed();
      },
    });
  }

  get kind(): SheetKind | null {
    return this.#place.kind;
  }

  get root(): HTMLElement | null {
    return this.#place.root;
  }

  /** Null while that sheet is not open. */
  get always(): AlwaysSheet | null {
    return this.#always;
  }

  /** What the person typed to go with a no, while that sheet is open. */
  get reason(): string | undefined {
    return this.#reason?.reason;
  }

  close(): void {
    this.#place.close();
  }

  /** @param chosen another row of the sheet was chosen. */
  openAlways(chosen: () => void): void {
    const { prompt, voice } = this.#parts;
    if (prompt.remember === null) return;
    this.#always = alwaysSheet(prompt, prompt.remember, voice, chosen);
    this.#place.open({ kind: 'always', title: alwaysTitle(prompt, voice), root: this.#always.root });
  }

  askReason(): void {
    const { voice } = this.#parts;
    const sheet = reasonSheet(voice);
    this.#reason = sheet;
    this.#place.open({
      kind: 'reason',
      title: [voice.text('reasonTitle')],
      root: sheet.root,
      focus: () => sheet.focus(),
    });
  }

  /** @param all how many wait, with the one that is shown. */
  review(all: number): void {
    const { voice } = this.#parts;
    const sheet = waitingSheet(this.#bridge, voice);
    sheet.refresh(all);
    this.#waiting = sheet;
    this.#place.open({ kind: 'waiting', title: [voice.text('waitingTitle')], root: sheet.root });
  }

  /** Other questions came or went. */
  refresh(all: number): void {
    this.#waiting?.refresh(all);
  }
}
