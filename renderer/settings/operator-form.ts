import type { Argument } from '../../main/ipc/contract.ts';
import { button } from '../shared/button.ts';
import { h } from '../shared/dom.ts';
import { field } from '../shared/field.ts';
import type { Voice } from '../shared/voice.ts';

type Shown = Argument<'settings', 'enableOperator'>;

/** What the first connection as an operator shows: a fresh setup code, or the gateway's token. Emptied once it was sent. */
export function operatorForm(
  voice: Voice,
  send: (shown: Shown) => void,
): { readonly root: HTMLElement; open(): void } {
  const sample = h('bdi', { class: 'q', dir: 'ltr', translate: 'no' }, 'openclaw qr --setup-code-only');
  const code = field(voice.text('setupCode'), { type: 'password' });
  const token = field(voice.text('token'), { type: 'password' });
  const byCode = h(
    'div',
    { class: 'fields' },
    h('p', { class: 'muted small' }, voice.say('operatorCodeWhy', { command: sample })),
    code.root,
  );
  const byToken = h(
    'div',
    { class: 'fields' },
    h('p', { class: 'muted small' }, voice.text('operatorTokenWhy')),
    token.root,
  );
  let way: Shown['by'] = 'setup-code';
  const ways = (['setup-code', 'token'] as const).map((by) =>
    button(
      { id: `operator-${by}` },
      () => choose(by),
      voice.text(by === 'setup-code' ? 'bySetupCode' : 'token'),
    ),
  );
  const choose = (by: Shown['by']) => {
    way = by;
    byCode.hidden = by !== 'setup-code';
    byToken.hidden = by !== 'token';
    ways.forEach((press, index) =>
      press.setAttribute('aria-pressed', String((index === 0) === (by === 'setup-code'))),
    );
  };
  choose(way);

  const submit = () => {
    const typed =
      way === 'setup-code'
        ? code.required(voice.text('setupCodeMissing'))
        : token.required(voice.text('tokenMissing'));
    if (typed === null) return;
    send(way === 'setup-code' ? { by: way, setupCode: typed } : { by: way, token: typed });
    code.clear();
    token.clear();
    root.hidden = true;
  };
  const root = h(
    'form',
    { class: 'card fields padded', novalidate: true, hidden: true },
    h('div', { class: 'segmented', role: 'group', 'aria-label': voice.text('howToEnter') }, ways),
    byCode,
    byToken,
    h('button', { type: 'submit', class: 'btn', id: 'operator-on-now' }, voice.text('operatorOnDo')),
  );
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  return {
    root,
    open() {
      root.hidden = false;
      (way === 'setup-code' ? code : token).focus();
    },
  };
}
