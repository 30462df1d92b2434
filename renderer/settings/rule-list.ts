import type { RuleView } from '../../main/ipc/settings-view.ts';
import { button } from '../shared/button.ts';
import { plainOf } from '../shared/display-runs.ts';
import { type Child, h } from '../shared/dom.ts';
import { moment } from '../shared/format.ts';
import { quoted } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';
import { anyPill, patternPlate } from './pattern.ts';

/** Names that can stand in a label without being mistaken for our words. */
const PLAIN_NAME = /^[\w./-]{1,40}$/;

/** What runs without asking. */
export function ruleList(
  rules: readonly RuleView[],
  {
    voice,
    editable,
    remove,
    stateOf,
  }: {
    voice: Voice;
    editable: boolean;
    remove: (rule: RuleView) => void;
    /** Why it does not count now. */
    stateOf: (rule: RuleView) => Child;
  },
): HTMLElement {
  if (rules.length === 0)
    return h('div', { class: 'card' }, h('p', { class: 'none' }, voice.text('noRules')));
  const head = (['ruleProgram', 'ruleArguments', 'ruleLastUsed'] as const).map((key) =>
    h('th', { scope: 'col' }, voice.text(key)),
  );
  return h(
    'div',
    { class: 'card' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h('tr', {}, head, h('th', { scope: 'col' }, h('span', { class: 'vh' }, voice.text('ruleActions')))),
      ),
      h(
        'tbody',
        {},
        rules.map((rule) =>
          h(
            'tr',
            {},
            h('td', {}, patternPlate(rule.pattern, voice), stateOf(rule)),
            h('td', {}, argumentsOf(rule, voice)),
            h('td', {}, lastUsed(rule, voice)),
            h(
              'td',
              { class: 'act' },
              button(
                {
                  class: 'btn',
                  'aria-label': voice.text('removeRuleNamed', { pattern: nameOf(rule, voice) }),
                  'aria-disabled': editable ? null : 'true',
                },
                () => (editable ? remove(rule) : undefined),
                voice.text('removeRule'),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

function nameOf({ pattern }: RuleView, voice: Voice): string {
  const name = plainOf(pattern);
  return PLAIN_NAME.test(name) ? `“${name}”` : voice.text('aProgram');
}

function argumentsOf({ argPattern }: RuleView, voice: Voice): Child {
  if (argPattern === null) return anyPill('any', voice);
  return plainOf(argPattern).startsWith('sha256:')
    ? voice.text('argumentsExact')
    : voice.say('argumentsMatch', { pattern: quoted(argPattern, voice) });
}

function lastUsed({ lastUsedAtMs, lastUsedCommand }: RuleView, voice: Voice): Child {
  if (lastUsedAtMs === null) return h('span', { class: 'muted' }, voice.text('neverUsed'));
  return [
    moment(lastUsedAtMs, Date.now(), voice.locale),
    lastUsedCommand === null ? null : h('div', { class: 'small' }, quoted(lastUsedCommand, voice)),
  ];
}
