import type { Bridge } from '../../main/ipc/contract.ts';
import type { SettingsView } from '../../main/ipc/settings-view.ts';
import { fill, h } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import { mainSaid } from '../shared/main-says.ts';
import type { Voice } from '../shared/voice.ts';
import { runsCard } from './runs-card.ts';
import { stopCard } from './stop-card.ts';
import { touchIdCard } from './touch-id-card.ts';

export function generalPanel(
  voice: Voice,
  bridge: Bridge<'settings'>,
): { readonly root: HTMLElement; update(view: SettingsView): void } {
  let kept: boolean | null = null;
  const login = h('input', { type: 'checkbox', id: 'login', class: 'check' });
  const note = h('p', { class: 'muted small', role: 'status' });
  const version = h('span', { class: 'num' });
  login.addEventListener('change', () => {
    void settled(bridge.setOpenAtLogin(login.checked)).then((answer) => {
      if (answer.ok) return;
      login.checked = kept ?? false;
      fill(note, mainSaid(answer, voice));
    });
  });
  const touch = touchIdCard(voice, bridge);
  const stop = stopCard(voice, bridge);
  const runs = runsCard(voice, bridge);
  const root = h(
    'div',
    { class: 'panel' },
    h(
      'div',
      { class: 'card' },
      h(
        'div',
        { class: 'row' },
        h('div', { class: 'grow' }, h('label', { for: 'login' }, voice.text('openAtLogin')), note),
        login,
      ),
      h(
        'div',
        { class: 'row' },
        h('span', { class: 'grow' }, voice.text('textSize')),
        h('span', { class: 'muted' }, voice.text('textSizeWhy')),
      ),
      h('div', { class: 'row' }, h('span', { class: 'grow' }, voice.text('version')), version),
    ),
    touch.root,
    stop.root,
    runs.root,
  );
  return {
    root,
    update(view) {
      const { openAtLogin, version: number } = view;
      touch.update(view);
      stop.update(view);
      runs.update(view);
      kept = openAtLogin;
      login.disabled = openAtLogin === null;
      login.checked = openAtLogin ?? false;
      version.textContent = number;
      if (openAtLogin === null) note.textContent = voice.text('openAtLoginNone');
    },
  };
}
