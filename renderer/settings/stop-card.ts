import type { Bridge, Envelope } from '../../main/ipc/contract.ts';
import type { SettingsView } from '../../main/ipc/settings-view.ts';
import type { StopChoices } from '../../main/ipc/stop-view.ts';
import { button } from '../shared/button.ts';
import { fill, h } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import { mainSaid } from '../shared/main-says.ts';
import type { Voice } from '../shared/voice.ts';

const NONE = 'none';

/** How a pause behaves, and the way to the incident window. */
export function stopCard(
  voice: Voice,
  bridge: Bridge<'settings'>,
): { readonly root: HTMLElement; update(view: SettingsView): void } {
  let kept: StopChoices = { runsOnPause: 'keep', pauseWhileLocked: false, pauseShortcut: null };
  const note = h('div', { class: 'small padded', role: 'status', hidden: true });
  const runs = h(
    'select',
    { class: 'pop', id: 'runs-on-pause' },
    h('option', { value: 'keep' }, voice.text('runsKeep')),
    h('option', { value: 'end' }, voice.text('runsEnd')),
  );
  const locked = h('input', {
    type: 'checkbox',
    id: 'pause-locked',
    class: 'check',
    'aria-describedby': 'pause-locked-why',
  });
  const shortcut = h('select', {
    class: 'pop',
    id: 'pause-shortcut',
    'aria-describedby': 'pause-shortcut-why',
  });
  const fails = h('p', { class: 'small', role: 'status', hidden: true }, voice.text('pauseShortcutFails'));
  const show = () => {
    runs.value = kept.runsOnPause;
    locked.checked = kept.pauseWhileLocked;
    shortcut.value = kept.pauseShortcut ?? NONE;
  };
  const said = (answer: Envelope<undefined>) => {
    note.hidden = answer.ok;
    note.replaceChildren();
    if (answer.ok) return;
    show();
    fill(note, mainSaid(answer, voice));
  };
  const choose = () => {
    const choices: StopChoices = {
      runsOnPause: runs.value === 'end' ? 'end' : 'keep',
      pauseWhileLocked: locked.checked,
      pauseShortcut: shortcut.value === NONE ? null : shortcut.value,
    };
    void settled(bridge.setStop(choices)).then(said);
  };
  for (const control of [runs, locked, shortcut]) control.addEventListener('change', choose);
  const row = (id: string, label: string, control: HTMLElement, ...below: HTMLElement[]) =>
    h('div', { class: 'row' }, h('div', { class: 'grow' }, h('label', { for: id }, label), below), control);
  const why = (id: string, text: string) => h('p', { class: 'muted small', id }, text);
  const root = h(
    'div',
    { class: 'card' },
    row('runs-on-pause', voice.text('runsOnPause'), runs),
    row(
      'pause-locked',
      voice.text('pauseWhileLocked'),
      locked,
      why('pause-locked-why', voice.text('pauseWhileLockedWhy')),
    ),
    row(
      'pause-shortcut',
      voice.text('pauseShortcut'),
      shortcut,
      why('pause-shortcut-why', voice.text('pauseShortcutWhy')),
      fails,
    ),
    h(
      'div',
      { class: 'row' },
      h(
        'div',
        { class: 'grow' },
        h('b', {}, voice.text('incidentOpenTitle')),
        h('p', { class: 'muted small' }, voice.text('incidentOpenWhy')),
      ),
      button(
        { class: 'btn', id: 'open-incident' },
        () => void settled(bridge.openIncident()).then(said),
        voice.text('incidentOpen'),
      ),
    ),
    note,
  );
  return {
    root,
    update({ stop: { shortcuts, shortcutWorks, runsOnPause, pauseWhileLocked, pauseShortcut } }) {
      kept = { runsOnPause, pauseWhileLocked, pauseShortcut };
      fill(
        shortcut,
        shortcuts.map((one) => h('option', { value: one }, drawn(one))),
        h('option', { value: NONE }, voice.text('shortcutNone')),
      );
      fails.hidden = shortcutWorks;
      show();
    },
  };
}

const SIGNS: Readonly<Record<string, string>> = {
  Control: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Command: '⌘',
  Escape: '⎋',
};

/** As macOS draws it in menus. */
const drawn = (accelerator: string): string =>
  accelerator
    .split('+')
    .map((key) => SIGNS[key] ?? key)
    .join('');
