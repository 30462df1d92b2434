import { type Attributes, type Child, h, setText } from './dom.ts';
import { icon, type IconName } from './icons.ts';
import type { Voice } from './voice.ts';

export function button(attributes: Attributes, press: () => void, ...children: Child[]): HTMLButtonElement {
  const element = h('button', { type: 'button', ...attributes }, ...children);
  element.addEventListener('click', press);
  return element;
}

/** Key caps are for eyes; VoiceOver reads `aria-keyshortcuts`. */
export const keys = (...caps: string[]): HTMLElement =>
  h(
    'span',
    { class: 'keys', 'aria-hidden': 'true' },
    caps.map((cap) => h('kbd', {}, cap)),
  );

/** Says "Copied" for two seconds after it did. */
export function copyButton(
  voice: Voice,
  { copy, classes, shortcut }: { copy: () => Promise<boolean>; classes: string; shortcut: boolean },
): HTMLButtonElement {
  const label = h('span', { role: 'status' }, voice.text('copy'));
  const sign = h('span', {}, icon('copy'));
  let back: ReturnType<typeof setTimeout> | undefined;
  const show = (text: string, name: IconName) => {
    setText(label, text);
    sign.replaceChildren(icon(name));
  };
  const press = async () => {
    const done = await copy();
    clearTimeout(back);
    show(voice.text(done ? 'copied' : 'notCopied'), done ? 'check' : 'caution');
    back = setTimeout(() => show(voice.text('copy'), 'copy'), 2000);
  };
  return button(
    { class: `btn ${classes}`, 'aria-keyshortcuts': shortcut ? 'Meta+C' : null },
    () => void press(),
    sign,
    label,
    shortcut ? keys('⌘C') : null,
  );
}
