import { keys } from '../shared/button.ts';
import { h, setText } from '../shared/dom.ts';
import { armingRing, icon } from '../shared/icons.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';
import type { Gate } from './allow-gate.ts';

export interface AllowButton {
  readonly root: HTMLButtonElement;
  /** What a press on it means. */
  name(label: PlainKey): void;
  show(gate: Gate): void;
}

/**
 * The button that says yes. A press that began before the gate was open, with the pointer or the space bar, was not
 * meant for this and says nothing; whether the gate is open when it ends, the one who hears of it knows.
 */
export function allowButton(voice: Voice, press: () => void): AllowButton {
  let label = voice.text('allowOnce');
  let open = false;
  let begunTooEarly = false;
  const words = h('span');
  const ring = armingRing();
  const slot = h('span', { class: 'slot' });
  const hint = h('span', { class: 'vh', id: 'allow-hint' });
  const root = h(
    'button',
    { type: 'button', class: 'btn lg allow', 'aria-keyshortcuts': 'Meta+Enter', 'aria-describedby': hint.id },
    words,
    slot,
    hint,
  );
  root.addEventListener('pointerdown', () => {
    begunTooEarly = !open;
  });
  root.addEventListener('keydown', (event) => {
    if (event.key === ' ') begunTooEarly = event.repeat ? begunTooEarly : !open;
  });
  root.addEventListener('click', (event) => {
    const counts = !begunTooEarly && event.isTrusted;
    begunTooEarly = false;
    if (counts) press();
  });

  let shown: Gate['state'] | null = null;
  let lastLeftMs = 0;
  const draw = (gate: Gate) => {
    root.setAttribute('aria-disabled', String(!open));
    root.classList.toggle('sent', gate.state === 'sent');
    setText(words, gate.state === 'proving' ? voice.text('touch') : label);
    if (gate.state === 'proving') slot.replaceChildren(icon('finger'));
    else if (gate.state === 'open' || gate.state === 'sent') slot.replaceChildren(keys('⌘', '↩'));
    else if (gate.state === 'arming') {
      // Begins where the rest of the delay stands, and runs by itself from there.
      ring.svg.style.setProperty('--arm', `${gate.delayMs}ms`);
      ring.svg.style.setProperty('--arm-from', `${gate.leftMs - gate.delayMs}ms`);
      slot.replaceChildren(ring.svg);
    } else slot.replaceChildren();
  };

  return {
    root,
    name(key) {
      label = voice.text(key);
      if (shown !== 'proving') setText(words, label);
    },
    show(gate) {
      open = gate.state === 'open';
      const leftMs = gate.state === 'arming' ? gate.leftMs : 0;
      if (gate.state !== shown || leftMs > lastLeftMs) draw(gate);
      shown = gate.state;
      lastLeftMs = leftMs;
      if (gate.state === 'arming') setText(ring.figure, String(Math.ceil(gate.leftMs / 1000)));
      setText(
        hint,
        gate.state === 'arming' ? voice.text('availableIn', { count: Math.ceil(gate.leftMs / 1000) }) : '',
      );
    },
  };
}
