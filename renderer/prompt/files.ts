import type { DisplayText } from '../../main/ipc/display-text.ts';
import type { OperandView } from '../../main/ipc/prompt-view.ts';
import { button } from '../shared/button.ts';
import { plainOf } from '../shared/display-runs.ts';
import { h, unseen } from '../shared/dom.ts';
import { fileSize, moment } from '../shared/format.ts';
import { icon } from '../shared/icons.ts';
import { quoted, quotedLine } from '../shared/quoting.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';

const UNREADABLE: Readonly<Record<'binary' | 'too-large' | 'not-kept', PlainKey>> = {
  binary: 'fileBinary',
  'too-large': 'fileTooLarge',
  'not-kept': 'fileNotKept',
};

/** The files that the command runs, as the very bytes that are bound; the first one open. */
export function files(operands: readonly OperandView[], voice: Voice): HTMLElement[] {
  if (operands.length === 0) return [];
  const list = h(
    'section',
    { class: 'plate files', 'aria-label': voice.text('files') },
    operands.map((operand, index) => file(operand, index, voice)),
  );
  const promise =
    operands.length === 1 ? voice.text('boundOne') : voice.text('boundMany', { count: operands.length });
  return [list, h('p', { class: 'lockline' }, icon('lock'), h('span', {}, promise))];
}

function file(operand: OperandView, index: number, voice: Voice): HTMLElement[] {
  const readable = operand.content.kind === 'lines';
  const body = h('div', { id: `file-${index}` });
  const sign = h('span', { class: 'turn' });
  const word = h('span', { class: 'link' });
  const toggle = button(
    { class: 'unfold', 'aria-controls': body.id },
    () => show(body.hidden !== false),
    word,
  );
  const show = (open: boolean) => {
    body.hidden = !open;
    toggle.setAttribute('aria-expanded', String(open));
    sign.replaceChildren(icon(open ? 'down' : 'right', 'small'));
    word.textContent = voice.text(open ? 'hide' : 'show');
    // A long file is drawn when it is wanted, not before the question can be answered.
    if (open && !body.hasChildNodes()) body.append(content(operand, voice));
  };
  show(index === 0 || !readable);
  const head = h(
    'div',
    { class: 'fhead' },
    readable ? sign : null,
    h('bdi', { class: 'fname', dir: 'ltr', translate: 'no' }, quoted(operand.name, voice)),
    facts(operand, voice),
    h('span', { class: 'grow' }),
    unseen(voice.text('fileHash')),
    h('code', { class: 'hash' }, operand.sha256.slice(0, 12)),
    readable ? toggle : null,
  );
  return [head, body];
}

function facts({ sizeBytes, modifiedAtMs, content: bytes }: OperandView, voice: Voice): HTMLElement {
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

function content({ content: bytes, path, name }: OperandView, voice: Voice): HTMLElement {
  if (bytes.kind === 'none') return h('p', { class: 'unreadable' }, voice.text(UNREADABLE[bytes.why]));
  if (bytes.lines.length === 0) return h('p', { class: 'unreadable' }, voice.text('emptyFile'));
  const label = `${voice.text('fileContent')}: ${plainOf(name)}`;
  const list = h('ol', { class: 'code', tabindex: 0, dir: 'ltr', translate: 'no', 'aria-label': label });
  appendInTurns(list, bytes.lines, voice);
  return h('div', {}, h('p', { class: 'fpath' }, quoted(path, voice)), list);
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
