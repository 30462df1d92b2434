/** What `import … from 'electron'` gives to main. A name that is not here fails at import. */
import { isMainThread } from 'node:worker_threads';

import { app } from './app.ts';
import { startChromium } from './chromium.ts';
import { complain, installControl } from './control.ts';
import { chromiumProfile, switches } from './paths.ts';
import { onRequest } from './requests.ts';
import { setChromium } from './running.ts';

export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { ipcMain } from './ipc-main.ts';
export { Menu } from './menu.ts';
export { nativeImage } from './native-image.ts';
export { nativeTheme } from './native-theme.ts';
export { Notification } from './notification.ts';
export { protocol } from './protocol.ts';
export { session } from './session.ts';
export { clipboard, dialog, globalShortcut, powerMonitor, shell, systemPreferences } from './system.ts';
export { Tray } from './tray.ts';
export { webContents } from './web-contents.ts';

async function start(): Promise<void> {
  const chromium = await startChromium(chromiumProfile, switches, (code) => {
    complain('Chromium', `exited with ${String(code)}`);
    app.exit(1);
  });
  await chromium.context.route(() => true, onRequest);
  setChromium(chromium);
  process.stderr.write(`DevTools listening on ${chromium.endpoint}\n`); // Playwright waits for this line
  app.becomeReady(() => chromium.close());
}

if (!isMainThread) throw new Error('electron is not available in worker threads');
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit());
installControl(start);
