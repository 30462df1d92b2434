import type { IncidentView } from '../../main/ipc/incident-view.ts';
import { h } from '../shared/dom.ts';
import { moment } from '../shared/format.ts';
import { quoted } from '../shared/quoting.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';

type Period = IncidentView['period'];

const PERIODS: readonly (readonly [Period, PlainKey])[] = [
  ['hour', 'periodHour'],
  ['day', 'periodDay'],
  ['week', 'periodWeek'],
  ['all', 'periodAll'],
];
const BY: Readonly<Record<string, PlainKey>> = { person: 'byPerson', rule: 'byRule', grant: 'byGrant' };

/** What ran in the period, latest first, in the requester's words on plates. */
export function ranList(view: IncidentView, voice: Voice, choose: (period: Period) => void): HTMLElement {
  const select = h(
    'select',
    { class: 'pop', id: 'period' },
    PERIODS.map(([period, words]) => h('option', { value: period }, voice.text(words))),
  );
  select.value = view.period;
  select.addEventListener('change', () => {
    const chosen = PERIODS.find(([period]) => period === select.value)?.[0];
    if (chosen !== undefined) choose(chosen);
  });
  return h(
    'section',
    {},
    h(
      'div',
      { class: 'step-head' },
      h('h2', {}, voice.text('ranTitle')),
      h('div', {}, h('label', { for: 'period' }, `${voice.text('periodLabel')} `), select),
    ),
    h(
      'p',
      { class: 'muted', role: 'status' },
      voice.text('ranCount', { ran: view.ran, refused: view.refused }),
    ),
    view.period !== 'all' || view.dropped === null
      ? null
      : h(
          'p',
          { class: 'muted' },
          view.dropped.untilMs === null
            ? voice.text('olderDropped')
            : voice.text('olderDroppedUntil', {
                time: moment(view.dropped.untilMs, Date.now(), voice.locale),
              }),
        ),
    view.badPlaces === 0 ? null : h('p', {}, voice.text('badPlaces')),
    view.runs.length === 0
      ? h('p', {}, voice.text('ranNothing'))
      : h(
          'ul',
          { class: 'card ran' },
          view.runs.map((run) => ranItem(run, voice)),
        ),
  );
}

function ranItem({ atMs, agent, command, cwd, by, exitCode }: IncidentView['runs'][number], voice: Voice) {
  const facts = [
    voice.text('ranBy', { by: voice.text(BY[by] ?? 'byOther') }),
    exitCode === null ? voice.text('noEnd') : voice.text('exitCode', { code: exitCode }),
  ];
  return h(
    'li',
    {},
    h('p', {}, quoted(command, voice)),
    h(
      'p',
      { class: 'muted small' },
      `${moment(atMs, Date.now(), voice.locale)} · `,
      agent === null ? null : [quoted(agent, voice), ' · '],
      cwd === null ? null : [quoted(cwd, voice), ' · '],
      facts.join(' · '),
    ),
  );
}
