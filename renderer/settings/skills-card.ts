import type { Bridge } from '../../main/ipc/contract.ts';
import type { SettingsView } from '../../main/ipc/settings-view.ts';
import { fill, h, keepFocus } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import { mainSaid } from '../shared/main-says.ts';
import { quoted } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';

type Skill = SettingsView['skills']['list'][number];

/** Whether commands of skills may run unasked; where they may, each with the program that it is now. */
export function skillsCard(
  voice: Voice,
  bridge: Bridge<'settings'>,
): { readonly root: HTMLElement; update(view: SettingsView): void } {
  const problem = h('div', { role: 'alert' });
  const list = h('div', { class: 'card' });
  const wanted = h('input', { type: 'checkbox', id: 'skills-wanted' });
  let baseHash = '';
  wanted.addEventListener('change', () => {
    void settled(bridge.wantSkills({ baseHash, wanted: wanted.checked })).then((answer) => {
      fill(problem, answer.ok ? null : mainSaid(answer, voice));
      if (!answer.ok) wanted.checked = !wanted.checked;
    });
  });
  const why = h('p', { class: 'muted small' }, voice.text('skillsWhy'));
  const root = h(
    'section',
    {},
    h('h2', { class: 'st' }, voice.text('skillsTitle')),
    h(
      'div',
      { class: 'card' },
      h(
        'div',
        { class: 'row' },
        wanted,
        h('label', { for: 'skills-wanted', class: 'grow' }, voice.text('skillsWanted')),
      ),
    ),
    why,
    list,
    problem,
  );
  let drawn = '';

  const row = ({ name, path, shownName, shownPath, standing }: Skill, index: number) => {
    const id = `skill-${index}`;
    const box = h('input', {
      type: 'checkbox',
      id,
      checked: standing === 'ticked',
      disabled: standing === 'never',
      'aria-describedby': `${id}-where`,
    });
    box.addEventListener('change', () => {
      const ticked = box.checked;
      void settled(bridge.tickSkill({ name, path, ticked })).then((answer) => {
        fill(problem, answer.ok ? null : mainSaid(answer, voice));
        // What counts is what main keeps, not what was pressed.
        if (!answer.ok) box.checked = !ticked;
      });
    });
    return h(
      'div',
      { class: 'row' },
      box,
      h(
        'div',
        { class: 'grow' },
        h('label', { for: id }, quoted(shownName, voice)),
        h('p', { class: 'muted small', id: `${id}-where` }, quoted(shownPath, voice)),
        standing === 'never' ? h('p', { class: 'muted small' }, voice.text('skillNever')) : null,
      ),
    );
  };
  return {
    root,
    update({ skills, policy }) {
      baseHash = policy.hash;
      const next = JSON.stringify([skills, policy.degraded]);
      if (next === drawn) return;
      drawn = next;
      wanted.checked = skills.wanted;
      wanted.disabled = policy.degraded;
      why.hidden = list.hidden = !skills.wanted;
      keepFocus(() =>
        fill(list, skills.list.length === 0 ? h('p', {}, voice.text('skillsNone')) : skills.list.map(row)),
      );
    },
  };
}
