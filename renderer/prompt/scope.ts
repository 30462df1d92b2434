import type { AllowChoice, PromptView } from '../../main/ipc/prompt-view.ts';
import { type Child, h } from '../shared/dom.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';
import { whileCoverage } from './while-coverage.ts';
import { whyNot } from './why-not.ts';

export interface Scope {
  readonly root: HTMLElement;
  /** Null: nothing can be allowed here. */
  readonly chosen: AllowChoice | null;
  /** Chooses by the number of a row, as Command-2 does; again, the next one in that row. */
  choose(number: number): void;
  /** Now and then: until when a yes would last. */
  tick(): void;
}

const WHILE = ['allow-15m', 'allow-1h', 'allow-session'] as const;

/** How far an Allow reaches; the narrowest is chosen at first. */
export function scope(prompt: PromptView, voice: Voice, changed: () => void): Scope {
  const radio = (value: AllowChoice, label: PlainKey | null) =>
    h('input', {
      class: 'radio',
      type: 'radio',
      name: 'scope',
      value,
      disabled: !prompt.choices.includes(value),
      'aria-label': label === null ? null : voice.text(label),
    });
  const once = radio('allow-once', null);
  const spans = [
    radio('allow-15m', 'for15m'),
    radio('allow-1h', 'for1h'),
    radio('allow-session', 'forSession'),
  ] as const;
  const always = radio('allow-always', null);
  const rows: readonly (readonly HTMLInputElement[])[] = [[once], spans, [always]];
  const radios = rows.flat();
  const chosen = () => (radios.find(({ checked }) => checked)?.value ?? null) as AllowChoice | null;
  const coverage = whileCoverage(prompt, voice, chosen);
  const heard = () => {
    coverage.tick();
    changed();
  };
  const first = radios.find(({ disabled }) => !disabled);
  if (first !== undefined) first.checked = true;
  for (const one of radios) one.addEventListener('change', heard);

  const root = h(
    'fieldset',
    { class: 'scope' },
    h('legend', { class: 'vh' }, voice.text('scope')),
    row(1, once, h('b', {}, voice.text('once')), onceCovers(prompt, voice)),
    WHILE.some((choice) => prompt.choices.includes(choice))
      ? spanRow(spans, coverage.root, voice)
      : row(2, spans[0], h('b', {}, voice.text('forAWhile')), whyNot('allow-15m', prompt, voice)),
    row(
      3,
      always,
      h('b', {}, voice.text('always')),
      prompt.choices.includes('allow-always')
        ? voice.text('alwaysNext')
        : whyNot('allow-always', prompt, voice),
    ),
  );
  coverage.tick();
  return {
    root,
    get chosen() {
      return chosen();
    },
    choose: (number) => {
      const offered = rows[number - 1]?.filter(({ disabled }) => !disabled) ?? [];
      const next = offered[(offered.findIndex(({ checked }) => checked) + 1) % offered.length];
      if (next === undefined) return;
      next.checked = true;
      heard();
    },
    tick: () => coverage.tick(),
  };
}

function row(number: number, radio: HTMLInputElement, name: HTMLElement, covers: Child): HTMLElement {
  return h(
    'label',
    { class: radio.disabled ? 'opt na' : 'opt' },
    radio,
    h('span', {}, name, ' ', h('span', { class: 'd' }, covers)),
    radio.disabled ? h('span') : h('kbd', { 'aria-hidden': 'true' }, `⌘${number}`),
  );
}

function spanRow(spans: readonly HTMLInputElement[], covers: HTMLElement, voice: Voice): HTMLElement {
  const names = ['for15m', 'short1h', 'shortSession'] as const satisfies readonly PlainKey[];
  return h(
    'div',
    { class: 'opt spans' },
    h(
      'div',
      { class: 'choices' },
      spans.map((radio, index) =>
        h(
          'label',
          { class: radio.disabled ? 'span na' : 'span' },
          radio,
          h('b', {}, voice.text(names[index] ?? 'for15m')),
        ),
      ),
    ),
    h('kbd', { 'aria-hidden': 'true' }, '⌘2'),
    covers,
  );
}

function onceCovers({ operands, choices }: PromptView, voice: Voice): string {
  if (!choices.includes('allow-once')) return voice.text('notOffered');
  const count = operands.length;
  if (count === 0) return voice.text('onceCommand');
  return count === 1 ? voice.text('onceFile') : voice.text('onceFiles', { count });
}
