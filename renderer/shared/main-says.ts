import type { DisplayText } from '../../main/ipc/display-text.ts';
import { h } from './dom.ts';
import { quoted } from './quoting.ts';
import type { Voice } from './voice.ts';

/**
 * A sentence of main. It can quote the gateway, so it never looks like the words of a window: it stands on a plate.
 * @param message from an envelope, already made safe to show; empty when main said nothing.
 */
export const mainSaid = (message: string, voice: Voice): HTMLElement =>
  message === '' ? h('p', {}, voice.text('refused')) : mainSays([{ kind: 'plain', text: message }], voice);

export const mainSays = (text: DisplayText, voice: Voice): HTMLElement => h('p', {}, quoted(text, voice));
