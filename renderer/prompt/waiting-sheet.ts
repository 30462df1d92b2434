import type { Bridge } from '../../main/ipc/contract.ts';
import type { WaitingList } from '../../main/ipc/waiting-view.ts';
import { button } from '../shared/button.ts';
import { type Child, fill, h } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import { quoted, quotedRuns } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';

export interface WaitingSheet {
  readonly root: HTMLElement;
  /** Asks main again. @param all how many wait, with the question that is shown. */
  refresh(all: number): void;
}

/** What else waits, to be read and denied as a whole. There is no way to allow anything here. */
export function waitingSheet(bridge: Bridge<'prompt'>, voice: Voice): WaitingSheet {
  const list = h('ol', { class: 'plate waiting' });
  const act = h('div', { class: 'act' });
  const show = ({ questions, unlisted }: WaitingList, all: number) => {
    fill(
      list,
      questions.map((one) => question(one, voice)),
      unlisted === 0 ? null : h('li', { class: 'muted' }, voice.text('waitingUnlisted', { count: unlisted })),
      questions.length === 0 ? h('li', { class: 'muted' }, voice.text('waitingNone')) : null,
    );
    fill(
      act,
      button({ class: 'btn' }, () => void settled(bridge.denyAll()), voice.text('denyAll', { count: all })),
      h('span', { class: 'muted small' }, voice.text('waitingNote')),
    );
  };
  const refresh = (all: number) =>
    void settled(bridge.waiting()).then((answer) => {
      if (answer.ok) show(answer.value, all);
    });
  return { root: h('div', { class: 'stack' }, act, list), refresh };
}

function question({ agent, line, goesOn, same }: WaitingList['questions'][number], voice: Voice): Child {
  return h(
    'li',
    {},
    h('code', { dir: 'ltr', translate: 'no' }, quotedRuns(line, voice)),
    goesOn ? [' ', h('span', { class: 'any' }, voice.text('goesOn'))] : null,
    h(
      'div',
      { class: 'muted small' },
      agent === null ? voice.text('unnamedAgent') : quoted(agent, voice),
      same === 1 ? null : ` · ${voice.text('askedTimes', { count: same })}`,
    ),
  );
}
