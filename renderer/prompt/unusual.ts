import type { PromptView } from '../../main/ipc/prompt-view.ts';
import { button } from '../shared/button.ts';
import { h, unseen } from '../shared/dom.ts';
import { icon } from '../shared/icons.ts';
import { quoted } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';
import { type Finding, findings } from './findings.ts';
import { reasonKey } from './why.ts';

/** As many as are read before reading stops; the rest unfold. */
const AT_ONCE = 3;

/** What is unusual about the request, always directly below the command: worst first, or one calm line. */
export function unusual(prompt: PromptView, voice: Voice): { root: HTMLElement; pin: HTMLElement | null } {
  const found = findings(prompt);
  const worst = found[0]?.severity;
  if (worst === undefined) return { root: calm(prompt, voice), pin: null };

  const rows = found.map((finding) => row(finding, voice));
  for (const hidden of rows.slice(AT_ONCE)) hidden.hidden = true;
  const more = button({ class: 'link' }, () => {
    for (const hidden of rows) hidden.hidden = false;
    rows[AT_ONCE]?.focus();
    more.remove();
  });
  more.append(voice.text('moreFindings', { count: rows.length - AT_ONCE }));
  const root = h(
    'section',
    { class: `warns ${worst}`, id: 'unusual', 'aria-label': voice.text('unusual') },
    rows,
    rows.length > AT_ONCE ? more : null,
  );
  return { root, pin: worst === 'note' ? null : pin(found, worst, voice, () => root.scrollIntoView()) };
}

const calm = ({ reason }: PromptView, voice: Voice) =>
  h(
    'p',
    { class: 'calm', id: 'unusual' },
    icon('calm', 'ok'),
    h(
      'span',
      {},
      h('b', {}, voice.text('nothingUnusual')),
      ' ',
      h('span', { class: 'muted' }, calmReason(reason.code, voice)),
    ),
  );

const calmReason = (code: string, voice: Voice) => {
  const words = reasonKey(code);
  return words === undefined ? null : voice.text(words);
};

function row({ severity, title, why, text }: Finding, voice: Voice): HTMLElement {
  return h(
    'div',
    { class: `warn ${severity}`, tabindex: -1 },
    icon(severity, `large ${severity}`),
    h(
      'div',
      {},
      h(
        'h2',
        {},
        h('span', { class: 'lvl' }, voice.text(severity), unseen(':')),
        h('span', {}, voice.text(title)),
      ),
      why === null && text === null ? null : h('p', {}, why && voice.text(why), text && quoted(text, voice)),
    ),
  );
}

/** The same in one line, for as long as the block itself is out of sight. */
function pin(
  found: readonly Finding[],
  worst: 'high' | 'caution',
  voice: Voice,
  go: () => void,
): HTMLElement {
  const count = found.filter(({ severity }) => severity === worst).length;
  const severity = voice.text(worst);
  const link = button({ class: 'link' }, go);
  link.append(voice.text('readWhy'));
  const titles = found.filter((finding) => finding.severity === worst).map(({ title }) => voice.text(title));
  return h(
    'div',
    { class: `pin ${worst}` },
    icon(worst, `large ${worst}`),
    h(
      'span',
      { class: 'grow' },
      h(
        'span',
        { class: 'lvl' },
        count === 1 ? voice.text('pinnedOne', { severity }) : voice.text('pinnedMany', { count, severity }),
      ),
      titles.map((title) => ` ${title}.`),
    ),
    link,
  );
}
