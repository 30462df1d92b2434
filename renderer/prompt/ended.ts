import type { EndReason, PromptBoard, PromptView } from '../../main/ipc/prompt-view.ts';
import { button, keys } from '../shared/button.ts';
import { h } from '../shared/dom.ts';
import { duration } from '../shared/format.ts';
import { icon, type IconName } from '../shared/icons.ts';
import { quoted } from '../shared/quoting.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';

const ENDS: Readonly<Record<Exclude<EndReason, 'expired'>, readonly [IconName, PlainKey, PlainKey]>> = {
  cancelled: ['note', 'endedCancelled', 'endedCancelledWhy'],
  'connection-lost': ['caution', 'endedLost', 'endedLostWhy'],
  'answered-elsewhere': ['note', 'endedElsewhere', 'endedElsewhereWhy'],
  changed: ['caution', 'endedChanged', 'endedChangedWhy'],
  paused: ['note', 'endedPaused', 'nothingRan'],
  locked: ['note', 'endedLocked', 'nothingRan'],
  sleep: ['note', 'endedSleep', 'nothingRan'],
  unpaired: ['note', 'endedUnpaired', 'nothingRan'],
  quit: ['note', 'endedQuit', 'nothingRan'],
  'too-many': ['note', 'endedTooMany', 'nothingRan'],
  'surface-gone': ['note', 'endedGone', 'nothingRan'],
  quiet: ['note', 'endedQuiet', 'nothingRan'],
  gone: ['note', 'endedGone', 'nothingRanHere'],
};

/** What stands in the place of scope and buttons once the question is over. */
export function endedRow(
  { ended, changedFile }: Pick<PromptBoard, 'ended' | 'changedFile'>,
  prompt: PromptView,
  voice: Voice,
  close: () => void,
): { root: HTMLElement; close: HTMLButtonElement } {
  const reason = ended ?? 'gone';
  const patience = duration(prompt.expiresAtMs - prompt.askedAtMs, voice.locale);
  const [name, title, why] =
    reason === 'expired'
      ? (['clock', voice.text('endedExpired', { duration: patience }), 'endedExpiredWhy'] as const)
      : ([ENDS[reason][0], voice.text(ENDS[reason][1]), ENDS[reason][2]] as const);
  const press = button(
    { class: 'btn lg default', 'aria-keyshortcuts': 'Escape' },
    close,
    voice.text('close'),
    keys('esc'),
  );
  const root = h(
    'footer',
    { class: 'foot ended' },
    icon(name, name),
    h(
      'div',
      { class: 'grow', role: 'alert' },
      h(
        'b',
        {},
        reason === 'changed' && changedFile !== null
          ? voice.say('endedChangedFile', { file: quoted(changedFile, voice) })
          : title,
      ),
      h('p', { class: 'muted' }, voice.text(why)),
    ),
    press,
  );
  return { root, close: press };
}
