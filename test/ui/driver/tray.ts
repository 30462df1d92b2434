import type { ElectronApplication } from 'playwright';

import { until } from './until.ts';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly visible: boolean;
  readonly checked: boolean;
  readonly submenu?: readonly MenuEntry[];
}

/** The tray that was created last, through what the recorder kept of it. */
export class TrayDriver {
  readonly #electron: ElectronApplication;

  constructor(electron: ElectronApplication) {
    this.#electron = electron;
  }

  /** The menu as it stands now. */
  menu(): Promise<readonly MenuEntry[]> {
    return this.#electron.evaluate(() => {
      const read = (menu: Electron.Menu): MenuEntry[] =>
        menu.items.map(({ id, label, type, enabled, visible, checked, submenu }) => ({
          ...{ id, label, type, enabled, visible, checked },
          ...(submenu ? { submenu: read(submenu) } : {}),
        }));
      const menu = globalThis.uiRecorder.trays.at(-1)?.menu;
      if (!menu) throw new Error('There is no tray menu');
      return read(menu);
    });
  }

  /**
   * Clicks an item as a person would, once it is there: a disabled one does nothing.
   *
   * @param path label or id of the item, before it those of its submenus
   */
  async click(...path: readonly string[]): Promise<void> {
    await until(`'${path.join(' > ')}' in the tray menu`, () => this.#clickNow(path));
  }

  /** @throws when there is no such item */
  #clickNow(path: readonly string[]): Promise<true> {
    return this.#electron.evaluate((_electron, names): true => {
      let menu = globalThis.uiRecorder.trays.at(-1)?.menu;
      let item: Electron.MenuItem | undefined;
      for (const name of names) {
        const items: Electron.MenuItem[] = menu?.items ?? [];
        item = items.find(({ id, label }) => label === name || id === name);
        if (!item)
          throw new Error(`No '${name}' in the tray menu: ${items.map(({ label }) => label).join(', ')}`);
        menu = item.submenu ?? null;
      }
      if (item?.enabled === true && item.visible) Reflect.apply(item.click, item, []);
      return true;
    }, path);
  }

  /** A click on the icon itself. */
  clickIcon(): Promise<void> {
    return this.#electron.evaluate(() => {
      globalThis.uiRecorder.trays
        .at(-1)
        ?.tray.emit('click', {}, { x: 0, y: 0, width: 22, height: 22 }, { x: 0, y: 0 });
    });
  }
}
