import type { FailureCode } from '../../main/ipc/contract.ts';
import type { DisplayText } from '../../main/text/display-text.ts';
import { h } from './dom.ts';
import { quoted } from './quoting.ts';
import type { PlainKey, Voice } from './voice.ts';

/** What went wrong, in our words: main's own sentence is English, and says more where English is read. */
const FAILURES: Readonly<Partial<Record<FailureCode, PlainKey>>> = {
  'pairing-failed': 'failedPairing',
  'policy-changed': 'failedPolicyChanged',
  'policy-refused': 'failedPolicyRefused',
  'not-available': 'failedNotAvailable',
  'not-proven': 'failedNotProven',
  'not-kept': 'failedNotKept',
  'not-saved': 'failedNotSaved',
  'bad-setting': 'failedBadSetting',
};

/**
 * Why something that was asked of main did not happen. Its sentence can quote the gateway, so it never looks like the
 * words of a window: it stands on a plate.
 */
export function mainSaid(
  { code, message }: { readonly code: FailureCode; readonly message: string },
  voice: Voice,
): HTMLElement {
  if (message === '') return h('p', {}, voice.text('refused'));
  if (voice.language === 'en') return mainSays([{ kind: 'plain', text: message }], voice);
  return h('p', {}, voice.text(FAILURES[code] ?? 'failed'));
}

/** A sentence of main's by itself. It is English: where another language is read it is folded away. */
export function mainSays(text: DisplayText, voice: Voice): HTMLElement {
  if (voice.language === 'en') return h('p', {}, quoted(text, voice));
  return h(
    'details',
    {},
    h('summary', {}, voice.text('mainSays')),
    h('p', { lang: 'en' }, quoted(text, voice)),
  );
}
