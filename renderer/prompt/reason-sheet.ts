import { h } from '../shared/dom.ts';
import { field } from '../shared/field.ts';
import type { Voice } from '../shared/voice.ts';

/** As long as main takes it. */
const MOST = 200;

export interface ReasonSheet {
  readonly root: HTMLElement;
  /** What was typed; undefined: nothing. */
  readonly reason: string | undefined;
  focus(): void;
}

/** A line for the agent, to go with a no. */
export function reasonSheet(voice: Voice): ReasonSheet {
  const typed = field(voice.text('reasonLabel'), { note: voice.text('reasonNote'), most: MOST });
  return {
    root: h('div', { class: 'stack' }, typed.root),
    get reason() {
      return typed.value === '' ? undefined : typed.value;
    },
    focus: () => typed.focus(),
  };
}
