import type { Bridge } from '../../main/ipc/contract.ts';
import type { SettingsView } from '../../main/ipc/settings-view.ts';
import { button } from '../shared/button.ts';
import { commandPlate } from '../shared/command-plate.ts';
import { type Child, fill, h, keepFocus } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import { icon } from '../shared/icons.ts';
import { mainSaid, mainSays } from '../shared/main-says.ts';
import { quotedRuns } from '../shared/quoting.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';
import { operatorForm } from './operator-form.ts';

type Operator = SettingsView['authority']['operator'];

const STATES: Readonly<Record<Operator['state'], PlainKey>> = {
  off: 'operatorOff',
  connecting: 'operatorConnecting',
  'awaiting-approval': 'operatorWaits',
  connected: 'operatorConnected',
  offline: 'operatorOffline',
  attention: 'operatorAttention',
};

/** The second connection, which shows here what the gateway wants approved. Offered once there is a gateway. */
export class OperatorCard {
  readonly root = h('section', { class: 'operator', hidden: true });
  readonly #voice: Voice;
  readonly #bridge: Bridge<'settings'>;
  readonly #card = h('div', { class: 'card' });
  readonly #problem = h('div', { role: 'alert' });
  readonly #form;
  readonly #others: HTMLInputElement;
  readonly #othersRow: HTMLElement;
  #showsOthers = false;
  #drawn = '';

  constructor(voice: Voice, bridge: Bridge<'settings'>) {
    this.#voice = voice;
    this.#bridge = bridge;
    this.#form = operatorForm(voice, (shown) => void this.#do(bridge.enableOperator(shown)));
    this.#others = h('input', {
      type: 'checkbox',
      id: 'other-hosts',
      class: 'check',
      'aria-describedby': 'other-hosts-why',
    });
    this.#others.addEventListener('change', () => void this.#showOthers(this.#others.checked));
    this.#othersRow = h(
      'div',
      { class: 'row' },
      h(
        'div',
        { class: 'grow' },
        h('label', { for: 'other-hosts' }, voice.text('otherHosts')),
        h('p', { class: 'muted small', id: 'other-hosts-why' }, voice.text('otherHostsWhy')),
      ),
      this.#others,
    );
    this.root.append(
      h('h2', { class: 'st' }, voice.text('operatorTitle')),
      h('p', { class: 'muted small' }, voice.text('operatorWhy')),
      this.#card,
      this.#form.root,
      this.#problem,
    );
  }

  update({ connection, authority: { operator, showsOtherHosts } }: SettingsView): void {
    this.root.hidden = connection.gateway === null;
    this.#othersRow.hidden = operator.state === 'off';
    this.#showsOthers = showsOtherHosts;
    this.#others.checked = showsOtherHosts;
    const next = JSON.stringify(operator);
    if (next === this.#drawn) return;
    this.#drawn = next;
    if (operator.state !== 'off' && operator.state !== 'attention') this.#form.root.hidden = true;
    keepFocus(() => fill(this.#card, this.#state(operator), this.#command(operator), this.#othersRow));
  }

  #state({ state, detail, command }: Operator): HTMLElement {
    const voice = this.#voice;
    const switchOn = (words: PlainKey) =>
      button({ class: 'btn', id: 'operator-on' }, () => this.#form.open(), voice.text(words));
    return h(
      'div',
      { class: 'row' },
      h(
        'div',
        { class: 'grow', role: 'status' },
        h('b', {}, voice.text(STATES[state])),
        // With a command to run, the words above it say what it is for.
        detail === null || command !== null ? null : mainSays(detail, voice),
      ),
      state === 'off' ? switchOn('operatorOn') : null,
      state === 'attention' ? switchOn('operatorOnAgain') : null,
      state === 'off'
        ? null
        : button(
            { class: 'btn', id: 'operator-off' },
            () => void this.#do(this.#bridge.disableOperator()),
            voice.text('operatorSwitchOff'),
          ),
    );
  }

  #command({ command }: Operator): Child {
    if (command === null) return null;
    const voice = this.#voice;
    const copy = () => settled(this.#bridge.copyOperatorCommand()).then(({ ok }) => ok);
    return h(
      'div',
      { class: 'row' },
      h(
        'div',
        { class: 'grow' },
        h('p', {}, voice.text('runThereUnnamed')),
        commandPlate(voice, { command: quotedRuns(command, voice), copy }),
      ),
    );
  }

  async #showOthers(shown: boolean): Promise<void> {
    if (!(await this.#do(this.#bridge.showOtherHosts(shown)))) this.#others.checked = this.#showsOthers;
  }

  async #do(call: ReturnType<Bridge<'settings'>['showOtherHosts']>): Promise<boolean> {
    this.#problem.replaceChildren();
    const answer = await settled(call);
    if (!answer.ok)
      fill(
        this.#problem,
        h('div', { class: 'notice caution' }, icon('caution', 'caution'), mainSaid(answer, this.#voice)),
      );
    return answer.ok;
  }
}
