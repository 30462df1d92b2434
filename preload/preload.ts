import { contextBridge, ipcRenderer } from 'electron';

/** One row per entry of the window's own part of main/ipc/contract.ts: filled in when this file is bundled. */
declare const SURFACE: readonly {
  readonly name: string;
  readonly kind: 'invoke' | 'notify';
  readonly channel: string;
}[];

const calls = SURFACE.filter(({ kind }) => kind === 'invoke').map(({ name, channel }) => [
  name,
  (argument: unknown) => ipcRenderer.invoke(channel, argument),
]);

// SECURITY(electron-20): one function per entry. The window gets neither ipcRenderer nor an event object.
const news = SURFACE.filter(({ kind }) => kind === 'notify').map(({ name, channel }) => [
  `on${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  (listener: (payload: unknown) => void) => {
    const heard = (_event: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on(channel, heard);
    return () => void ipcRenderer.off(channel, heard);
  },
]);

contextBridge.exposeInMainWorld('latchkey', Object.fromEntries([...calls, ...news]));
