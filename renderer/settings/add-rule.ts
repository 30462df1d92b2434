import { button } from '../shared/button.ts';
import { h } from '../shared/dom.ts';
import { field } from '../shared/field.ts';
import type { Voice } from '../shared/voice.ts';

export interface NewRule {
  readonly pattern: string;
  readonly argPattern: string | null;
}

/** A form for one more rule. It is made once, so that news from main does not empty it. */
export function addRuleForm(voice: Voice, add: (rule: NewRule) => Promise<boolean>): HTMLElement {
  const pattern = field(voice.text('rulePattern'), { note: voice.text('rulePatternWhy') });
  const argPattern = field(voice.text('ruleArgPattern'), { note: voice.text('ruleArgPatternWhy') });
  const done = h('span', { class: 'muted', role: 'status' });
  const submit = async () => {
    const typed = pattern.required(voice.text('rulePatternMissing'));
    if (typed === null) return;
    done.textContent = '';
    if (!(await add({ pattern: typed, argPattern: argPattern.value || null }))) return;
    pattern.clear();
    argPattern.clear();
    done.textContent = voice.text('ruleAdded');
  };
  const form = h(
    'form',
    { class: 'card fields padded', novalidate: true },
    h('div', { class: 'side-by-side' }, pattern.root, argPattern.root),
    h(
      'div',
      { class: 'act' },
      button({ class: 'btn' }, () => void submit(), voice.text('addRule')),
      done,
    ),
  );
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    void submit();
  });
  return form;
}
