import { h, setText } from './dom.ts';

/** Says something to VoiceOver, once, without moving the focus. */
export function announcer(): { readonly root: HTMLElement; say(text: string): void } {
  const root = h('p', { class: 'vh', role: 'status', 'aria-live': 'polite' });
  return { root, say: (text) => setText(root, text) };
}
