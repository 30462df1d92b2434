import { button, keys } from '../shared/button.ts';
import { type Child, h, setText } from '../shared/dom.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';
import type { AllowButton } from './allow-button.ts';

export interface Footer {
  readonly root: HTMLElement;
  readonly deny: HTMLButtonElement;
  /** Why Allow waits, or what became of a press on it. */
  hint(text: string): void;
  /** Stands in the place of the hint while there is none; null: nothing. */
  offer(child: HTMLElement | null): void;
  /** Shows the first button on the left that belongs to what is shown: More, or Back. */
  left(child: Child): void;
}

/** Hint, Allow, Deny at the far right: a hand that aims for the usual place of "OK" finds Deny. */
export function footer(voice: Voice, allow: AllowButton | null, denied: () => void): Footer {
  const place = h('div', { class: 'left' });
  const hint = h('span', { class: 'hint grow', role: 'status' });
  const deny = button(
    { class: 'btn lg default', 'aria-keyshortcuts': 'Escape Enter' },
    denied,
    voice.text('deny' satisfies PlainKey),
    keys('esc'),
  );
  const slot = h('div', { class: 'offer' });
  return {
    root: h('footer', { class: 'foot' }, place, slot, hint, allow?.root ?? null, deny),
    deny,
    hint: (text) => {
      setText(hint, text);
      slot.hidden = text !== '' || slot.childElementCount === 0;
    },
    offer: (child) => {
      if (child === null) slot.replaceChildren();
      else if (child.parentElement !== slot) slot.replaceChildren(child);
      slot.hidden = hint.textContent !== '' || child === null;
    },
    left: (child) => place.replaceChildren(...(child instanceof Node ? [child] : [])),
  };
}
