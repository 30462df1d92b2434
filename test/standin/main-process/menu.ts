import type * as Electron from 'electron';

import { strict, unsupported } from '../shared/strict.ts';
import { app } from './app.ts';
import { StrictEmitter } from './strict-emitter.ts';

type Template = Electron.MenuItemConstructorOptions;

const OPTIONS: ReadonlySet<string> = new Set([
  'accelerator',
  'checked',
  'click',
  'enabled',
  'icon',
  'id',
  'label',
  'role',
  'submenu',
  'sublabel',
  'toolTip',
  'type',
  'visible',
]);

class MenuItem {
  readonly id: string;
  readonly role: Template['role'];
  readonly type: NonNullable<Template['type']>;
  readonly submenu: Menu | null;
  readonly toolTip: string;
  readonly sublabel: string;
  readonly accelerator: string | null;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  /** What a person's click does; a test calls it through the driver. */
  readonly click: () => void;

  constructor(options: Template) {
    const unknown = Object.keys(options).find((name) => !OPTIONS.has(name));
    if (unknown !== undefined) throw unsupported(`The menu item option '${unknown}'`);
    const { submenu, role, click } = options;
    this.id = options.id ?? '';
    this.role = role;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : null;
    this.type = options.type ?? (this.submenu === null ? 'normal' : 'submenu');
    this.label = options.label ?? role ?? '';
    this.toolTip = options.toolTip ?? '';
    this.sublabel = options.sublabel ?? '';
    this.accelerator = options.accelerator ?? null;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.click = (): void => {
      if (!this.enabled) return;
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (this.type === 'radio') this.checked = true;
      // The app gets the item that it knows by Electron's type.
      if (click !== undefined) click(strict('MenuItem', this) as unknown as Electron.MenuItem, undefined, {});
      else if (role === 'quit') app.quit();
      else if (role !== undefined) throw unsupported(`A click on the menu role '${role}'`);
    };
  }
}

/** A menu is a list that tests read and click through the driver; nothing is drawn. */
export class Menu extends StrictEmitter {
  readonly items: MenuItem[] = [];

  constructor() {
    super('Menu', ['menu-will-show', 'menu-will-close']);
  }

  static buildFromTemplate(template: readonly Template[]): Menu {
    const menu = new Menu();
    for (const options of template) menu.items.push(strict('MenuItem', new MenuItem(options)));
    return menu;
  }

  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }
}

let applicationMenu: Menu | null = null;
