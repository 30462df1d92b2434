import type { Choice, PromptView } from '../../main/ipc/prompt-view.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';

const WHY_NOT: Readonly<Record<NonNullable<PromptView['withheld'][Choice]>, PlainKey>> = {
  'once-only': 'notOfferedOnce',
  'hidden-characters': 'notOfferedHidden',
  secret: 'notOfferedSecret',
  unreadable: 'notOfferedUnreadable',
  'high-warning': 'notOfferedHigh',
  'no-rule': 'notOffered',
  'several-commands': 'notOfferedSeveral',
  'arguments-decide': 'notOfferedArguments',
};

/** Said in place of what a choice would cover. */
export function whyNot(choice: Choice, { withheld }: PromptView, voice: Voice): string {
  const why = withheld[choice];
  return voice.text(why === undefined ? 'notOffered' : WHY_NOT[why]);
}
