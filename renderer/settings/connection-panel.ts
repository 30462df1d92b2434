import type { Bridge } from '../../main/ipc/contract.ts';
import type { SettingsView } from '../../main/ipc/settings-view.ts';
import type { FindingView } from '../../main/ipc/stop-view.ts';
import { button } from '../shared/button.ts';
import { commandPlate } from '../shared/command-plate.ts';
import { confirmed } from '../shared/confirm.ts';
import { type Child, fill, h, keepFocus } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import { icon, type IconName } from '../shared/icons.ts';
import { mainSaid, mainSays } from '../shared/main-says.ts';
import { proofList } from '../shared/proof-list.ts';
import { quoted } from '../shared/quoting.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';
import { GatewaysCard } from './gateways-card.ts';
import { OperatorCard } from './operator-card.ts';

type Connection = SettingsView['connection'];

const STATES: Readonly<Record<Connection['state'], readonly [IconName, PlainKey, PlainKey]>> = {
  unpaired: ['note', 'stateUnpaired', 'stateUnpairedWhy'],
  attention: ['caution', 'stateAttention', 'stateAttentionWhy'],
  paused: ['note', 'statePaused', 'statePausedWhy'],
  'awaiting-approval': ['clock', 'stateAwaiting', 'stateAwaitingWhy'],
  connecting: ['clock', 'stateConnecting', 'stateConnectingWhy'],
  offline: ['caution', 'stateOffline', 'stateOfflineWhy'],
  connected: ['calm', 'stateConnected', 'stateConnectedWhy'],
};

/** Which gateway can ask, and how to stop it for a while or for good. */
export class ConnectionPanel {
  readonly root = h('div', { class: 'panel' });
  readonly #voice: Voice;
  readonly #bridge: Bridge<'settings'>;
  readonly #notice = h('div', { role: 'alert' });
  readonly #gateways: GatewaysCard;
  readonly #operator: OperatorCard;
  readonly #body = h('div', { class: 'panel' });
  #drawn = '';

  constructor(voice: Voice, bridge: Bridge<'settings'>) {
    this.#voice = voice;
    this.#bridge = bridge;
    this.#gateways = new GatewaysCard(voice, bridge, {
      left: (command, proof) => this.#left(command, proof),
    });
    this.#operator = new OperatorCard(voice, bridge);
    this.root.append(this.#notice, this.#body, this.#operator.root, this.#gateways.root);
  }

  update(view: SettingsView): void {
    const { connection } = view;
    this.#gateways.update(view);
    this.#operator.update(view);
    const next = JSON.stringify(connection);
    if (next === this.#drawn) return;
    this.#drawn = next;
    keepFocus(() =>
      fill(this.#body, this.#standing(connection), this.#gateway(connection), this.#acts(connection)),
    );
  }

  #standing({ state, detail, commandsApproved, running }: Connection): HTMLElement {
    const voice = this.#voice;
    const [sign, name, why] = STATES[state];
    const colour = state === 'connected' ? 'ok' : sign === 'caution' ? 'caution' : 'note';
    return h(
      'section',
      { class: 'standing', role: 'status' },
      icon(sign, `large ${colour}`),
      h(
        'div',
        {},
        h('h2', {}, voice.text(name)),
        h('p', { class: 'muted' }, voice.text(why)),
        detail === null ? null : mainSays(detail, voice),
        commandsApproved === false && state === 'connected'
          ? h('p', {}, voice.text('commandsNotApproved'))
          : null,
        running === 0
          ? null
          : h(
              'p',
              {},
              running === 1 ? voice.text('runningOne') : voice.text('runningMany', { count: running }),
            ),
      ),
    );
  }

  #gateway({ gateway }: Connection): Child {
    if (gateway === null) return null;
    const voice = this.#voice;
    const row = (name: PlainKey, value: Child, classes: string | null = null) => [
      h('dt', {}, voice.text(name)),
      h('dd', { class: classes }, value),
    ];
    return h(
      'dl',
      { class: 'card kv' },
      row('settingsGateway', quoted(gateway.name, voice)),
      row('settingsAddress', quoted(gateway.address, voice)),
      row('deviceId', quoted([{ kind: 'plain', text: gateway.deviceId }], voice), 'id'),
    );
  }

  #acts(connection: Connection): Child {
    const voice = this.#voice;
    const { gateway, state } = connection;
    const openPairing = () => void this.#do(() => this.#bridge.openPairing());
    if (gateway === null || state === 'unpaired') {
      return button({ class: 'btn lg default pair', id: 'pair' }, openPairing, voice.text('openPairing'));
    }
    const paused = state === 'paused';
    const act = (title: PlainKey, why: PlainKey, press: HTMLElement) =>
      h(
        'div',
        { class: 'row' },
        h(
          'div',
          { class: 'grow' },
          h('b', {}, voice.text(title)),
          h('p', { class: 'muted small' }, voice.text(why)),
        ),
        press,
      );
    return h(
      'div',
      { class: 'card' },
      state === 'awaiting-approval' || state === 'attention' || connection.commandsApproved === false
        ? act(
            state === 'connected' ? 'approveCommands' : STATES[state][1],
            'stateAwaitingWhy',
            button({ class: 'btn', id: 'show-pairing' }, openPairing, voice.text('showPairing')),
          )
        : null,
      act(
        'pauseTitle',
        'pauseWhy',
        button(
          { class: 'btn', id: 'pause' },
          () => void this.#do(() => this.#bridge.setPaused(!paused)),
          voice.text(paused ? 'resume' : 'pause'),
        ),
      ),
      act(
        'unpairTitle',
        'unpairWhy',
        button(
          { class: 'btn unpair', id: 'unpair' },
          () => void this.#unpair(gateway),
          voice.text('unpairAsk'),
        ),
      ),
    );
  }

  async #unpair(gateway: NonNullable<Connection['gateway']>): Promise<void> {
    const voice = this.#voice;
    const sure = await confirmed(
      {
        title: voice.say('unpairQuestion', { gateway: quoted(gateway.name, voice) }),
        consequence: voice.text('unpairConsequence'),
        yes: voice.text('unpair'),
        no: voice.text('cancel'),
      },
      voice,
    );
    if (!sure) return;
    const answer = await settled(this.#bridge.unpair());
    if (answer.ok) this.#left(answer.value.removeCommand, answer.value.proof);
    else this.#failed(answer);
  }

  /** What is left to do at the gateway. It stays until the window is closed: it is not shown anywhere else. */
  #left(removeCommand: string, proof: readonly FindingView[]): void {
    const voice = this.#voice;
    const copy = () => settled(this.#bridge.copyRemoveCommand()).then(({ ok }) => ok);
    fill(
      this.#notice,
      h(
        'div',
        { class: 'notice' },
        icon('note', 'note'),
        h(
          'div',
          { class: 'left-over' },
          h('h2', {}, voice.text('unpaired')),
          h('p', {}, voice.text('unpairedWhy')),
          commandPlate(voice, { command: removeCommand, copy }),
          proofList(proof, voice),
        ),
      ),
    );
  }

  async #do(call: () => ReturnType<Bridge<'settings'>['openPairing']>): Promise<void> {
    this.#notice.replaceChildren();
    const answer = await settled(call());
    if (!answer.ok) this.#failed(answer);
  }

  #failed(answer: Parameters<typeof mainSaid>[0]): void {
    fill(
      this.#notice,
      h('div', { class: 'notice caution' }, icon('caution', 'caution'), mainSaid(answer, this.#voice)),
    );
  }
}
