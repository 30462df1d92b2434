import type { MenuItemConstructorOptions } from 'electron';

/**
 * The menu of an app without a menu bar of its own. It is never seen, but without it Command-C, Command-V and the
 * larger text of a window would do nothing. Reload, developer tools and new windows are not in it.
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
  { label: 'View', submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }] },
  { label: 'Window', submenu: [{ role: 'close' }, { role: 'minimize' }] },
];
