/** An ordinary Electron main that uses what the app uses. Nothing here knows of the stand-in. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  app,
  BrowserWindow,
  globalShortcut,
  ipcMain,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  Menu,
  nativeImage,
  Notification,
  protocol,
  session,
  shell,
  Tray,
} from 'electron';

const HOME = 'app://sample/index.html';
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";
/** The one page without a policy: there the router is the only thing that stops a request. */
const FILES = new Map([
  ['/index.html', ['text/html', CSP]],
  ['/other.html', ['text/html', CSP]],
  ['/open.html', ['text/html', "default-src * 'unsafe-inline'"]],
  ['/renderer.js', ['text/javascript', CSP]],
]);

const log: string[] = [];
Object.assign(globalThis, { sampleLog: log });

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
app.enableSandbox();
if (!app.requestSingleInstanceLock()) app.quit();

let window: BrowserWindow | null = null;

function assertSender(event: IpcMainInvokeEvent | IpcMainEvent): void {
  const frame = event.senderFrame;
  if (frame?.parent !== null || frame.url !== HOME)
    throw new Error(`rejected sender ${frame?.url ?? 'gone'}`);
}

function openWindow(): void {
  const opened = new BrowserWindow({
    width: 420,
    height: 560,
    show: false,
    title: 'Sample',
    webPreferences: {
      preload: join(app.getAppPath(), 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
    },
  });
  window = opened;
  for (const name of ['ready-to-show', 'show', 'hide', 'focus', 'blur', 'closed'] as const)
    opened.on(name as 'closed', () => log.push(name));
  opened.once('ready-to-show', () => opened.show());
  opened.on('closed', () => {
    if (window === opened) window = null;
  });
  opened.webContents.setWindowOpenHandler(({ url }) => {
    void shell.openExternal(url);
    return { action: 'deny' };
  });
  opened.webContents.on('will-navigate', (event, url) => {
    if (url.startsWith('app://sample/')) return;
    log.push(`refused to go to ${url}`);
    event.preventDefault();
  });
  opened.webContents.on('render-process-gone', (_event, { reason }) => log.push(`renderer ${reason}`));
  opened.webContents.on('preload-error', (_event, _path, error) => log.push(`preload: ${error.message}`));
  opened.loadURL(HOME).catch(() => log.push('load failed'));
}

ipcMain.handle('echo', (event, value: unknown) => {
  assertSender(event);
  return { value, url: event.senderFrame?.url };
});
ipcMain.handle('fail', (event) => {
  assertSender(event);
  throw new TypeError('deliberate');
});
ipcMain.on('clicked', (event, what: string) => {
  assertSender(event);
  new Notification({ title: 'Clicked', body: what }).show();
});

async function serve(request: Request): Promise<Response> {
  const { host, pathname } = new URL(request.url);
  const [type, policy] = FILES.get(pathname) ?? [];
  if (host !== 'sample' || type === undefined || policy === undefined)
    return new Response('no', { status: 404 });
  const body = await readFile(join(app.getAppPath(), pathname));
  return new Response(body, { headers: { 'content-type': type, 'content-security-policy': policy } });
}

void app.whenReady().then(() => {
  protocol.handle('app', serve);
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(permission === 'clipboard-sanitized-write' || permission === 'geolocation');
  });
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => permission !== 'geolocation');
  session.defaultSession.webRequest.onBeforeRequest(({ url }, answer) => {
    const cancel = url.startsWith('http');
    if (cancel) log.push(`cancelled ${url}`);
    answer({ cancel });
  });
  globalShortcut.register('Control+Alt+S', () => log.push('shortcut'));

  const tray = new Tray(nativeImage.createEmpty());
  tray.setToolTip('Sample');
  tray.on('click', () => log.push('tray clicked'));
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Open', click: openWindow },
      {
        label: 'Tell',
        id: 'tell',
        click: () => window?.webContents.send('news', { text: 'hello from the tray' }),
      },
      { label: 'Pause', type: 'checkbox', click: (item) => log.push(`paused ${String(item.checked)}`) },
      { type: 'separator' },
      { label: 'More', submenu: [{ label: 'Disabled', enabled: false, click: () => log.push('never') }] },
      { label: 'Quit', role: 'quit' },
    ]),
  );
  openWindow();
});
app.on('second-instance', (_event, argv) => log.push(`second instance ${argv.at(-1) ?? ''}`));
app.on('will-quit', () => process.stdout.write('will quit\n'));
app.on('window-all-closed', () => log.push('window-all-closed'));
