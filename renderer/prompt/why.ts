import type { PromptView } from '../../main/ipc/prompt-view.ts';
import type { Child } from '../shared/dom.ts';
import { quoted } from '../shared/quoting.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';
import { reasonWords } from '../words/reason-words.ts';

/** Our words for a reason; undefined: it is from a newer main, which has some. */
export function reasonKey(code: string): PlainKey | undefined {
  const key = `why-${code}`;
  return isReason(key) ? key : undefined;
}

const isReason = (key: string): key is keyof typeof reasonWords => Object.hasOwn(reasonWords, key);

/**
 * Why this asks, in our words. Main's sentence names things of the request and is English, so it stands on a plate, and
 * only where English is read or there is nothing else.
 */
export function why({ code, text }: PromptView['reason'], voice: Voice): Child[] {
  const words = reasonKey(code);
  if (words === undefined) return [quoted(text, voice)];
  return [voice.text(words), ...(voice.language === 'en' ? [' ', quoted(text, voice)] : [])];
}
