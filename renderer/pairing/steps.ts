import type { PairingStep, PairingView } from '../../main/ipc/pairing-view.ts';
import { type Child, h, unseen } from '../shared/dom.ts';
import { icon } from '../shared/icons.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';

type Stand = 'done' | 'now' | 'todo';

/** How many steps are behind, by where pairing stands. */
const BEHIND: Readonly<Record<PairingStep, number>> = {
  enter: 0,
  failed: 0,
  connecting: 0,
  'approve-device': 1,
  'approve-commands': 2,
  connected: 4,
};

const TITLES: readonly Readonly<Record<Stand, PlainKey>>[] = [
  { done: 'reached', now: 'enterTitle', todo: 'enterTitle' },
  { done: 'deviceApproved', now: 'approveDevice', todo: 'approveDevice' },
  { done: 'commandsApproved', now: 'approveCommands', todo: 'approveCommands' },
  { done: 'connected', now: 'connected', todo: 'connected' },
];
const LATER: readonly (PlainKey | null)[] = [
  null,
  'approveDeviceWhy',
  'approveCommandsWhy',
  'connectedLater',
];

/**
 * The four steps on their rail.
 * @param now what the present step holds; @param behind what a step that is done says.
 */
export function steps(
  view: PairingView,
  voice: Voice,
  { now, behind }: { now: Child; behind: (index: number) => Child },
): HTMLElement {
  const done = BEHIND[view.step];
  return h(
    'ol',
    { class: 'steps', 'aria-label': voice.text('progress') },
    TITLES.map((titles, index) => {
      const stand: Stand = index < done ? 'done' : index === done ? 'now' : 'todo';
      const later = LATER[index] ?? null;
      return h(
        'li',
        { class: `step ${stand}`, 'aria-current': stand === 'now' ? 'step' : null },
        h(
          'span',
          { class: 'dot', 'aria-hidden': 'true' },
          stand === 'done' ? icon('check') : String(index + 1),
        ),
        h(
          'div',
          { class: 'what' },
          h(
            'h2',
            {},
            voice.text(stand === 'now' && view.step === 'connecting' ? 'connectingTitle' : titles[stand]),
            stand === 'done' ? unseen(`, ${voice.text('stepDone')}`) : null,
          ),
          stand === 'now' ? now : null,
          stand === 'done' ? behind(index) : null,
          stand === 'todo' && later !== null ? h('p', { class: 'muted' }, voice.text(later)) : null,
        ),
      );
    }),
  );
}
