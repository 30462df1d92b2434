import type * as Electron from 'electron';
import { z } from 'zod';

import { decodeList, encode } from '../shared/plain-data.ts';
import type { ToPage } from '../shared/world-config.ts';
import { complain } from './control.ts';
import type { WebFrame } from './frames.ts';
import { callHandler, ipcMain } from './ipc-main.ts';
import { fromBrowser } from './schemes.ts';
import { electronEvent } from './strict-emitter.ts';

const toMain = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('invoke'), id: z.number(), channel: z.string(), args: z.string() }),
  z.strictObject({ kind: z.literal('send'), channel: z.string(), args: z.string() }),
  z.strictObject({ kind: z.literal('preload-error'), message: z.string(), stack: z.string() }),
]);

const letter = z.strictObject({ url: z.string(), message: toMain });

/** Where a message came from. `frame` is asked when the app looks: null once that document is gone. */
export interface Origin {
  readonly sender: object;
  frame(url: string): WebFrame | null;
  onPreloadError(error: Error): void;
  answer(message: ToPage): void;
}

/** Takes one message of an isolated world to the app's handlers and the answer back. */
export async function receive(text: string, origin: Origin): Promise<void> {
  const { url, message } = letter.parse(JSON.parse(text));
  if (message.kind === 'preload-error') {
    origin.onPreloadError(Object.assign(new Error(message.message), { stack: message.stack }));
    return;
  }
  const event = electronEvent(
    Object.defineProperty({ sender: origin.sender, type: 'frame', processId: 1, frameId: 1 }, 'senderFrame', {
      get: () => origin.frame(fromBrowser(url)),
    }),
  ) as unknown as Electron.IpcMainInvokeEvent; // the app's handlers know it by Electron's type
  const args = decodeList(message.args);
  if (message.kind === 'send') {
    ipcMain.emit(message.channel, event, ...args);
    return;
  }
  const { id, channel } = message;
  try {
    const value = encode(await callHandler(channel, event, args));
    origin.answer({ kind: 'answer', id, ok: true, value });
  } catch (error) {
    complain(`Error occurred in handler for '${channel}'`, error);
    origin.answer({
      kind: 'answer',
      id,
      ok: false,
      message: error instanceof Error ? error.message : String(error),
    });
  }
}
