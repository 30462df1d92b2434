import type { Bridge } from '../../main/ipc/contract.ts';
import type { KnownGatewayView } from '../../main/ipc/gateways-view.ts';
import type { SettingsView } from '../../main/ipc/settings-view.ts';
import type { FindingView } from '../../main/ipc/stop-view.ts';
import { button } from '../shared/button.ts';
import { confirmed } from '../shared/confirm.ts';
import { plainOf } from '../shared/display-runs.ts';
import { type Child, fill, h, keepFocus } from '../shared/dom.ts';
import { field } from '../shared/field.ts';
import { settled } from '../shared/follow.ts';
import { gatewayChoice } from '../shared/gateway-choice.ts';
import { icon } from '../shared/icons.ts';
import { mainSaid } from '../shared/main-says.ts';
import { quoted } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';

/** What the card needs to be done elsewhere in its window. */
interface Around {
  /** Something is left to do at a gateway that was removed. */
  readonly left: (removeCommand: string, proof: readonly FindingView[]) => void;
}

/** The gateways that are remembered: which one is used, where it is, and what is to be decided about it. */
export class GatewaysCard {
  readonly root = h('section', { class: 'panel' });
  readonly #voice: Voice;
  readonly #bridge: Bridge<'settings'>;
  readonly #around: Around;
  #moved = '';
  readonly #problem = h('div', { role: 'alert' });
  readonly #choice = h('div', {});
  readonly #list = h('div', {});
  readonly #move: HTMLElement;
  #drawn = '';
  #decided = '';

  constructor(voice: Voice, bridge: Bridge<'settings'>, around: Around) {
    this.#voice = voice;
    this.#bridge = bridge;
    this.#around = around;
    this.#move = this.#moveForm();
    this.root.append(this.#choice, this.#list, this.#move, this.#problem);
  }

  update({ gateways: { known, choice } }: SettingsView): void {
    const decided = JSON.stringify(choice);
    // What is typed into it must not go with news about something else.
    if (decided !== this.#decided)
      fill(this.#choice, choice === null ? null : gatewayChoice(choice, this.#voice, this.#bridge));
    this.#decided = decided;
    const drawn = JSON.stringify(known);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    if (!known.some(({ active }) => active)) this.#move.hidden = true;
    keepFocus(() => fill(this.#list, known.length === 0 ? null : this.#card(known)));
  }

  #card(known: readonly KnownGatewayView[]): Child {
    const voice = this.#voice;
    return [
      h('h2', { class: 'st' }, voice.text('knownGateways')),
      h('p', { class: 'muted small' }, voice.text('knownGatewaysWhy')),
      h(
        'div',
        { class: 'card' },
        known.map((gateway) => this.#row(gateway)),
        h(
          'div',
          { class: 'row' },
          h('div', { class: 'grow' }),
          known
            .filter(({ active }) => active)
            .map(({ id }) =>
              button({ class: 'btn', id: 'move' }, () => this.#showMove(id), voice.text('gatewayMove')),
            ),
          button(
            { class: 'btn', id: 'add-gateway' },
            () => void this.#do(this.#bridge.addGateway()),
            voice.text('gatewayAdd'),
          ),
        ),
      ),
    ];
  }

  #row(gateway: KnownGatewayView): HTMLElement {
    const voice = this.#voice;
    const { id, name, active, pinned } = gateway;
    const address = plainOf(gateway.address);
    const facts = [
      ...(active ? [voice.text('gatewayActive')] : []),
      ...(pinned ? [voice.text('gatewayPinned')] : []),
    ];
    return h(
      'div',
      { class: 'row' },
      h(
        'div',
        { class: 'grow' },
        quoted(name, voice),
        ' ',
        quoted(gateway.address, voice),
        facts.length === 0 ? null : h('p', { class: 'muted small' }, facts.join(' · ')),
      ),
      active
        ? null
        : [
            button(
              { class: 'btn', id: `use-${id}`, 'aria-label': voice.text('gatewayUseNamed', { address }) },
              () => void this.#use(gateway),
              voice.text('gatewayUse'),
            ),
            button(
              {
                class: 'btn',
                id: `remove-${id}`,
                'aria-label': voice.text('gatewayRemoveNamed', { address }),
              },
              () => void this.#remove(gateway),
              voice.text('gatewayRemove'),
            ),
          ],
    );
  }

  async #use({ id, name }: KnownGatewayView): Promise<void> {
    const voice = this.#voice;
    const sure = await confirmed(
      {
        title: voice.say('gatewayUseQuestion', { gateway: quoted(name, voice) }),
        consequence: voice.text('gatewayUseConsequence'),
        yes: voice.text('gatewayUse'),
        no: voice.text('cancel'),
      },
      voice,
    );
    if (sure) await this.#do(this.#bridge.switchGateway(id));
  }

  async #remove({ id, name }: KnownGatewayView): Promise<void> {
    const voice = this.#voice;
    const sure = await confirmed(
      {
        title: voice.say('gatewayRemoveQuestion', { gateway: quoted(name, voice) }),
        consequence: voice.text('gatewayRemoveConsequence'),
        yes: voice.text('gatewayRemoveDo'),
        no: voice.text('cancel'),
      },
      voice,
    );
    if (!sure) return;
    const answer = await settled(this.#bridge.removeGateway(id));
    if (answer.ok) this.#around.left(answer.value.removeCommand, answer.value.proof);
    else this.#failed(answer);
  }

  #moveForm(): HTMLElement {
    const voice = this.#voice;
    const address = field(voice.text('gatewayMoveTo'), { placeholder: 'wss://studio.example:18789' });
    const fingerprint = field(voice.text('fingerprint'), { note: voice.text('fingerprintWhy') });
    const move = async () => {
      const typed = address.required(voice.text('addressMissing'));
      if (typed === null) return;
      const moved = await this.#do(
        this.#bridge.moveGateway({
          gatewayId: this.#moved,
          address: typed,
          fingerprint: fingerprint.value || null,
        }),
      );
      if (!moved) return;
      address.clear();
      fingerprint.clear();
      this.#move.hidden = true;
    };
    return h(
      'div',
      { class: 'card fields padded', hidden: true },
      address.root,
      fingerprint.root,
      h('p', { class: 'muted small' }, voice.text('gatewayMoveWhy')),
      button({ class: 'btn', id: 'move-now' }, () => void move(), voice.text('gatewayMoveDo')),
    );
  }

  /** What is typed from now on is about this one, whichever is in use when it is sent. */
  #showMove(gatewayId: string): void {
    this.#moved = gatewayId;
    this.#move.hidden = false;
    this.#move.querySelector('input')?.focus();
  }

  async #do(call: ReturnType<Bridge<'settings'>['addGateway']>): Promise<boolean> {
    this.#problem.replaceChildren();
    const answer = await settled(call);
    if (!answer.ok) this.#failed(answer);
    return answer.ok;
  }

  #failed(answer: Parameters<typeof mainSaid>[0]): void {
    fill(
      this.#problem,
      h('div', { class: 'notice caution' }, icon('caution', 'caution'), mainSaid(answer, this.#voice)),
    );
  }
}
