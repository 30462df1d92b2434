import type { PromptView } from '../../main/ipc/prompt-view.ts';
import type { PlainKey } from '../shared/voice.ts';
import type { Decision } from './answering.ts';
import type { MenuItem } from './more-menu.ts';

interface Acts {
  readonly copy: () => void;
  readonly askReason: () => void;
  readonly decide: (decision: Decision) => void;
}

/** What else can be done with a question. Nothing in it allows anything. */
export function menuItems(
  { holdsSecret }: PromptView,
  details: HTMLElement,
  { copy, askReason, decide }: Acts,
): readonly MenuItem[] {
  const pause = (name: PlainKey, quiet: 'session' | 'agent'): MenuItem => ({
    name,
    note: 'pauseNote',
    shortcut: null,
    act: () => decide({ decision: 'deny', quiet }),
  });
  return [
    { name: 'copyCommand', note: holdsSecret ? 'copyHoldsSecret' : null, shortcut: '⌘C', act: copy },
    { name: 'denyWithReason', note: null, shortcut: null, act: askReason },
    pause('denyAndPauseSession', 'session'),
    pause('denyAndPauseAgent', 'agent'),
    {
      name: details.hidden ? 'showDetails' : 'hideDetails',
      note: null,
      shortcut: null,
      act: () => {
        details.hidden = !details.hidden;
        if (!details.hidden) details.scrollIntoView({ block: 'nearest' });
      },
    },
  ];
}
