import type { Bridge, Envelope } from '../../main/ipc/contract.ts';
import type { RuleNotesView } from '../../main/ipc/rule-notes-view.ts';
import type { SettingsView } from '../../main/ipc/settings-view.ts';
import { button } from '../shared/button.ts';
import { confirmed } from '../shared/confirm.ts';
import { type Child, fill, h, keepFocus } from '../shared/dom.ts';
import { field } from '../shared/field.ts';
import { settled } from '../shared/follow.ts';
import { mainSaid } from '../shared/main-says.ts';
import { quoted } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';

/** Programs that never run, or never unasked: for all agents or for the one that is chosen. */
export function neverCard(
  voice: Voice,
  bridge: Bridge<'settings'>,
  chosenAgent: () => string | null,
): { readonly root: HTMLElement; update(view: SettingsView): void } {
  let notes: RuleNotesView | null = null;
  let drawn = '';
  const notice = h('div', { role: 'alert' });
  const list = h('div', { class: 'card' });
  const name = field(voice.text('neverName'));
  const effect = h(
    'select',
    { class: 'pop', 'aria-label': voice.text('neverEffect') },
    h('option', { value: 'deny' }, voice.text('neverRuns')),
    h('option', { value: 'prompt' }, voice.text('neverAsks')),
  );
  const told = (answer: Envelope<undefined>): boolean => {
    fill(notice, answer.ok ? null : mainSaid(answer, voice));
    return answer.ok;
  };
  const add = async () => {
    const typed = name.required(voice.text('neverNameMissing'));
    if (typed === null || notes === null) return;
    const wanted = effect.value === 'prompt' ? 'prompt' : 'deny';
    const entry = { name: typed, agent: chosenAgent(), effect: wanted } as const;
    if (told(await settled(bridge.setNever({ baseHash: notes.hash, ...entry })))) name.clear();
  };
  const remove = async ({ name: taken, agent, shown }: RuleNotesView['never'][number]) => {
    const sure = await confirmed(
      {
        title: voice.text('neverRemoveQuestion'),
        consequence: [quoted(shown, voice), ' ', voice.text('neverRemoveConsequence')],
        yes: voice.text('removeRule'),
        no: voice.text('cancel'),
      },
      voice,
    );
    if (!sure || notes === null) return;
    told(await settled(bridge.setNever({ baseHash: notes.hash, name: taken, agent, effect: null })));
  };
  const adding = h(
    'form',
    { class: 'card fields padded', novalidate: true },
    name.root,
    h(
      'div',
      { class: 'act' },
      effect,
      button({ class: 'btn' }, () => void add(), voice.text('addAgent')),
    ),
  );
  adding.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    if (!event.repeat) void add();
  });
  const row = (entry: RuleNotesView['never'][number], index: number): HTMLElement =>
    h(
      'div',
      { class: 'row' },
      h(
        'span',
        { class: 'grow' },
        voice.say<'neverFor', Child>('neverFor', {
          program: quoted(entry.shown, voice),
          agent: entry.agentShown === null ? voice.text('everyAgent') : quoted(entry.agentShown, voice),
        }),
      ),
      h('span', { class: 'muted' }, voice.text(entry.effect === 'deny' ? 'neverRuns' : 'neverAsks')),
      button(
        { class: 'btn', 'aria-label': voice.text('neverRemove', { number: index + 1 }) },
        () => void remove(entry),
        voice.text('removeRule'),
      ),
    );
  return {
    root: h(
      'section',
      {},
      h('h2', { class: 'st' }, voice.text('neverTitle')),
      h('p', { class: 'muted small' }, voice.text('neverWhy')),
      notice,
      list,
      adding,
    ),
    update({ ruleNotes }) {
      notes = ruleNotes;
      adding.hidden = !ruleNotes.editable;
      const next = JSON.stringify(ruleNotes.never);
      if (next === drawn) return;
      drawn = next;
      keepFocus(() =>
        fill(
          list,
          ruleNotes.never.length === 0
            ? h('p', { class: 'none' }, voice.text('neverEmpty'))
            : ruleNotes.never.map(row),
        ),
      );
    },
  };
}
