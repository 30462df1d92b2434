import type { Bridge, Envelope } from '../../main/ipc/contract.ts';
import type { IncidentView } from '../../main/ipc/incident-view.ts';
import { button, copyButton } from '../shared/button.ts';
import { confirmed } from '../shared/confirm.ts';
import { fill, h, keepFocus } from '../shared/dom.ts';
import { follow, settled } from '../shared/follow.ts';
import { icon } from '../shared/icons.ts';
import { mainSaid } from '../shared/main-says.ts';
import { quoted } from '../shared/quoting.ts';
import { followTextSize } from '../shared/text-size.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';
import { ranList } from './ran-list.ts';

declare const latchkey: Bridge<'incident'>;

const KINDS = { environment: 'kindEnvironment', file: 'kindFile', login: 'kindLogin' } as const;

const heading = h('h1', { class: 'vh' });
const notice = h('div', { role: 'alert' });
const steps = h('div', { class: 'pad incident', tabindex: 0, role: 'region' });
document.body.append(h('main', {}, heading, notice, steps));
let drawn = '';

followTextSize();
follow(latchkey, (view, voice) => {
  document.title = voice.text('incidentTitle');
  heading.textContent = voice.text('incidentTitle');
  steps.setAttribute('aria-label', voice.text('incidentTitle'));
  const next = JSON.stringify({ ...view, revision: 0 });
  if (next === drawn) return;
  drawn = next;
  keepFocus(() =>
    fill(
      steps,
      contain(view, voice),
      ranList(view, voice, (period) => void latchkey.setPeriod(period)),
      replace(view, voice),
      gateway(view, voice),
      report(voice),
    ),
  );
});

const step = (title: PlainKey, voice: Voice, ...inside: (HTMLElement | null)[]): HTMLElement =>
  h('section', {}, h('h2', {}, voice.text(title)), inside);

function contain({ contained, kept }: IncidentView, voice: Voice): HTMLElement {
  const press = () => void settled(latchkey.contain()).then((answer) => said(answer, voice));
  if (contained) {
    return step(
      'containTitle',
      voice,
      h(
        'div',
        { class: kept ? 'notice' : 'notice caution', role: 'status' },
        kept ? icon('calm', 'ok') : icon('caution', 'caution'),
        h('p', {}, voice.text(kept ? 'containedNow' : 'notKeptNow')),
      ),
      h(
        'div',
        { class: 'act-row' },
        kept ? null : button({ class: 'btn', id: 'keep' }, press, voice.text('keepAgain')),
        button({ class: 'btn', id: 'end' }, () => void end(voice), voice.text('endContainment')),
      ),
    );
  }
  return step(
    'containTitle',
    voice,
    h('p', { class: 'muted' }, voice.text('containWhy')),
    h(
      'div',
      { class: 'act-row' },
      button({ class: 'btn lg default', id: 'contain' }, press, voice.text('contain')),
    ),
  );
}

async function end(voice: Voice): Promise<void> {
  const sure = await confirmed(
    {
      title: voice.text('endQuestion'),
      consequence: voice.text('endConsequence'),
      yes: voice.text('endDo'),
      no: voice.text('cancel'),
    },
    voice,
  );
  if (sure) said(await settled(latchkey.endContainment()), voice);
}

const replace = ({ secrets }: IncidentView, voice: Voice): HTMLElement =>
  step(
    'replaceTitle',
    voice,
    h('p', { class: 'muted' }, voice.text('replaceWhy')),
    secrets.length === 0
      ? h('p', {}, voice.text('replaceNothing'))
      : h(
          'ul',
          { class: 'card secrets' },
          secrets.map(({ kind, name, runs }) =>
            h('li', {}, `${voice.text(KINDS[kind])} `, quoted(name, voice), runs > 1 ? ` ×${runs}` : null),
          ),
        ),
  );

const gateway = ({ commands }: IncidentView, voice: Voice): HTMLElement =>
  step(
    'gatewayTitle',
    voice,
    h('p', { class: 'muted' }, voice.text('gatewayWhy')),
    h(
      'div',
      { class: 'commands' },
      commands.map((command, index) =>
        h(
          'div',
          { class: 'command-row' },
          h('code', { id: `command-${index}`, dir: 'ltr', translate: 'no' }, command),
          copyButton(voice, {
            copy: () => settled(latchkey.copyCommand(index)).then(({ ok }) => ok),
            classes: '',
            shortcut: false,
            describedBy: `command-${index}`,
          }),
        ),
      ),
    ),
  );

function report(voice: Voice): HTMLElement {
  const saved = h('span', { role: 'status' });
  const save = () =>
    void settled(latchkey.saveReport()).then((answer) => {
      saved.textContent = answer.ok && answer.value ? voice.text('reportSaved') : '';
      said(answer, voice);
    });
  return step(
    'reportTitle',
    voice,
    h('p', { class: 'muted' }, voice.text('reportWhy')),
    h(
      'div',
      { class: 'act-row' },
      button({ class: 'btn', id: 'save' }, save, voice.text('saveReport')),
      saved,
    ),
  );
}

function said(answer: Envelope<unknown>, voice: Voice): void {
  notice.replaceChildren();
  if (answer.ok) return;
  fill(notice, h('div', { class: 'notice caution' }, icon('caution', 'caution'), mainSaid(answer, voice)));
}
