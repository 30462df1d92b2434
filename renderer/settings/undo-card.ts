import type { Bridge } from '../../main/ipc/contract.ts';
import type { SettingsView } from '../../main/ipc/settings-view.ts';
import { button } from '../shared/button.ts';
import { type Child, fill, h, keepFocus } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import { moment } from '../shared/format.ts';
import { mainSaid } from '../shared/main-says.ts';
import { quoted } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';
import { changeLine } from './change-line.ts';

/** What a gateway made stricter, each with one press to undo it. Hidden while there is nothing. */
export function undoCard(
  voice: Voice,
  bridge: Bridge<'settings'>,
): { readonly root: HTMLElement; update(view: SettingsView): void } {
  const notice = h('div', { role: 'alert' });
  const list = h('div', { class: 'card' });
  const root = h(
    'section',
    { hidden: true },
    h('h2', { class: 'st' }, voice.text('undoTitle'), h('span', { class: 'muted' }, voice.text('undoWhy'))),
    notice,
    list,
  );
  let drawn = '';
  const undo = async (id: string) => {
    notice.replaceChildren();
    const answer = await settled(bridge.undoEdit({ id }));
    if (!answer.ok) fill(notice, mainSaid(answer, voice));
  };
  return {
    root,
    update({ edits: { undoable } }) {
      const next = JSON.stringify(undoable);
      if (next === drawn) return;
      drawn = next;
      root.hidden = undoable.length === 0;
      keepFocus(() =>
        fill(
          list,
          undoable.map(({ id, atMs, gateway, changes }, index) =>
            h(
              'div',
              { class: 'row' },
              h(
                'div',
                { class: 'grow' },
                changes.map((change) => h('p', {}, changeLine(change, voice))),
                h(
                  'p',
                  { class: 'muted small' },
                  voice.say<'undoBy', Child>('undoBy', {
                    gateway: quoted(gateway, voice),
                    time: moment(atMs, Date.now(), voice.locale),
                  }),
                ),
              ),
              button(
                { class: 'btn', 'aria-label': voice.text('undoNumber', { number: index + 1 }) },
                () => void undo(id),
                voice.text('undo'),
              ),
            ),
          ),
        ),
      );
    },
  };
}
