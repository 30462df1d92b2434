import { button } from '../shared/button.ts';
import { h } from '../shared/dom.ts';
import { icon } from '../shared/icons.ts';
import type { Voice } from '../shared/voice.ts';

/** Counts what of the command is out of sight below; a press brings the next page of it. */
export function belowBar(
  partCount: number,
  voice: Voice,
  press: () => void,
): { readonly root: HTMLElement; show(below: number): void } {
  const words = h('span');
  const root = button({ class: 'below' }, press, icon('down', 'small'), words);
  return {
    root,
    show(below) {
      root.hidden = below === 0;
      words.textContent =
        partCount === 1
          ? voice.text('restBelow')
          : below === 1
            ? voice.text('partsBelowOne')
            : voice.text('partsBelowMany', { count: below });
    },
  };
}
