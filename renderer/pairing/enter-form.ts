import type { Bridge } from '../../main/ipc/contract.ts';
import type { PairingDraftView } from '../../main/ipc/gateways-view.ts';
import type { PairInput } from '../../main/ipc/pairing-view.ts';
import { button } from '../shared/button.ts';
import { type Child, fill, h } from '../shared/dom.ts';
import { type Field, field } from '../shared/field.ts';
import { settled } from '../shared/follow.ts';
import { icon } from '../shared/icons.ts';
import { mainSaid, mainSays } from '../shared/main-says.ts';
import type { Voice } from '../shared/voice.ts';
import { leadsTo } from './leads-to.ts';
import { nearbyList } from './nearby-list.ts';

/** Where a person says which gateway: by its setup code, or by address and token. */
export interface EnterForm {
  readonly root: HTMLElement;
  /** Where the focus belongs when the form comes into view. */
  focus(): void;
  submit(): void;
  update(draft: PairingDraftView): void;
}

export function enterForm(voice: Voice, bridge: Bridge<'pairing'>): EnterForm {
  const code = field(voice.text('setupCode'), { rows: 3 });
  const address = field(voice.text('address'), { placeholder: 'wss://studio.example:18789' });
  const token = field(voice.text('token'), { type: 'password' });
  const fingerprint = field(voice.text('fingerprint'), { note: voice.text('fingerprintWhy') });

  const pin = h('input', { type: 'checkbox', id: 'pin', 'aria-describedby': 'pin-why' });
  const nearby = nearbyList(voice, bridge, (found) => {
    address.fill(found);
    token.focus();
  });
  const leads = h('div', { role: 'status' });
  const link = h('div', { class: 'wide' });
  code.onInput(() => {
    const typed = code.value;
    leads.replaceChildren();
    // A join link has to be asked for at its gateway first, which takes the person's press.
    if (typed === '' || /^https?:/i.test(typed)) return;
    void settled(bridge.peek(typed)).then((answer) => {
      if (answer.ok && code.value === typed) fill(leads, leadsTo(answer.value, voice));
    });
  });

  const sample = h('bdi', { class: 'q', dir: 'ltr', translate: 'no' }, 'openclaw qr --setup-code-only');
  const byCode = h(
    'div',
    { class: 'fields' },
    h('p', { class: 'muted' }, voice.say('enterCodeWhy', { command: sample })),
    code.root,
    leads,
    h('p', { class: 'muted small' }, voice.text('codeNotKept')),
  );
  const byAddress = h(
    'div',
    { class: 'fields' },
    h('p', { class: 'muted' }, voice.text('enterAddressWhy')),
    nearby.root,
    address.root,
    token.root,
    fingerprint.root,
    h('p', { class: 'muted small' }, voice.text('tokenKept')),
  );
  const failure = h('div', { role: 'alert' });

  let way: PairInput['by'] = 'setup-code';
  const ways = (['setup-code', 'address'] as const).map((by) =>
    button({}, () => choose(by), voice.text(by === 'setup-code' ? 'bySetupCode' : 'byAddress')),
  );
  const choose = (by: PairInput['by']) => {
    way = by;
    byCode.hidden = by !== 'setup-code';
    byAddress.hidden = by !== 'address';
    ways.forEach((press, index) =>
      press.setAttribute('aria-pressed', String((index === 0) === (by === 'setup-code'))),
    );
    failure.replaceChildren();
  };
  choose(way);

  const ask = (call: ReturnType<Bridge<'pairing'>['pair']>) => {
    failure.replaceChildren();
    void settled(call).then((answer) => {
      leads.replaceChildren();
      // Both are secrets, and a setup code is worth nothing a second time.
      code.clear();
      token.clear();
      if (answer.ok) return;
      failure.replaceChildren(
        h('div', { class: 'notice high' }, icon('high', 'high'), mainSaid(answer, voice)),
      );
    });
  };
  const byHand = h(
    'div',
    { class: 'enter' },
    h('div', { class: 'segmented', role: 'group', 'aria-label': voice.text('howToEnter') }, ways),
    byCode,
    byAddress,
  );
  const remember = h(
    'div',
    { class: 'labelled' },
    h('label', { for: 'pin', class: 'check' }, pin, voice.text('pinWhenTrusted')),
    h('p', { class: 'note-below', id: 'pin-why' }, voice.text('pinWhenTrustedWhy')),
  );
  let linked: string | null = null;
  let drawn = '';
  return {
    root: h('form', { class: 'enter', novalidate: true }, link, byHand, remember, failure),
    focus: () => {
      if (linked === null) (way === 'setup-code' ? code : address).focus();
    },
    update(draft) {
      nearby.update(draft.nearby);
      const next = JSON.stringify([draft.link, draft.problem]);
      if (next === drawn) return;
      drawn = next;
      linked = draft.link?.id ?? null;
      byHand.hidden = linked !== null;
      fill(
        link,
        linkCard(draft, voice, () => void settled(bridge.dropLink())),
      );
    },
    submit() {
      const pinWhenTrusted = pin.checked;
      if (linked !== null) {
        ask(bridge.pairLink({ link: linked, pinWhenTrusted }));
        return;
      }
      if (way === 'setup-code') {
        const setupCode = code.required(voice.text('setupCodeMissing'));
        if (setupCode !== null) ask(bridge.pair({ by: way, setupCode, pinWhenTrusted }));
        return;
      }
      const typed = {
        address: address.required(voice.text('addressMissing')),
        token: token.required(voice.text('tokenMissing')),
      };
      firstInvalid(address, token)?.focus();
      if (typed.address === null || typed.token === null) return;
      const typedPin = fingerprint.value || null;
      ask(
        bridge.pair({
          by: way,
          address: typed.address,
          token: typed.token,
          fingerprint: typedPin,
          pinWhenTrusted,
        }),
      );
    },
  };
}

/** A link that was opened elsewhere, with the address that it leads to; or why it cannot be used. */
function linkCard({ link, problem }: PairingDraftView, voice: Voice, drop: () => void): Child {
  if (problem !== null) {
    return h(
      'div',
      { class: 'notice caution', role: 'alert' },
      icon('caution', 'caution'),
      h('div', {}, h('b', {}, voice.text('linkBad')), mainSays(problem, voice)),
    );
  }
  if (link === null) return null;
  return h(
    'section',
    { class: 'notice' },
    icon('link', 'note'),
    h(
      'div',
      { class: 'fields' },
      h('b', {}, voice.text('linkTitle')),
      leadsTo(link, voice),
      h('p', {}, voice.text('linkWhy')),
      button({ class: 'btn', id: 'drop-link' }, drop, voice.text('linkDrop')),
    ),
  );
}

const firstInvalid = (...fields: Field[]) => fields.find((one) => one.invalid);
