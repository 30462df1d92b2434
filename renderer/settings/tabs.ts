import { button } from '../shared/button.ts';
import { h } from '../shared/dom.ts';
import { icon, type IconName } from '../shared/icons.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';

export interface Tab {
  readonly name: PlainKey;
  readonly sign: IconName;
  readonly panel: HTMLElement;
}

/** One panel at a time. The arrow keys move between the tabs, Tab into the panel. */
export function tabs(list: readonly Tab[], voice: Voice): HTMLElement[] {
  const presses = list.map(({ name, sign }, index) =>
    button(
      { role: 'tab', id: `tab-${name}`, 'aria-controls': `panel-${name}` },
      () => choose(index),
      icon(sign, 'large'),
      voice.text(name),
    ),
  );
  const panels = list.map(({ name, panel }) =>
    h(
      'div',
      { class: 'pad', role: 'tabpanel', id: `panel-${name}`, 'aria-labelledby': `tab-${name}`, tabindex: 0 },
      panel,
    ),
  );
  const choose = (chosen: number) => {
    presses.forEach((press, index) => {
      press.setAttribute('aria-selected', String(index === chosen));
      press.tabIndex = index === chosen ? 0 : -1;
    });
    panels.forEach((panel, index) => {
      panel.hidden = index !== chosen;
    });
  };
  const bar = h('div', { class: 'tabs', role: 'tablist', 'aria-label': voice.text('sections') }, presses);
  bar.addEventListener('keydown', ({ key }) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (by === undefined) return;
    const at = presses.findIndex((press) => press === document.activeElement);
    const next = (at + by + presses.length) % presses.length;
    choose(next);
    presses[next]?.focus();
  });
  choose(0);
  return [bar, ...panels];
}
