import { join } from 'node:path';

import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';

import type { TrayAction, TrayIcon, TrayItem, TrayModel } from '../tray-menu.ts';

/** Draws a model in the menu bar. The image is a template: macOS colours it for light, dark and pressed. */
export class MenuBar {
  readonly #tray: Tray;
  readonly #icons: string;
  readonly #act: (action: TrayAction) => void;
  readonly #sublabels: boolean;

  /**
   * @param icons folder of the template images.
   * @param sublabels whether the system draws a second line (macOS 14.4 and later); else it joins the first.
   */
  constructor(icons: string, sublabels: boolean, act: (action: TrayAction) => void) {
    this.#icons = icons;
    this.#sublabels = sublabels;
    this.#act = act;
    this.#tray = new Tray(this.#image('connected'));
  }

  show({ icon, count, title, items }: TrayModel): void {
    this.#tray.setImage(this.#image(icon));
    this.#tray.setTitle(count === 0 ? '' : count > 9 ? '9+' : String(count));
    this.#tray.setToolTip(title);
    this.#tray.setContextMenu(Menu.buildFromTemplate(items.map((item) => this.#option(item))));
  }

  #image(icon: TrayIcon) {
    const image = nativeImage.createFromPath(join(this.#icons, `tray-${icon}Template.png`));
    image.setTemplateImage(true);
    return image;
  }

  #option(item: TrayItem): MenuItemConstructorOptions {
    if (item.kind === 'separator') return { type: 'separator' };
    const { label, sublabel } = item;
    const words =
      sublabel === null || this.#sublabels
        ? { label, ...(sublabel === null ? {} : { sublabel }) }
        : { label: `${label}, ${sublabel}` };
    if (item.kind === 'text') return { ...words, enabled: false };
    const { action, accelerator } = item;
    return { ...words, ...(accelerator === null ? {} : { accelerator }), click: () => this.#act(action) };
  }
}
