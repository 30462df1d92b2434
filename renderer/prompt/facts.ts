import type { PromptView } from '../../main/ipc/prompt-view.ts';
import type { DisplayText } from '../../main/text/display-text.ts';
import { plainOf } from '../shared/display-runs.ts';
import { type Child, h } from '../shared/dom.ts';
import { moment } from '../shared/format.ts';
import { quoted } from '../shared/quoting.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';
import { why } from './why.ts';

export type Fact = readonly [name: PlainKey, ...value: Child[]];

export const factList = (facts: readonly Fact[], voice: Voice): HTMLElement =>
  h(
    'dl',
    { class: 'facts' },
    facts.map(([name, ...value]) => [h('dt', {}, voice.text(name)), h('dd', {}, ...value)]),
  );

/** What a person has to know besides the command itself. */
export function facts(prompt: PromptView, voice: Voice): HTMLElement {
  const programs = distinct(programsOf(prompt));
  const wrappers = distinct(
    prompt.parts.flatMap((part) =>
      part.kind === 'command'
        ? part.tokens.filter(({ role }) => role === 'wrapper').map(({ text }) => text)
        : [],
    ),
  );
  const list: Fact[] = [];
  if (programs.length > 0)
    list.push([programs.length === 1 ? 'programOne' : 'programMany', plates(programs, voice)]);
  if (wrappers.length > 0) list.push(['through', plates(wrappers, voice)]);
  if (prompt.environment.length > 0) {
    list.push([
      'sets',
      prompt.environment.map(({ name, value }) => [
        quoted([...name, { kind: 'plain', text: '=' }, ...value], voice),
        ' ',
      ]),
    ]);
  }
  return factList(list, voice);
}

/** What matters when something is odd; folded away otherwise. */
export function details(prompt: PromptView, voice: Voice): HTMLElement {
  const { who, askedAtMs, reason, digest } = prompt;
  const list: Fact[] = [
    ['gateway', quoted(who.gateway.name, voice), ' ', quoted(who.gateway.address, voice)],
    ...(who.session === null ? [] : [['session', quoted(who.session, voice)] satisfies Fact]),
    ['asked', moment(askedAtMs, askedAtMs, voice.locale)],
    ['asksBecause', ...why(reason, voice)],
    [
      'digest',
      h('code', { class: 'digest' }, digest),
      h('span', { class: 'muted' }, voice.text('digestWhy')),
    ],
  ];
  const root = h(
    'section',
    { class: 'details', id: 'details', 'aria-label': voice.text('details') },
    factList(list, voice),
    h('p', { class: 'muted small' }, voice.text('inherits')),
  );
  root.hidden = true;
  return root;
}

const programsOf = ({ parts }: PromptView): DisplayText[] =>
  parts.flatMap((part) => (part.kind === 'command' && part.executable !== null ? [part.executable] : []));

const plates = (texts: readonly DisplayText[], voice: Voice): Child =>
  texts.map((text) => [quoted(text, voice), ' ']);

const distinct = (texts: readonly DisplayText[]): DisplayText[] => [
  ...new Map(texts.map((text) => [plainOf(text), text])).values(),
];
