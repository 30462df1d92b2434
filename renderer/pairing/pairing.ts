import type { Bridge } from '../../main/ipc/contract.ts';
import type { PairingStep, PairingView } from '../../main/ipc/pairing-view.ts';
import { button, keys } from '../shared/button.ts';
import { plainOf } from '../shared/display-runs.ts';
import { type Child, fill, h, keepFocus } from '../shared/dom.ts';
import { follow, settled } from '../shared/follow.ts';
import { gatewayChoice } from '../shared/gateway-choice.ts';
import { icon } from '../shared/icons.ts';
import { mainSays } from '../shared/main-says.ts';
import { quoted } from '../shared/quoting.ts';
import { followTextSize } from '../shared/text-size.ts';
import type { Voice } from '../shared/voice.ts';
import { approval } from './approval.ts';
import { type EnterForm, enterForm } from './enter-form.ts';
import { steps } from './steps.ts';

declare const latchkey: Bridge<'pairing'>;

const heading = h('h1', { class: 'vh' });
const rail = h('div', { class: 'pad' });
const foot = h('footer', { class: 'ffoot' });
document.body.append(h('main', {}, heading, rail, foot));

let form: { readonly voice: Voice; readonly enter: EnterForm } | null = null;
let step: PairingStep | null = null;
let command = '';
let drawn = '';

followTextSize();
follow(latchkey, (view, voice) => {
  document.title = voice.text('pairingTitle');
  heading.textContent = voice.text('pairingTitle');
  // One form for as long as the language stays: news from main must not empty it.
  if (form?.voice !== voice) form = { voice, enter: enterForm(voice, latchkey) };
  const { enter } = form;
  enter.update(view.draft);
  const next = JSON.stringify({ ...view, revision: 0, draft: view.draft.choice });
  if (next === drawn) return;
  drawn = next;
  keepFocus(() => {
    fill(
      rail,
      steps(view, voice, { now: present(view, voice, enter), behind: (index) => behind(index, view, voice) }),
    );
    const presses = buttons(view, voice, enter);
    fill(foot, presses);
  });
  if (view.step !== step) arrive(view.step, enter);
  step = view.step;
  command = view.command === null ? '' : plainOf(view.command);
});

function present(view: PairingView, voice: Voice, enter: EnterForm): Child {
  switch (view.step) {
    case 'enter':
      return enter.root;
    case 'failed':
      return view.draft.choice === null
        ? [failed(view, voice), enter.root]
        : gatewayChoice(view.draft.choice, voice, latchkey);
    case 'connecting':
      return [
        gatewayLine(view, voice),
        h('p', { class: 'muted' }, voice.text('connectingWhy')),
        said(view, voice),
      ];
    case 'approve-device':
    case 'approve-commands':
      return approval(view, command, voice, latchkey);
    case 'connected':
      return null;
  }
}

function behind(index: number, view: PairingView, voice: Voice): Child {
  if (index === 0) return gatewayLine(view, voice);
  if (index !== 3) return null;
  const openSettings = () => void settled(latchkey.openSettings());
  return [
    h('p', { class: 'muted' }, voice.text('connectedWhy')),
    h(
      'p',
      { class: 'muted' },
      voice.text('operatorOffer'),
      ' ',
      button({ class: 'link', id: 'open-settings' }, openSettings, voice.text('operatorOfferOpen')),
    ),
  ];
}

function gatewayLine({ gateway }: PairingView, voice: Voice): Child {
  if (gateway === null) return null;
  const holes = { name: quoted(gateway.name, voice), address: quoted(gateway.address, voice) };
  return h(
    'p',
    { class: 'muted' },
    gateway.encrypted ? voice.say('gatewayEncrypted', holes) : voice.say('gatewayPlain', holes),
  );
}

const said = ({ detail }: PairingView, voice: Voice): Child =>
  detail === null ? null : mainSays(detail, voice);

const failed = (view: PairingView, voice: Voice): Child =>
  h(
    'div',
    { class: 'notice high', role: 'alert' },
    icon('high', 'high'),
    h(
      'div',
      {},
      h('b', {}, voice.text('failedTitle')),
      said(view, voice) ?? h('p', {}, voice.text('failedWhy')),
    ),
  );

function buttons({ step: at, draft }: PairingView, voice: Voice, enter: EnterForm): Child {
  const close = () => void settled(latchkey.close());
  const cancel = () => void settled(latchkey.cancel()).then(close);
  if (at === 'connected') {
    return button(
      { class: 'btn lg default', 'aria-keyshortcuts': 'Escape' },
      close,
      voice.text('done'),
      keys('esc'),
    );
  }
  const no = button(
    { class: 'btn lg', 'aria-keyshortcuts': 'Escape' },
    cancel,
    voice.text('cancel'),
    keys('esc'),
  );
  if ((at !== 'enter' && at !== 'failed') || (at === 'failed' && draft.choice !== null)) return no;
  const yes = button(
    { class: 'btn lg default', 'aria-keyshortcuts': 'Enter' },
    () => enter.submit(),
    voice.text(at === 'failed' ? 'tryAgain' : 'pair'),
    keys('↩'),
  );
  return [no, yes];
}

/** The focus goes to what is to be done in this step. */
function arrive(at: PairingStep, enter: EnterForm): void {
  if (at === 'enter' || at === 'failed') enter.focus();
  else document.querySelector<HTMLElement>('.btn.default, .btn')?.focus();
}

document.addEventListener('keydown', (event) => {
  if (event.repeat || !event.isTrusted) return;
  const control = document.activeElement instanceof HTMLButtonElement;
  if (event.key === 'Escape') press('.ffoot [aria-keyshortcuts=Escape]');
  else if (event.key === 'Enter' && !control && !event.isComposing) press('.ffoot [aria-keyshortcuts=Enter]');
  else if (event.key === 'c' && event.metaKey && getSelection()?.isCollapsed !== false)
    press('.copyplate .btn');
  else return;
  if (event.key !== 'c') event.preventDefault();
});

const press = (selector: string) => document.querySelector<HTMLButtonElement>(selector)?.click();
