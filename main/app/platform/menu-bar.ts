import { join } from 'node:path';

import { Menu, type MenuItemConstructorOptions, type NativeImage, nativeImage, Tray } from 'electron';

import type { TrayAction, TrayItem, TrayModel } from '../tray-menu.ts';

/** Second lines in menus came with macOS 14.4, which is Darwin 23.4. */
export function drawsSublabels(platform: NodeJS.Platform, release: string): boolean {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  return platform === 'darwin' && (major > 23 || (major === 23 && minor >= 4));
}

/** Draws a model in the menu bar. The image is a template: macOS colours it for light, dark and pressed. */
export class MenuBar {
  readonly #tray: Tray;
  readonly #icons: string;
  readonly #act: (action: TrayAction) => void;
  readonly #sublabels: boolean;
  readonly #images = new Map<string, NativeImage>();

  /**
   * @param icons folder of the template images.
   * @param sublabels whether the system draws a second line (macOS 14.4 and later); else it joins the first.
   */
  constructor(icons: string, sublabels: boolean, act: (action: TrayAction) => void) {
    this.#icons = icons;
    this.#sublabels = sublabels;
    this.#act = act;
    this.#tray = new Tray(this.#image({ icon: 'unpaired', count: 0 }));
  }

  show(model: TrayModel): void {
    this.#tray.setImage(this.#image(model));
    this.#tray.setToolTip(model.title);
    this.#tray.setContextMenu(Menu.buildFromTemplate(model.items.map((item) => this.#option(item))));
  }

  #image({ icon, count }: Pick<TrayModel, 'icon' | 'count'>) {
    const name = icon === 'pending' ? `pending-${count > 9 ? 'many' : count}` : icon;
    const known = this.#images.get(name);
    if (known !== undefined) return known;
    const image = nativeImage.createFromPath(join(this.#icons, `tray-${name}Template.png`));
    image.setTemplateImage(true);
    this.#images.set(name, image);
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
    return {
      ...words,
      id: action,
      ...(accelerator === null ? {} : { accelerator }),
      click: () => this.#act(action),
    };
  }
}
