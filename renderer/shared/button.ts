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
  {
    copy,
    classes,
    shortcut,
    describedBy = null,
  }: {
    copy: () => Promise<boolean>;
    classes: string;
    shortcut: boolean;
    /** The id of what is copied, where several can be. */
    describedBy?: string | null;
  },
): HTMLButtonElement {
  // Not a status of its own: the button would have no name.
  const label = h('span', { 'aria-live': 'polite' }, voice.text('copy'));
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
    {
      class: `btn ${classes}`,
      'aria-keyshortcuts': shortcut ? 'Meta+C' : null,
      'aria-describedby': describedBy,
    },
    () => void press(),
    sign,
    label,
    shortcut ? keys('⌘C') : null,
  );
}
