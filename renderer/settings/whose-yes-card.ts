import type { Bridge } from '../../main/ipc/contract.ts';
import type { SettingsView } from '../../main/ipc/settings-view.ts';
import { confirmed } from '../shared/confirm.ts';
import { fill, h, setText } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import { mainSaid } from '../shared/main-says.ts';
import type { Voice } from '../shared/voice.ts';

/** Where a yes counts. The stricter choice is one press; the other one asks first. */
export function whoseYesCard(
  voice: Voice,
  bridge: Bridge<'settings'>,
): { readonly root: HTMLElement; update(view: SettingsView): void } {
  let kept: SettingsView['authority']['counts'] = 'here';
  const select = h(
    'select',
    { class: 'pop', id: 'whose-yes', 'aria-describedby': 'whose-yes-why' },
    h('option', { value: 'here' }, voice.text('whoseYesHere')),
    h('option', { value: 'anywhere' }, voice.text('whoseYesAnywhere')),
  );
  const why = h('p', { class: 'small', id: 'whose-yes-why' });
  const fixed = h('p', { class: 'small' }, voice.text('whoseYesFixed'));
  const note = h('div', { class: 'small', role: 'status' });

  const choose = async (anywhere: boolean) => {
    note.replaceChildren();
    const sure =
      !anywhere ||
      (await confirmed(
        {
          title: voice.text('whoseYesQuestion'),
          consequence: voice.text('whoseYesConsequence'),
          yes: voice.text('whoseYesDo'),
          no: voice.text('cancel'),
        },
        voice,
      ));
    if (sure) {
      const answer = await settled(bridge.trustGatewayApprovals(anywhere));
      if (answer.ok) return;
      fill(note, mainSaid(answer, voice));
    }
    select.value = kept;
  };
  select.addEventListener('change', () => void choose(select.value === 'anywhere'));
  return {
    root: h(
      'div',
      { class: 'card' },
      h(
        'div',
        { class: 'row' },
        h(
          'div',
          { class: 'grow' },
          h('label', { for: 'whose-yes' }, voice.text('whoseYes')),
          why,
          fixed,
          note,
        ),
        select,
      ),
    ),
    update({ authority, connection }) {
      kept = authority.counts;
      select.value = kept;
      // It is said of one gateway, so there has to be one.
      select.disabled = authority.fixed || connection.gateway === null;
      fixed.hidden = !authority.fixed;
      why.classList.toggle('muted', kept === 'here');
      why.classList.toggle('off', kept !== 'here');
      setText(why, voice.text(kept === 'here' ? 'whoseYesHereWhy' : 'whoseYesAnywhereWhy'));
    },
  };
}
