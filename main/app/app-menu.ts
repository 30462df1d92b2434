import type { MenuItemConstructorOptions } from 'electron';

/**
 * The menu of an app without a menu bar of its own. It is never seen, but without it Command-C and Command-V would do
 * nothing. Reload, developer tools, new windows and page zoom are not in it: larger text is the windows' own.
 */
export const appMenu: readonly MenuItemConstructorOptions[] = [
  { label: 'Latchkey', submenu: [{ role: 'hide' }, { type: 'separator' }, { role: 'quit' }] },
  {
    label: 'Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ],
  },
  { label: 'Window', submenu: [{ role: 'close' }, { role: 'minimize' }] },
];
