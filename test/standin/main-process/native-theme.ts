import type * as Electron from 'electron';

import { openWindows } from './open-windows.ts';
import { StrictEmitter } from './strict-emitter.ts';

type Source = Electron.NativeTheme['themeSource'];

/** The machine's own theme is light. A forced one is told to every page as prefers-color-scheme. */
class NativeTheme
  extends StrictEmitter
  implements Pick<Electron.NativeTheme, 'shouldUseDarkColors' | 'themeSource'>
{
  #source: Source = 'system';

  constructor() {
    super('nativeTheme', ['updated']);
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
  get themeSource(): Source {
    return this.#source;
  }
  set themeSource(source: Source) {
    const wasDark = this.shouldUseDarkColors;
    this.#source = source;
    for (const window of openWindows()) void window.webContents.applyTheme(this.shouldUseDarkColors);
    if (this.shouldUseDarkColors !== wasDark) this.emit('updated');
  }
}

export const nativeTheme = new NativeTheme();
