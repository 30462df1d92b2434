import { copyButton } from './button.ts';
import { type Child, h } from './dom.ts';
import type { Voice } from './voice.ts';

/** A command for somebody to run elsewhere, with the button that copies it, and what is `beside` the button. */
export const commandPlate = (
  voice: Voice,
  {
    command,
    copy,
    beside = null,
    foremost = false,
  }: { command: Child; copy: () => Promise<boolean>; beside?: Child; foremost?: boolean },
): HTMLElement =>
  h(
    'div',
    { class: 'plate copyplate' },
    h(
      'div',
      { class: 'bar' },
      beside,
      h('span', { class: 'grow' }),
      copyButton(voice, { copy, classes: foremost ? 'default' : '', shortcut: foremost }),
    ),
    h('code', { dir: 'ltr', translate: 'no' }, command),
  );
