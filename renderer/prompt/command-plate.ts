import type { PartView, PromptView, TokenView } from '../../main/ipc/prompt-view.ts';
import { lengthOf } from '../shared/display-runs.ts';
import { type Child, h, unseen } from '../shared/dom.ts';
import { quoted, quotedRuns } from '../shared/quoting.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';

type Operator = Extract<PartView, { kind: 'command' }>['operator'];

const GLOSS: Readonly<Record<NonNullable<Operator>, readonly [shown: string, gloss: PlainKey]>> = {
  '&&': ['&&', 'opAnd'],
  '||': ['||', 'opOr'],
  ';': [';', 'opThen'],
  newline: ['↵', 'opLine'],
  '|': ['|', 'opPipe'],
  '&': ['&', 'opMeanwhile'],
};

/** Above this the type is a step smaller, so that a line holds more of it. */
const LONG = 48;
/** Above this an argument can be longer than a line; its rest hangs. On a shorter one the indent would draw a blank. */
const HANGING = 40;

/** The whole command, one part a row, the operators between them explained. */
export function commandPlate({ parts, cwd }: Pick<PromptView, 'parts' | 'cwd'>, voice: Voice): HTMLElement {
  const long = parts.some(
    (part) => part.kind === 'command' && part.tokens.some((token) => size(token) > LONG),
  );
  return h(
    'section',
    { class: long ? 'plate cmd long' : 'plate cmd', id: 'command', 'aria-label': voice.text('command') },
    h('div', { class: 'band' }, voice.say('inFolder', { folder: quoted(cwd, voice) })),
    parts.map((part, index) => [
      gloss(part, voice),
      h(
        'div',
        { class: part.kind === 'comment' ? 'seg inert' : 'seg' },
        unseen(voice.text('quotedPart', { index: index + 1, count: parts.length })),
        partText(part, voice),
        unseen(voice.text('endOfQuote')),
      ),
    ]),
  );
}

const size = (token: TokenView) => lengthOf(token.text);

function gloss(part: PartView, voice: Voice): Child {
  const band = (sign: string, words: PlainKey) =>
    h(
      'div',
      { class: 'band' },
      sign === '' ? null : h('span', { class: 'op', translate: 'no' }, sign),
      h('span', {}, voice.text(words)),
    );
  if (part.kind === 'comment') return band('#', 'comment');
  const operator = part.operator === null ? null : band(...GLOSS[part.operator]);
  return part.kind === 'text' ? [operator, band('', 'wholeText')] : operator;
}

function partText(part: PartView, voice: Voice): Child {
  switch (part.kind) {
    case 'command':
      return h(
        'code',
        codeAttributes,
        part.tokens.map((token) => [tokenText(token, voice), ' ']),
      );
    case 'comment':
      return h('code', codeAttributes, quotedRuns(part.text, voice));
    case 'text':
      return part.lines.map((line) => h('code', codeAttributes, quotedRuns(line, voice)));
  }
}

const codeAttributes = { dir: 'ltr', translate: 'no' } as const;

function tokenText(token: TokenView, voice: Voice): Node {
  const hang = size(token) > HANGING ? ' hang' : '';
  return h(
    'span',
    { class: `a ${token.role}${hang}` },
    token.role === 'wrapper' ? unseen(`${voice.text('wrapperPart')}: `) : null,
    token.role === 'unknown' ? unseen(`${voice.text('unknownPart')}: `) : null,
    quotedRuns(token.text, voice),
  );
}
