import type * as Electron from 'electron';

import { record } from './control.ts';
import type { Menu } from './menu.ts';
import type { NativeImage } from './native-image.ts';
import { StrictEmitter } from './strict-emitter.ts';

type Supported = Pick<Electron.Tray, 'destroy' | 'isDestroyed' | 'setToolTip' | 'setTitle' | 'getTitle'>;

/** The menu bar's icon. Nothing is drawn; what it holds can be read. */
export class Tray extends StrictEmitter implements Supported {
  #title = '';

  constructor(image: NativeImage | string) {
    super('Tray', ['click', 'right-click', 'double-click']);
    record('Tray', image);
  }

  setImage(image: NativeImage | string): void {
    record('tray.setImage', image);
  }
  setContextMenu(menu: Menu | null): void {
    record('tray.setContextMenu', menu);
  }
  popUpContextMenu(menu?: Menu): void {
    record('tray.popUpContextMenu', menu);
  }
  setToolTip(text: string): void {
    record('tray.setToolTip', text);
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  getTitle(): string {
    return this.#title;
  }
  destroy(): void {
    this.becomeDestroyed();
  }
}
