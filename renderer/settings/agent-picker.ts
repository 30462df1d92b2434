import type { AgentPolicyView } from '../../main/ipc/settings-view.ts';
import { button } from '../shared/button.ts';
import { plainOf } from '../shared/display-runs.ts';
import { fill, h, setText } from '../shared/dom.ts';
import { field } from '../shared/field.ts';
import type { Voice } from '../shared/voice.ts';

export interface AgentPicker {
  readonly root: HTMLElement;
  /** Null: all agents. */
  readonly chosen: string | null;
  offer(agents: readonly AgentPolicyView[]): void;
}

const ANOTHER = 'another';

/** Chooses whose rules are shown. An agent that has none yet is named by hand. */
export function agentPicker(voice: Voice, changed: () => void): AgentPicker {
  let known: readonly { readonly id: string; readonly shown: string }[] = [];
  let named: string | null = null;
  let chosen: string | null = null;
  const select = h('select', { class: 'pop', id: 'agent' });
  const note = h('span', { class: 'muted' });
  const name = field(voice.text('agentName'));
  const add = () => {
    named = name.required(voice.text('agentNameMissing'));
    if (named === null) return;
    choose(named);
    select.focus();
  };
  const naming = h(
    'div',
    { class: 'naming' },
    name.root,
    button({ class: 'btn' }, add, voice.text('addAgent')),
  );
  naming.hidden = true;
  name.root.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.isComposing) add();
  });

  // A menu of the system has no plate: the value carries a mark of ours, so that no agent's name can be one of them.
  const draw = () => {
    const extra =
      named !== null && !known.some(({ id }) => id === named) ? [{ id: named, shown: named }] : [];
    fill(
      select,
      h('option', { value: '' }, voice.text('allAgents')),
      [...known, ...extra].map(({ id, shown }) => h('option', { value: `agent:${id}` }, `“${shown}”`)),
      h('option', { value: ANOTHER }, voice.text('anotherAgent')),
    );
    select.value = chosen === null ? '' : `agent:${chosen}`;
    setText(note, voice.text(chosen === null ? 'forEverybody' : 'ownRules'));
  };
  const choose = (id: string | null) => {
    chosen = id;
    naming.hidden = true;
    draw();
    changed();
  };
  select.addEventListener('change', () => {
    if (select.value === ANOTHER) {
      naming.hidden = false;
      name.focus();
    } else choose(select.value === '' ? null : select.value.slice('agent:'.length));
  });
  draw();
  return {
    root: h(
      'div',
      { class: 'picker' },
      h('label', { for: 'agent' }, voice.text('rulesFor')),
      select,
      note,
      naming,
    ),
    get chosen() {
      return chosen;
    },
    offer(agents) {
      known = agents.map((agent) => ({ id: agent.id, shown: plainOf(agent.name) }));
      draw();
    },
  };
}
