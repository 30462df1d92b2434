import type { PromptView } from '../../main/ipc/prompt-view.ts';
import { h } from '../shared/dom.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';

export type Allow = 'allow-once' | 'allow-always';

interface Option {
  readonly value: Allow;
  readonly name: PlainKey;
  /** What it covers, or why it is not offered. */
  readonly covers: string;
  readonly offered: boolean;
}

export interface Scope {
  readonly root: HTMLElement;
  /** Null: nothing can be allowed here. */
  readonly chosen: Allow | null;
  /** Chooses by number, as Command-1 does. */
  choose(number: number): void;
}

/** How far an Allow reaches; the narrowest is chosen at first. */
export function scope(prompt: PromptView, voice: Voice, changed: () => void): Scope {
  const options = optionsOf(prompt, voice);
  const radios = options.map(({ value, offered }) =>
    h('input', { class: 'radio', type: 'radio', name: 'scope', value, disabled: !offered }),
  );
  const chosen = () => options.find((_option, index) => radios[index]?.checked)?.value ?? null;
  const choose = (radio: HTMLInputElement | undefined) => {
    if (radio === undefined || radio.disabled) return;
    radio.checked = true;
    changed();
  };
  const first = radios.find((radio) => !radio.disabled);
  if (first !== undefined) first.checked = true;
  for (const radio of radios) radio.addEventListener('change', changed);

  const root = h(
    'fieldset',
    { class: 'scope' },
    h('legend', { class: 'vh' }, voice.text('scope')),
    options.map(({ name, covers, offered }, index) =>
      h(
        'label',
        { class: offered ? 'opt' : 'opt na' },
        radios[index] ?? null,
        h('span', {}, h('b', {}, voice.text(name)), ' ', h('span', { class: 'd' }, covers)),
        offered ? h('kbd', { 'aria-hidden': 'true' }, `⌘${index + 1}`) : h('span'),
      ),
    ),
  );
  return {
    root,
    get chosen() {
      return chosen();
    },
    choose: (number) => choose(radios[number - 1]),
  };
}

function optionsOf(prompt: PromptView, voice: Voice): Option[] {
  const { choices, operands, warnings } = prompt;
  const always = choices.includes('allow-always') && prompt.remember !== null;
  const high = warnings.some(({ severity }) => severity === 'high');
  const count = operands.length;
  const once =
    count === 0
      ? voice.text('onceCommand')
      : count === 1
        ? voice.text('onceFile')
        : voice.text('onceFiles', { count });
  return [
    {
      value: 'allow-once',
      name: 'once',
      covers: choices.includes('allow-once') ? once : voice.text('notOffered'),
      offered: choices.includes('allow-once'),
    },
    {
      value: 'allow-always',
      name: 'always',
      covers: voice.text(always ? 'alwaysNext' : high ? 'notOfferedHigh' : 'notOffered'),
      offered: always,
    },
  ];
}
