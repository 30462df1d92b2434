import type { ModesView } from '../../main/ipc/settings-view.ts';
import { h } from '../shared/dom.ts';
import type { Voice } from '../shared/voice.ts';
import { inShort, type Mode, type Modes, PHRASES } from './modes.ts';

interface Rules {
  readonly modes: ModesView;
  readonly effective: Modes;
  /** What counts where this agent sets nothing; null: this is where it is set for all. */
  readonly inherited: Modes | null;
  readonly editable: boolean;
}

/** Three choices as full phrases, what they mean together, and the stored keywords small below. */
export function modesCard(
  { modes, effective, inherited, editable }: Rules,
  voice: Voice,
  edit: (next: ModesView) => void,
): HTMLElement {
  const row = (mode: Mode) => {
    const { label, choices } = PHRASES[mode];
    const phrase = (keyword: string) => voice.text(choices.find(([one]) => one === keyword)?.[1] ?? label);
    const above = inherited === null ? null : phrase(inherited[mode]);
    const options = [
      ...(above === null ? [] : [h('option', { value: '' }, voice.text('asAllAgents', { value: above }))]),
      ...choices.map(([keyword]) => h('option', { value: keyword }, phrase(keyword))),
    ];
    const id = `mode-${mode}`;
    const select = h('select', { class: 'pop', id, disabled: !editable }, options);
    select.value = inherited === null ? effective[mode] : (modes[mode] ?? '');
    select.addEventListener('change', () => {
      const chosen = choices.find(([keyword]) => keyword === select.value)?.[0] ?? null;
      edit({ ...modes, [mode]: chosen });
    });
    return h('div', { class: 'row' }, h('label', { class: 'grow', for: id }, voice.text(label)), select);
  };
  return h(
    'div',
    { class: 'card' },
    row('security'),
    row('ask'),
    row('askFallback'),
    h(
      'div',
      { class: 'say' },
      h(
        'p',
        {},
        h('b', {}, voice.text('inShort')),
        inShort(effective).map((key) => ` ${voice.text(key)}`),
      ),
      h(
        'p',
        { class: 'raw' },
        `security: ${effective.security} · ask: ${effective.ask} · askFallback: ${effective.askFallback}`,
      ),
    ),
  );
}
