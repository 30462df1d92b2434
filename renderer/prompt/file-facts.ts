import type { OperandView, SinceView } from '../../main/ipc/operand-view.ts';
import { h } from '../shared/dom.ts';
import { fileSize, moment } from '../shared/format.ts';
import type { Voice } from '../shared/voice.ts';

/** How the file stands to what was allowed last, in words and figures. */
export function sinceFacts(since: SinceView, voice: Voice): HTMLElement {
  if (since.kind === 'never') return h('span', { class: 'since' }, voice.text('fileNeverAllowed'));
  const date = moment(since.allowedAtMs, Date.now(), voice.locale);
  if (since.kind === 'same') return h('span', { class: 'since same' }, voice.text('fileSame', { date }));
  if (since.kind === 'other') return h('span', { class: 'since' }, voice.text('fileChanged', { date }));
  const { added, removed } = since;
  return h(
    'span',
    { class: 'since' },
    voice.text('fileChanged', { date }),
    ' ',
    h(
      'span',
      { class: 'delta', role: 'img', 'aria-label': voice.text('fileDelta', { added, removed }) },
      h('span', { class: 'plus' }, `+${added}`),
      h('span', { class: 'minus' }, `−${removed}`),
    ),
  );
}

/** Lines, size and the day of its last change. */
export function fileFacts(
  { sizeBytes, modifiedAtMs, content: bytes }: OperandView,
  voice: Voice,
): HTMLElement {
  const lines =
    bytes.kind !== 'lines'
      ? null
      : bytes.lines.length === 1
        ? voice.text('lineCountOne')
        : voice.text('lineCountMany', { count: bytes.lines.length });
  const size = sizeBytes === null ? null : fileSize(sizeBytes, voice.locale);
  const date = modifiedAtMs === null ? null : moment(modifiedAtMs, Date.now(), voice.locale);
  const rest = size !== null && date !== null ? voice.text('fileFacts', { size, date }) : (size ?? date);
  return h('span', { class: 'muted' }, [lines, rest].filter((fact) => fact !== null).join(', '));
}
