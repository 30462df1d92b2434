import type { ChangedLineView, OperandView, SinceView } from '../../main/ipc/operand-view.ts';
import type { DisplayText } from '../../main/text/display-text.ts';
import { plainOf } from '../shared/display-runs.ts';
import { h, unseen } from '../shared/dom.ts';
import { quotedLine } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';

type Changed = Extract<SinceView, { kind: 'changed' }>;
type File = Pick<OperandView, 'name'>;

/** A file, whole, by its lines. */
export function wholeFile(lines: readonly DisplayText[], { name }: File, voice: Voice): HTMLElement {
  const label = `${voice.text('fileContent')}: ${plainOf(name)}`;
  const list = h('ol', { class: 'code', tabindex: 0, dir: 'ltr', translate: 'no', 'aria-label': label });
  appendInTurns(list, lines, voice);
  return list;
}

/** What changed since it was allowed last, with some lines around each change. */
export function changedLines(
  { hunks }: Changed,
  { name }: File,
  lineCount: number,
  voice: Voice,
): HTMLElement {
  const label = `${voice.text('fileChanges')}: ${plainOf(name)}`;
  const list = h('ol', {
    class: 'code changes',
    tabindex: 0,
    dir: 'ltr',
    translate: 'no',
    'aria-label': label,
  });
  let next = 1;
  const fold = (to: number) => {
    if (to >= next) list.append(unchanged(next, to, voice));
  };
  for (const rows of hunks) {
    const numbers = rows.filter(({ kind }) => kind !== 'removed').map(({ number }) => number);
    fold((numbers[0] ?? next) - 1);
    list.append(...rows.map((row) => changedLine(row, voice)));
    next = (numbers.at(-1) ?? next - 1) + 1;
  }
  fold(lineCount);
  return list;
}

const unchanged = (from: number, to: number, voice: Voice): HTMLElement =>
  h(
    'li',
    { class: 'fold' },
    from === to ? voice.text('lineUnchanged', { from }) : voice.text('linesUnchanged', { from, to }),
  );

const SIGNS = { same: '', added: '+', removed: '−' } as const;

function changedLine({ kind, number, text, unended }: ChangedLineView, voice: Voice): HTMLElement {
  return h(
    'li',
    { class: kind },
    h('span', { class: 'no', 'aria-hidden': 'true' }, String(number)),
    h('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[kind]),
    h(
      'code',
      {},
      kind === 'same' ? null : unseen(`${voice.text(kind === 'added' ? 'lineAdded' : 'lineRemoved')}: `),
      quotedLine(text, voice),
    ),
    unended ? h('span', { class: 'unended' }, voice.text('lineUnended')) : null,
  );
}

/** More than fits into the window at first. */
const AT_ONCE = 100;
const EACH_TURN = 250;

/** A long file must not keep the question from being seen: what is out of sight follows within moments, all of it. */
function appendInTurns(list: HTMLElement, lines: readonly DisplayText[], voice: Voice): void {
  const append = (from: number, to: number) => {
    list.append(...lines.slice(from, to).map((line) => h('li', {}, h('code', {}, quotedLine(line, voice)))));
    if (to < lines.length) setTimeout(() => (list.isConnected ? append(to, to + EACH_TURN) : undefined));
  };
  append(0, AT_ONCE);
}
