import type { Bridge } from '../../main/ipc/contract.ts';
import type { GatewayChoiceView } from '../../main/ipc/gateways-view.ts';
import { button } from './button.ts';
import { type Child, h } from './dom.ts';
import { field } from './field.ts';
import { settled } from './follow.ts';
import { icon } from './icons.ts';
import { mainSaid } from './main-says.ts';
import { quoted } from './quoting.ts';
import type { Voice } from './voice.ts';

/** In whichever window it is shown. */
type Decide = Pick<Bridge<'settings'>, 'acceptCertificate' | 'acceptListener' | 'offerCommands'>;

/** What only the person can decide about the gateway. To leave it as it is, nothing has to be done: it is refused. */
export function gatewayChoice(choice: GatewayChoiceView, voice: Voice, bridge: Decide): HTMLElement {
  const problem = h('div', { role: 'alert' });
  const attempt = (call: ReturnType<Decide['acceptListener']>) =>
    void settled(call).then((answer) => {
      problem.replaceChildren();
      if (!answer.ok) problem.append(mainSaid(answer, voice));
    });
  return h(
    'section',
    { class: 'notice caution gateway-choice' },
    icon('caution', 'caution'),
    h('div', { class: 'fields' }, content(choice, voice, bridge, attempt), problem),
  );
}

function content(
  choice: GatewayChoiceView,
  voice: Voice,
  bridge: Decide,
  attempt: (call: ReturnType<Decide['acceptListener']>) => void,
): Child {
  switch (choice.kind) {
    case 'certificate': {
      const typed = field(voice.text('certificateTyped'), { note: voice.text('certificateTypedWhy') });
      const accept = () => {
        const value = typed.required(voice.text('certificateTypedMissing'));
        if (value !== null) attempt(bridge.acceptCertificate(value));
      };
      return [
        h('b', {}, voice.text('certificateChanged')),
        h('p', {}, voice.text('certificateChangedWhy')),
        h(
          'dl',
          { class: 'kv' },
          h('dt', {}, voice.text('certificatePinned')),
          h('dd', { class: 'id' }, fingerprint(choice.pinned, voice)),
          h('dt', {}, voice.text('certificateShown')),
          h('dd', { class: 'id' }, fingerprint(choice.shown, voice)),
        ),
        typed.root,
        button({ class: 'btn', id: 'accept-certificate' }, accept, voice.text('certificateAccept')),
      ];
    }
    case 'listener':
      return [
        h('b', {}, voice.text('listenerTitle')),
        h(
          'p',
          {},
          choice.uid === null
            ? voice.say('listenerUnknown', { address: quoted(choice.address, voice) })
            : voice.say('listenerStranger', {
                address: quoted(choice.address, voice),
                uid: h('b', {}, String(choice.uid)),
              }),
        ),
        h('p', { class: 'muted' }, voice.text('listenerWhy')),
        button(
          { class: 'btn', id: 'accept-listener' },
          () => attempt(bridge.acceptListener(choice.id)),
          voice.text('listenerAccept'),
        ),
      ];
    case 'commands':
      return [
        h('b', {}, voice.text('commandsGrew')),
        h('p', {}, voice.text('commandsGrewWhy')),
        h(
          'ul',
          {},
          choice.added.map((command) => h('li', {}, quoted(command, voice))),
        ),
        button(
          { class: 'btn', id: 'offer-commands' },
          () => attempt(bridge.offerCommands()),
          voice.text('commandsOffer'),
        ),
      ];
  }
}

/** In groups of four, which eyes can compare. */
const fingerprint = (hex: string, voice: Voice): HTMLElement =>
  quoted([{ kind: 'plain', text: (hex.match(/.{4}/g) ?? []).join(' ') }], voice);
