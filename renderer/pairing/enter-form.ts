import type { Bridge } from '../../main/ipc/contract.ts';
import type { PairInput } from '../../main/ipc/pairing-view.ts';
import { button } from '../shared/button.ts';
import { h } from '../shared/dom.ts';
import { type Field, field } from '../shared/field.ts';
import { settled } from '../shared/follow.ts';
import { icon } from '../shared/icons.ts';
import { mainSaid } from '../shared/main-says.ts';
import type { Voice } from '../shared/voice.ts';

/** Where a person says which gateway: by its setup code, or by address and token. */
export interface EnterForm {
  readonly root: HTMLElement;
  /** Where the focus belongs when the form comes into view. */
  focus(): void;
  submit(): void;
}

export function enterForm(voice: Voice, bridge: Bridge<'pairing'>): EnterForm {
  const code = field(voice.text('setupCode'), { rows: 3 });
  const address = field(voice.text('address'), { placeholder: 'wss://studio.example:18789' });
  const token = field(voice.text('token'), { type: 'password' });
  const fingerprint = field(voice.text('fingerprint'), { note: voice.text('fingerprintWhy') });

  const sample = h('bdi', { class: 'q', dir: 'ltr', translate: 'no' }, 'openclaw qr --setup-code-only');
  const byCode = h(
    'div',
    { class: 'fields' },
    h('p', { class: 'muted' }, voice.say('enterCodeWhy', { command: sample })),
    code.root,
    h('p', { class: 'muted small' }, voice.text('codeNotKept')),
  );
  const byAddress = h(
    'div',
    { class: 'fields' },
    h('p', { class: 'muted' }, voice.text('enterAddressWhy')),
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

  const ask = (input: PairInput) => {
    failure.replaceChildren();
    void settled(bridge.pair(input)).then((answer) => {
      // Both are secrets, and a setup code is worth nothing a second time.
      code.clear();
      token.clear();
      if (answer.ok) return;
      failure.replaceChildren(
        h('div', { class: 'notice high' }, icon('high', 'high'), mainSaid(answer, voice)),
      );
    });
  };
  return {
    root: h(
      'form',
      { class: 'enter', novalidate: true },
      h('div', { class: 'segmented', role: 'group', 'aria-label': voice.text('howToEnter') }, ways),
      byCode,
      byAddress,
      failure,
    ),
    focus: () => (way === 'setup-code' ? code : address).focus(),
    submit() {
      if (way === 'setup-code') {
        const setupCode = code.required(voice.text('setupCodeMissing'));
        if (setupCode !== null) ask({ by: way, setupCode });
        return;
      }
      const typed = {
        address: address.required(voice.text('addressMissing')),
        token: token.required(voice.text('tokenMissing')),
      };
      firstInvalid(address, token)?.focus();
      if (typed.address === null || typed.token === null) return;
      ask({ by: way, address: typed.address, token: typed.token, fingerprint: fingerprint.value || null });
    },
  };
}

const firstInvalid = (...fields: Field[]) => fields.find((one) => one.invalid);
