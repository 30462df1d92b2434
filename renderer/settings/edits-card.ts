import type { Bridge, Envelope } from '../../main/ipc/contract.ts';
import type { EditsView, EditView, ListedChangeView } from '../../main/ipc/edits-view.ts';
import type { SettingsView } from '../../main/ipc/settings-view.ts';
import { button } from '../shared/button.ts';
import { type Child, fill, h, keepFocus, setText } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import { moment } from '../shared/format.ts';
import { icon } from '../shared/icons.ts';
import { mainSaid, mainSays } from '../shared/main-says.ts';
import { quoted } from '../shared/quoting.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';
import { changeLine } from './change-line.ts';

const WHY = { file: 'editFileWhy', gateway: 'editWhy', undo: 'editUndoingWhy' } as const;

/**
 * An edit of the policy that somebody else wants, above everything else in the window. Nothing is ticked; to refuse is
 * always possible, to apply only when main says so: this window can be stricter than main, never milder.
 */
export class EditsCard {
  readonly root: HTMLElement;
  readonly #voice: Voice;
  readonly #bridge: Bridge<'settings'>;
  readonly #notice = h('div', { role: 'alert' });
  readonly #place = h('div');
  readonly #hint = h('span', { class: 'muted small', role: 'status' });
  readonly #apply: HTMLButtonElement;
  readonly #seen: IntersectionObserver;
  #view: EditsView | null = null;
  #drawn: string | null = null;
  #read = '';
  #sent = false;

  constructor(voice: Voice, bridge: Bridge<'settings'>) {
    this.#voice = voice;
    this.#bridge = bridge;
    this.#apply = button({ class: 'btn' }, () => void this.#applyTicked(), voice.text('editApply'));
    this.#seen = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) this.#sayRead();
    });
    this.root = h('div', { class: 'edits', hidden: true }, this.#notice, this.#place);
    // A key that is held down in another window must not press anything here.
    this.root.addEventListener('keydown', (event) => {
      if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
    });
    this.root.addEventListener('change', () => this.#gate());
  }

  update({ edits }: SettingsView): void {
    this.#view = edits;
    const id = edits.waiting?.id ?? '';
    if (id !== this.#drawn) {
      this.#drawn = id;
      this.#sent = false;
      this.#notice.replaceChildren();
      this.#draw(edits.waiting, edits.more);
    }
    this.root.hidden = edits.waiting === null;
    this.#gate();
  }

  #draw(edit: EditView | null, more: number): void {
    const voice = this.#voice;
    this.#seen.disconnect();
    if (edit === null) {
      this.#place.replaceChildren();
      return;
    }
    const refuse = button(
      { class: 'btn default', id: 'edit-refuse' },
      () => void this.#decide([]),
      voice.text(edit.unreadable === null ? 'editRefuse' : 'editPutBack'),
    );
    const actions = h(
      'div',
      { class: 'act' },
      refuse,
      edit.unreadable === null ? [this.#apply, this.#hint] : null,
    );
    keepFocus(() =>
      fill(
        this.#place,
        h(
          'section',
          { class: 'notice caution edit', 'aria-labelledby': 'edit-title' },
          icon('caution', 'caution'),
          h(
            'div',
            { class: 'grow' },
            h('h2', { id: 'edit-title' }, this.#title(edit)),
            edit.unreadable === null
              ? h('p', {}, voice.text(WHY[edit.from.kind]))
              : [mainSays(edit.unreadable, voice), h('p', {}, voice.text('editUnreadable'))],
            edit.changes.length === 0 ? null : this.#list(edit.changes),
            this.#times(edit, more),
            actions,
          ),
        ),
      ),
    );
    this.#seen.observe(actions);
  }

  #title({ from }: EditView): Child {
    if (from.kind === 'file') return this.#voice.text('editFromFile', { file: from.file });
    const gateway = quoted(from.name, this.#voice);
    return from.kind === 'gateway'
      ? this.#voice.say<'editFromGateway', Child>('editFromGateway', { gateway })
      : this.#voice.say<'editUndoing', Child>('editUndoing', { gateway });
  }

  #list(changes: readonly ListedChangeView[]): HTMLElement {
    const voice = this.#voice;
    return h(
      'ul',
      { class: 'changes', 'aria-label': voice.text('editChanges') },
      changes.map(({ id, loosens, change }) =>
        h(
          'li',
          {},
          h(
            'label',
            {},
            h('input', { type: 'checkbox', class: 'check', name: 'change', value: id }),
            h(
              'span',
              { class: loosens ? 'badge caution' : 'badge' },
              voice.text(loosens ? 'editLoosens' : 'editTightens'),
            ),
            changeLine(change, voice),
          ),
        ),
      ),
    );
  }

  #times({ expiresAtMs }: EditView, more: number): HTMLElement | null {
    const voice = this.#voice;
    const time = expiresAtMs === null ? '' : moment(expiresAtMs, Date.now(), voice.locale);
    const words = [
      expiresAtMs === null ? '' : voice.text('editExpires', { time }),
      more === 0 ? '' : voice.text('editMore', { count: more }),
    ].filter((word) => word !== '');
    return words.length === 0 ? null : h('p', { class: 'muted' }, words.join(' '));
  }

  #ticked(): string[] {
    const boxes = this.#place.querySelectorAll<HTMLInputElement>('input[name=change]:checked');
    return [...boxes].map(({ value }) => value);
  }

  /** Whether applying is possible now, and if not, why. */
  #gate(): void {
    const state = this.#view?.arming.state;
    let why: PlainKey | null = state === 'armed' ? null : 'editNotYet';
    if (state === 'unfocused') why = 'editUnfocused';
    else if (why === null && this.#ticked().length === 0) why = 'editTickFirst';
    const open = why === null && !this.#sent;
    this.#apply.setAttribute('aria-disabled', String(!open));
    setText(this.#hint, why === null ? '' : this.#voice.text(why));
  }

  #sayRead(): void {
    const id = this.#view?.waiting?.id;
    if (id === undefined || id === this.#read) return;
    this.#read = id;
    void settled(this.#bridge.readEdit({ id }));
  }

  /** Nothing ticked is not a refusal: that has a button of its own. */
  async #applyTicked(): Promise<void> {
    const approve = this.#ticked();
    if (approve.length > 0 && this.#view?.arming.state === 'armed') await this.#decide(approve);
  }

  async #decide(approve: string[]): Promise<void> {
    const id = this.#view?.waiting?.id;
    if (id === undefined || this.#sent) return;
    this.#sent = true;
    this.#gate();
    const answer: Envelope<undefined> = await settled(this.#bridge.decideEdit({ id, approve }));
    this.#sent = false;
    if (!answer.ok) {
      const failed =
        answer.code === 'policy-changed'
          ? h('p', {}, this.#voice.text('policyChanged'))
          : mainSaid(answer, this.#voice);
      fill(this.#notice, h('div', { class: 'notice caution' }, icon('caution', 'caution'), failed));
    }
    this.#gate();
  }
}
