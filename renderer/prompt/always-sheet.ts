import type { PromptView } from '../../main/ipc/prompt-view.ts';
import { type Child, h } from '../shared/dom.ts';
import { quoted, quotedRuns } from '../shared/quoting.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';
import { type Fact, factList } from './facts.ts';
import { whyNot } from './why-not.ts';

type Remembered = NonNullable<PromptView['remember']>;
type Width = 'allow-always' | 'allow-always-any';

export interface AlwaysSheet {
  readonly root: HTMLElement;
  readonly chosen: Width;
  /** Chooses by the number of a row, as Command-2 does. */
  choose(number: number): void;
}

export function alwaysTitle({ who }: PromptView, voice: Voice): Child[] {
  return who.agent === null
    ? [voice.text('alwaysTitleUnnamed')]
    : voice.say('alwaysTitle', { agent: quoted(who.agent, voice) });
}

/** Says in words what would be remembered, before anything is. The narrower of the two is chosen each time. */
export function alwaysSheet(
  prompt: PromptView,
  remembered: Remembered,
  voice: Voice,
  changed: () => void,
): AlwaysSheet {
  const exact = radio('allow-always', prompt);
  const any = radio('allow-always-any', prompt);
  const radios = [exact, any];
  exact.checked = true;
  const chosen = (): Width => (any.checked ? 'allow-always-any' : 'allow-always');
  const folder = h('span');
  const showFolder = () => {
    folder.replaceChildren(
      any.checked
        ? voice.text('anyFolder')
        : h('span', {}, voice.say('onlyIn', { folder: quoted(prompt.cwd, voice) })),
    );
  };
  const heard = () => {
    showFolder();
    changed();
  };
  for (const one of radios) one.addEventListener('change', heard);
  showFolder();
  const programs = () => remembered.map((pattern) => [quoted(pattern, voice), ' ']);
  const root = h(
    'div',
    { class: 'stack' },
    h(
      'fieldset',
      { class: 'reach' },
      h('legend', { class: 'vh' }, voice.text('widths')),
      h('div', { class: 'plate' }, commands(prompt, voice)),
      row(1, exact, [voice.text('onlyThis')], voice.text('nothingElse')),
      any.disabled
        ? row(2, any, [voice.text('anyArguments')], whyNot('allow-always-any', prompt, voice))
        : row(2, any, voice.say('anyArgumentsOf', { program: programs() }), voice.text('anyArgumentsWhy')),
    ),
    factList(facts(prompt, programs(), folder, voice), voice),
  );
  return {
    root,
    get chosen() {
      return chosen();
    },
    choose: (number) => {
      const next = radios[number - 1];
      if (next === undefined || next.disabled || next.checked) return;
      next.checked = true;
      heard();
    },
  };
}

const radio = (value: Width, { choices }: PromptView) =>
  h('input', { class: 'radio', type: 'radio', name: 'width', value, disabled: !choices.includes(value) });

const row = (number: number, input: HTMLInputElement, name: readonly Child[], covers: string) =>
  h(
    'label',
    { class: input.disabled ? 'opt na' : 'opt' },
    input,
    h('span', {}, h('b', {}, ...name), ' ', h('span', { class: 'd' }, covers)),
    input.disabled ? h('span') : h('kbd', { 'aria-hidden': 'true' }, `⌘${number}`),
  );

function facts(prompt: PromptView, programs: readonly Child[], folder: HTMLElement, voice: Voice): Fact[] {
  const { agent, gateway } = prompt.who;
  const place = quoted(gateway.name, voice);
  const name: PlainKey = programs.length === 1 ? 'programOne' : 'programMany';
  return [
    [name, ...programs],
    ['folder', folder],
    [
      'agent',
      agent === null
        ? voice.say('onlyGateway', { gateway: place })
        : voice.say('onlyAgent', { agent: quoted(agent, voice), gateway: place }),
    ],
    ['ends', voice.text('endsWhenRemoved')],
  ];
}

const commands = ({ parts }: PromptView, voice: Voice): Child =>
  parts.map((part) =>
    part.kind === 'command'
      ? h(
          'code',
          { dir: 'ltr', translate: 'no' },
          part.tokens.map((token) => [...quotedRuns(token.text, voice), ' ']),
        )
      : null,
  );
