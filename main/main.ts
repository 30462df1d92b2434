import { hostname, release } from 'node:os';
import { join } from 'node:path';

import {
  app,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  powerMonitor,
  protocol,
  session,
  systemPreferences,
} from 'electron';

import { runApp, type RunningApp } from './app/app.ts';
import { appMenu } from './app/app-menu.ts';
import { hardenSession, hardenWebContents } from './app/hardening.ts';
import { endCleanly, onUnexpectedError } from './app/lifecycle.ts';
import { blockedLog, ipcLog, logFailure, logFatal } from './app/log.ts';
import { windowOpener } from './app/open-window.ts';
import { registerScheme, servePages } from './app/pages.ts';
import { CodeSignatures } from './app/platform/code-signatures.ts';
import { stayInMenuBar } from './app/platform/dock.ts';
import { loginItem } from './app/platform/login-item.ts';
import { drawsSublabels, MenuBar } from './app/platform/menu-bar.ts';
import { showNotice } from './app/platform/notices.ts';
import { watchPower } from './app/platform/power.ts';
import { touchId } from './app/platform/touch-id.ts';
import { textSaver } from './app/save-text.ts';
import { startCore, usualPath } from './app/start-core.ts';
import { takeoverSwitch } from './app/start-guard.ts';
import { languageOf } from './app/words.ts';
import { IpcServer } from './ipc/ipc-server.ts';
import { listenOn } from './nearby/bonjour.ts';
import { isPairingLink } from './pairing/setup-code.ts';

const dist = join(app.getAppPath(), 'dist');
let running: RunningApp | null = null;
/** A link that starts the app comes before there is anything to fill in; the latest one counts. */
let earlyLink: string | null = null;

// Before ready: what comes later would be too late.
const takeover = takeoverSwitch(process.argv, app.isPackaged);
if (takeover !== null) {
  logFailure('start', new Error(`Latchkey does not start with ${takeover}`));
  app.exit(1);
} else if (!app.requestSingleInstanceLock())
  app.exit(0); // The one that runs already shows itself.
else boot();

function boot(): void {
  registerScheme(protocol); // MUST run before ready
  app.on('open-url', (event, link) => {
    event.preventDefault();
    if (running === null) earlyLink = link;
    else running.openLink(link);
  });
  app.enableSandbox(); // MUST run before ready. SECURITY(electron-4)
  hardenWebContents(app, blockedLog); // MUST run before the first window
  onUnexpectedError((error) => {
    logFatal(error);
    running?.fail();
  });
  app.whenReady().then(start).catch(giveUp);
}

async function start(): Promise<void> {
  stayInMenuBar(app, process.platform);
  Menu.setApplicationMenu(Menu.buildFromTemplate([...appMenu]));
  hardenSession(session.defaultSession, blockedLog); // MUST run before the first window
  servePages(protocol, join(dist, 'renderer')); // MUST run before the first window
  const core = await startCore(app);
  const language = languageOf(app.getPreferredSystemLanguages());

  const menuBar = new MenuBar(join(dist, 'icons'), drawsSublabels(process.platform, release()), (action) =>
    running?.act(action),
  );
  const ipc = new IpcServer(ipcMain, ipcLog);
  running = runApp(core, {
    ipc,
    open: windowOpener(ipc, join(dist, 'preload'), app.isPackaged),
    clipboard,
    dialog,
    shortcuts: globalShortcut,
    saveText: textSaver(dialog, app),
    usualPath: usualPath(),
    loginItem: loginItem(app, process.platform),
    sensor: touchId(systemPreferences),
    listen: listenOn(),
    showTray: (model) => menuBar.show(model),
    notify: showNotice,
    signatures: process.platform === 'darwin' ? new CodeSignatures() : null,
    quit: () => app.quit(),
    logFailure,
    language,
    version: app.getVersion(),
    deviceName: hostname(),
  });

  const { reveal, end, openLink } = running;
  app.on('second-instance', (_event, argv) => {
    const link = argv.find(isPairingLink);
    if (link === undefined) reveal();
    else openLink(link);
  });
  if (earlyLink !== null) openLink(earlyLink);
  for (const link of process.argv.filter(isPairingLink)) openLink(link);
  app.on('activate', reveal);
  watchPower(powerMonitor, {
    suspend: () => core.suspend(),
    wake: () => core.wake(),
    locked: () => void core.halt.screenLocked().catch((error: unknown) => logFailure('lock', error)),
    unlocked: () => {
      core.operator.lookAgain();
      core.halt.screenUnlocked().catch((error: unknown) => logFailure('unlock', error));
    },
  });
  endCleanly(app, end);
}

/** Without a core there is nothing to show and nothing may run. */
function giveUp(error: unknown): void {
  logFatal(error);
  const detail = error instanceof Error ? error.message : 'The reason is in its log.';
  void dialog
    .showMessageBox({ type: 'error', message: 'Latchkey cannot start', detail })
    .finally(() => app.exit(1));
}
