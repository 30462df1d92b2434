import type { Frame, Request as PageRequest, Route } from 'playwright';

import { complain, recordRefusedRequest } from './control.ts';
import { webFrame } from './frames.ts';
import { windowOfPage } from './open-windows.ts';
import { fromBrowser, handlerOf } from './schemes.ts';
import { serve } from './serve.ts';
import { electronEvent } from './strict-emitter.ts';
import type { WebContents } from './web-contents.ts';
import { isCancelled } from './web-request.ts';

/** The frame that asked, or null when it is gone or belongs to no window of the app. */
function frameOf(request: PageRequest): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}

/** Tells the app that a frame wants to go elsewhere. */
function isNavigationAllowed(contents: WebContents, frame: Frame, url: string): boolean {
  const isMainFrame = frame.parentFrame() === null;
  const details = {
    url,
    isMainFrame,
    isSameDocument: false,
    frame: webFrame(frame),
    initiator: webFrame(frame),
  };
  const anyFrame = electronEvent({ ...details });
  contents.emit('will-frame-navigate', anyFrame);
  if (anyFrame.defaultPrevented) return false;
  if (!isMainFrame) return true;
  const mainFrame = electronEvent({ ...details });
  contents.emit('will-navigate', mainFrame, url, false, true);
  return !mainFrame.defaultPrevented;
}

/**
 * Decides every request of every page: the app may refuse it, a protocol handler may answer it, and nothing else exists.
 */
export async function onRequest(route: Route, request: PageRequest): Promise<void> {
  const url = fromBrowser(request.url());
  try {
    const frame = frameOf(request);
    const contents = frame === null ? undefined : windowOfPage(frame.page())?.webContents;
    if (frame === null || contents === undefined) {
      await route.abort('aborted');
      return;
    } // a popup: it never loads

    const navigates = request.isNavigationRequest();
    const byApp = frame.parentFrame() === null && contents.isOwnLoad(request.url());
    if (navigates && !byApp && !isNavigationAllowed(contents, frame, url)) {
      await route.abort('aborted');
      return;
    }
    if (await isCancelled(request, url, contents)) {
      await route.abort('blockedbyclient');
      return;
    }

    const handler = handlerOf(new URL(url).protocol.slice(0, -1));
    if (handler !== undefined) {
      await serve(route, request, url, handler, contents);
      return;
    }
    recordRefusedRequest(url);
    await route.abort('internetdisconnected');
  } catch (error) {
    complain(`Request for ${url}`, error);
    await route.abort('failed').catch(() => undefined); // the page is gone
  }
}
