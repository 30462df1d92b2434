import type { PromptView } from '../../main/ipc/prompt-view.ts';
import type { Child } from '../shared/dom.ts';
import { quoted } from '../shared/quoting.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';

const REASONS: Readonly<Record<string, PlainKey>> = {
  'allowlist-miss': 'notOnList',
  'always-ask': 'askAlways',
  'never-list-prompt': 'alwaysAsksFor',
  'policy-file-bad': 'policyFileBad',
  'own-files': 'namesOwnFiles',
  'changed-since-allowed': 'changedSince',
  'unknown-parts': 'computedParts',
  'shell-behind-wrapper': 'shellBehind',
  'startup-files': 'readsStartup',
  'environment-wrapper': 'setsVariables',
  'launcher-not-trusted': 'launcherShared',
  carrier: 'carries',
  'fetched-program': 'fetched',
};

/** Our words for a reason to ask; undefined: only main has some. */
export const reasonWords = (code: string): PlainKey | undefined => REASONS[code];

/** Why this asks, in our words and in main's. Main's sentence names things of the request, so it stands on a plate. */
export function why({ code, text }: PromptView['reason'], voice: Voice): Child[] {
  const words = reasonWords(code);
  return [words === undefined ? null : `${voice.text(words)} `, quoted(text, voice)];
}
