import type { Bridge } from '../../main/ipc/contract.ts';
import type { SettingsView } from '../../main/ipc/settings-view.ts';
import type { TouchIdLevel } from '../../main/state/touch-id-level.ts';
import { fill, h } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import { mainSaid } from '../shared/main-says.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';

const LEVELS: readonly (readonly [level: TouchIdLevel, words: PlainKey])[] = [
  ['never', 'touchIdNever'],
  ['high', 'touchIdHigh'],
  ['always', 'touchIdAlways'],
];

/** When allowing asks for Touch ID. Not there on a Mac that has none. */
export function touchIdCard(
  voice: Voice,
  bridge: Bridge<'settings'>,
): { readonly root: HTMLElement; update(view: SettingsView): void } {
  let kept: TouchIdLevel = 'high';
  const select = h(
    'select',
    { class: 'pop', id: 'touch-id', 'aria-describedby': 'touch-id-why' },
    LEVELS.map(([level, words]) => h('option', { value: level }, voice.text(words))),
  );
  const note = h('div', { class: 'small', role: 'status' });
  select.addEventListener('change', () => {
    const level = LEVELS.find(([one]) => one === select.value)?.[0] ?? kept;
    note.replaceChildren();
    void settled(bridge.setTouchId(level)).then((answer) => {
      if (answer.ok) return;
      select.value = kept;
      fill(note, mainSaid(answer, voice));
    });
  });
  const root = h(
    'div',
    { class: 'card' },
    h(
      'div',
      { class: 'row' },
      h(
        'div',
        { class: 'grow' },
        h('label', { for: 'touch-id' }, voice.text('touchId')),
        h('p', { class: 'muted small', id: 'touch-id-why' }, voice.text('touchIdWhy')),
        note,
      ),
      select,
    ),
  );
  return {
    root,
    update({ touchId }) {
      root.hidden = touchId === null;
      if (touchId === null) return;
      kept = touchId;
      select.value = touchId;
    },
  };
}
