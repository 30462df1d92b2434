import type { DisplayRun, DisplayText } from '../../main/text/display-text.ts';
import { codeOf, codeOfLetter, drawn, nameOf } from './display-runs.ts';
import { h } from './dom.ts';
import type { Voice } from './voice.ts';

/** Somebody else's words within a sentence of ours: on a plate of their own, isolated from its direction. */
export const quoted = (text: DisplayText, voice: Voice): HTMLElement =>
  h('bdi', { class: 'q', dir: 'ltr', translate: 'no' }, quotedRuns(text, voice));

/** The runs alone, for a place that is a plate already. Every one becomes a text node, whatever it holds. */
export const quotedRuns = (text: DisplayText, voice: Voice): Node[] =>
  drawn(text).map((run) =>
    run.kind === 'odd-word'
      ? h(
          'span',
          { class: 'odd-word' },
          run.runs.map((letter) => drawRun(letter, voice)),
        )
      : drawRun(run, voice),
  );

/** One line of a file: the blanks that indent it stay blanks, longer ones that could push text out of sight are counted. */
export const quotedLine = (line: DisplayText, voice: Voice): Node[] =>
  quotedRuns(
    line.map((run, index) =>
      run.kind === 'spaces' && (index === 0 || run.text.length <= ALIGNED) ? { ...run, kind: 'plain' } : run,
    ),
    voice,
  );

/** As many blanks as columns in a file are made of. */
const ALIGNED = 24;

function drawRun(run: DisplayRun, voice: Voice): Node {
  switch (run.kind) {
    case 'plain':
      return document.createTextNode(run.text);
    case 'spaces':
      return box(blanks(run.text, voice), blanks(run.text, voice));
    case 'escape': {
      const code = codeOf(run.text);
      const name = nameOf(run.text);
      const spoken =
        name === null
          ? voice.text('unnamedCharacter', { code })
          : voice.text('hiddenCharacter', { name: voice.text(name), code });
      return box(code, spoken);
    }
    case 'odd-script': {
      const spoken = voice.text('oddLetter', { letter: run.text, code: codeOfLetter(run.text) });
      return h('b', { class: 'odd-letter', role: 'img', 'aria-label': spoken }, run.text);
    }
    case 'secret':
      return mask(run, voice);
  }
}

/** A mask with a number can be pressed; whoever placed it listens for that. */
const mask = ({ text, secret }: DisplayRun, voice: Voice): HTMLElement =>
  secret === undefined
    ? h('span', { class: 'secret', role: 'img', 'aria-label': voice.text('hiddenSecret') }, text)
    : h(
        'button',
        {
          type: 'button',
          class: 'secret',
          'data-secret': secret,
          'aria-pressed': 'false',
          'aria-label': voice.text('pressToShow'),
        },
        text,
      );

const box = (shown: string, spoken: string): HTMLElement =>
  h('span', { class: 'esc', role: 'img', 'aria-label': spoken }, shown);

function blanks(text: string, voice: Voice): string {
  const count = text.length;
  if (!text.startsWith('\t')) return voice.text('spaces', { count });
  return count === 1 ? voice.text('tab') : voice.text('tabs', { count });
}
