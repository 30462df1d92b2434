import type { PromptView } from '../../main/ipc/prompt-view.ts';
import { type Child, h } from '../shared/dom.ts';
import { quoted, quotedRuns } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';
import { type Fact, factList } from './facts.ts';

type Remembered = NonNullable<PromptView['remember']>;

export function alwaysTitle({ who }: PromptView, voice: Voice): Child[] {
  return who.agent === null
    ? [voice.text('alwaysTitleUnnamed')]
    : voice.say('alwaysTitle', { agent: quoted(who.agent, voice) });
}

/** Says in words what would be remembered, before anything is. */
export function alwaysSheet(prompt: PromptView, remembered: Remembered, voice: Voice): HTMLElement {
  const exact = remembered.every((rule) => rule.arguments === 'exact');
  const { agent, gateway } = prompt.who;
  const place = quoted(gateway.name, voice);
  const facts: Fact[] = [
    [
      remembered.length === 1 ? 'programOne' : 'programMany',
      remembered.map(({ pattern }) => [quoted(pattern, voice), ' ']),
    ],
    ['folder', exact ? voice.say('onlyIn', { folder: quoted(prompt.cwd, voice) }) : voice.text('anyFolder')],
    [
      'agent',
      agent === null
        ? voice.say('onlyGateway', { gateway: place })
        : voice.say('onlyAgent', { agent: quoted(agent, voice), gateway: place }),
    ],
    ['ends', voice.text('endsWhenRemoved')],
  ];
  return h(
    'div',
    { class: 'stack' },
    h(
      'section',
      { class: 'reach' },
      h('h2', {}, voice.text(exact ? 'onlyThis' : 'anyArguments')),
      h('div', { class: 'plate' }, commands(prompt, voice)),
      h('p', { class: 'muted' }, voice.text(exact ? 'nothingElse' : 'anyArgumentsWhy')),
    ),
    factList(facts, voice),
  );
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
