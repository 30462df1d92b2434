import type { Bridge } from '../../main/ipc/contract.ts';
import { h } from '../shared/dom.ts';
import { follow } from '../shared/follow.ts';
import { followTextSize } from '../shared/text-size.ts';
import { meaningOf } from './key-rules.ts';
import { PromptScreen } from './prompt-screen.ts';

declare const latchkey: Bridge<'prompt'>;

const place = document.body.appendChild(h('main'));
let screen: PromptScreen | null = null;
let showing = '';

followTextSize();
follow(latchkey, (board, voice) => {
  document.title = voice.text('promptTitle');
  const { prompt } = board;
  const next =
    prompt === null ? '' : JSON.stringify([prompt.id, prompt.digest, prompt.edition, board.language]);
  if (next !== showing) {
    showing = next;
    screen?.dispose();
    screen = prompt === null ? null : new PromptScreen(prompt, board.arming, voice, latchkey);
    if (screen !== null) place.append(screen.root);
    screen?.arrive();
  }
  screen?.update(board);
});

setInterval(() => screen?.tick(), 200);
window.addEventListener('focus', () => screen?.disturbed());
window.addEventListener('blur', () => screen?.left());

document.addEventListener('keydown', (event) => {
  // A key that composes a syllable belongs to what is typed.
  if (screen === null || !event.isTrusted || event.isComposing) return;
  const meaning = meaningOf(event, screen.focusPlace(), getSelection()?.isCollapsed === false);
  if (meaning === null) return;
  event.preventDefault();
  screen.obey(meaning, event.key);
});
