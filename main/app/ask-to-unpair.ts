import type { Dialog } from 'electron';

import { displayString } from '../text/display.ts';
import type { Core } from './core.ts';
import { proofLines } from './stop-words.ts';
import { quoteName, type Words } from './words.ts';

interface Parts {
  readonly core: Pick<Core, 'snapshot' | 'unpair'>;
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly words: Words;
  readonly copy: (text: string) => Promise<void>;
}

/** From the menu: asks, unpairs, and says what is left to do on the gateway. */
export async function askToUnpair({ core, dialog, words, copy }: Parts): Promise<void> {
  const gateway = quoteName(core.snapshot().gateway?.name ?? null, words.gateway);
  const question = await dialog.showMessageBox({
    type: 'warning',
    message: words.unpairQuestion(gateway),
    detail: words.unpairDetail,
    buttons: [words.unpairDo, words.cancel],
    defaultId: 1,
    cancelId: 1,
  });
  if (question.response !== 0) return;
  const { removeCommand, proof } = await core.unpair();
  const told = await dialog.showMessageBox({
    type: 'info',
    message: words.unpaired,
    detail: `${words.unpairedDetail(displayString(removeCommand))}\n\n${proofLines(proof, words.stop)}`,
    buttons: [words.copy, words.done],
    defaultId: 1,
    cancelId: 1,
  });
  if (told.response === 0) await copy(removeCommand);
}
