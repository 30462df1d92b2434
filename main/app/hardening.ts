import type { App, Session } from 'electron';

import { pageFile } from './page-files.ts';

/** Log lines about what was stopped. */
export type BlockedLog = (event: { what: string; url: string }) => void;

/** MUST run before the first window: no page of ours leads anywhere, opens anything or embeds anything. */
export function hardenWebContents(app: Pick<App, 'on'>, log: BlockedLog): void {
  app.on('web-contents-created', (_created, contents) => {
    // SECURITY(electron-13): every way to another address, in every frame.
    contents.on('will-navigate', (event) => stop(event, 'navigation'));
    contents.on('will-frame-navigate', (event) => stop(event, 'navigation'));
    contents.on('will-redirect', (event) => stop(event, 'redirection'));
    // SECURITY(electron-12)
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
      log({ what: 'webview', url: contents.getURL() });
    });
    // SECURITY(electron-14)
    contents.setWindowOpenHandler(({ url }) => {
      log({ what: 'window', url });
      return { action: 'deny' };
    });
  });

  function stop(event: { preventDefault: () => void; url: string }, what: string) {
    event.preventDefault();
    log({ what, url: event.url });
  }
}

/** MUST run before the first window is loaded: nothing is permitted, and nothing but our own files is fetched. */
export function hardenSession(session: Session, log: BlockedLog): void {
  // SECURITY(electron-5): both handlers; Electron grants what is not answered.
  session.setPermissionRequestHandler((contents, permission, answer) => {
    log({ what: `permission ${permission}`, url: contents.getURL() });
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // SECURITY(electron-1)
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const cancel = pageFile(url) === null;
    if (cancel) log({ what: 'request', url });
    answer({ cancel });
  });
}
