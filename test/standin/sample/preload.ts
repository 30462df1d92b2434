import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';

contextBridge.exposeInMainWorld('sample', {
  echo: (value: unknown) => ipcRenderer.invoke('echo', value),
  fail: () => ipcRenderer.invoke('fail'),
  clicked: (what: string) => ipcRenderer.send('clicked', what),
  add: (a: number, b: number) => a + b,
  throws: () => {
    throw new RangeError('sync boom');
  },
  unsupported: () => Reflect.get(ipcRenderer, 'sendSync') as unknown,
  nested: { list: [1, 2, 3], deep: { keysOf: (object: object) => Object.keys(object) } },
  onNews: (listener: (news: unknown) => void) => {
    const told = (_event: IpcRendererEvent, news: unknown): void => listener(news);
    ipcRenderer.on('news', told);
    return () => void ipcRenderer.off('news', told);
  },
});
