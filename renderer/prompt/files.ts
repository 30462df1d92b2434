import type { OperandView } from '../../main/ipc/operand-view.ts';
import { button } from '../shared/button.ts';
import { fill, h, unseen } from '../shared/dom.ts';
import { icon } from '../shared/icons.ts';
import { quoted } from '../shared/quoting.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';
import { fileFacts, sinceFacts } from './file-facts.ts';
import { changedLines, wholeFile } from './file-lines.ts';

const UNREADABLE: Readonly<Record<'binary' | 'too-large' | 'not-kept', PlainKey>> = {
  binary: 'fileBinary',
  'too-large': 'fileTooLarge',
  'not-kept': 'fileNotKept',
};

/** The files that the command runs, as the very bytes that are bound; the first that the person does not know is open. */
export function files(operands: readonly OperandView[], voice: Voice): HTMLElement[] {
  if (operands.length === 0) return [];
  const unknown = operands.findIndex(({ since }) => since.kind !== 'same');
  const list = h(
    'section',
    { class: 'plate files', 'aria-label': voice.text('files') },
    operands.map((operand, index) => file(operand, index, index === unknown, voice)),
  );
  const promise =
    operands.length === 1 ? voice.text('boundOne') : voice.text('boundMany', { count: operands.length });
  return [list, h('p', { class: 'lockline' }, icon('lock'), h('span', {}, promise))];
}

function file(operand: OperandView, index: number, opened: boolean, voice: Voice): HTMLElement[] {
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
  show(opened || !readable);
  const head = h(
    'div',
    { class: 'fhead' },
    readable ? sign : null,
    h('bdi', { class: 'fname', dir: 'ltr', translate: 'no' }, quoted(operand.name, voice)),
    sinceFacts(operand.since, voice),
    h('span', { class: 'grow' }),
    readable ? toggle : null,
  );
  return [head, body];
}

function content(operand: OperandView, voice: Voice): HTMLElement {
  const { content: bytes, path, sha256, since } = operand;
  const about = h(
    'div',
    { class: 'fabout' },
    h('span', { class: 'fpath' }, quoted(path, voice)),
    fileFacts(operand, voice),
    h('span', {}, unseen(voice.text('fileHash')), ' ', h('code', { class: 'hash' }, sha256.slice(0, 12))),
  );
  const note = (key: PlainKey) => h('p', { class: 'unreadable' }, voice.text(key));
  if (bytes.kind === 'none') return h('div', {}, about, note(UNREADABLE[bytes.why]));
  const { lines } = bytes;
  if (since.kind !== 'changed') {
    return h('div', {}, about, lines.length === 0 ? note('emptyFile') : wholeFile(lines, operand, voice));
  }
  const place = h('div');
  const changes = () => changedLines(since, operand, lines.length, voice);
  const whole = () => (lines.length === 0 ? note('emptyFile') : wholeFile(lines, operand, voice));
  about.append(
    h('span', { class: 'grow' }),
    ways(
      voice,
      [
        ['changes', changes],
        ['wholeFile', whole],
      ],
      place,
    ),
  );
  return h('div', {}, about, place);
}

type Way = readonly [name: PlainKey, draw: () => HTMLElement];

/** One of several ways to look at the same, the first at first. */
function ways(voice: Voice, offered: readonly Way[], place: HTMLElement): HTMLElement {
  const buttons = offered.map(([name, draw]) => {
    const one = button({}, () => choose(one, draw), voice.text(name));
    return one;
  });
  const choose = (chosen: HTMLElement | undefined, draw: () => HTMLElement) => {
    for (const one of buttons) one.setAttribute('aria-pressed', String(one === chosen));
    fill(place, draw());
  };
  const [first] = offered;
  if (first !== undefined) choose(buttons[0], first[1]);
  return h('span', { class: 'segmented', role: 'group', 'aria-label': voice.text('howToRead') }, buttons);
}
