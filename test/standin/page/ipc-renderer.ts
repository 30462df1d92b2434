import { decode, decodeList, encode } from '../shared/plain-data.ts';
import type { ToMain, ToPage } from '../shared/world-config.ts';

type Listener = (event: { readonly sender: unknown }, ...args: unknown[]) => void;

interface IpcRenderer {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  send(channel: string, ...args: unknown[]): void;
  on(channel: string, listener: Listener): IpcRenderer;
  off(channel: string, listener: Listener): IpcRenderer;
}

/** The preload's `ipcRenderer`, and the function by which main speaks to it. */
export function ipcRenderer(toMain: (message: ToMain) => void): {
  api: IpcRenderer;
  deliver: (message: ToPage) => void;
} {
  const listeners = new Map<string, Listener[]>();
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let lastId = 0;

  const api: IpcRenderer = {
    // async, so that arguments that cannot cross reject, as in Electron
    async invoke(channel, ...args) {
      const message = { kind: 'invoke', id: (lastId += 1), channel, args: encode(args) } as const;
      return new Promise((resolve, reject) => {
        waiting.set(message.id, { resolve, reject });
        toMain(message);
      });
    },
    send: (channel, ...args) => toMain({ kind: 'send', channel, args: encode(args) }),
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return api;
    },
    off(channel, listener) {
      const left = [...(listeners.get(channel) ?? [])];
      const index = left.lastIndexOf(listener);
      if (index !== -1) left.splice(index, 1);
      listeners.set(channel, left);
      return api;
    },
  };

  const deliver = (message: ToPage): void => {
    if (message.kind === 'event') {
      const args = decodeList(message.args);
      for (const listener of listeners.get(message.channel) ?? []) listener({ sender: api }, ...args);
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) call?.resolve(decode(message.value));
    else call?.reject(new Error(message.message));
  };
  return { api, deliver };
}
