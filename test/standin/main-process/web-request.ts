import type * as Electron from 'electron';
import type { Request as PageRequest } from 'playwright';

import { unsupported } from '../shared/strict.ts';
import { rules } from './session.ts';
import type { WebContents } from './web-contents.ts';

type ResourceType = Electron.OnBeforeRequestListenerDetails['resourceType'];

const TYPES: Readonly<Record<string, ResourceType>> = {
  stylesheet: 'stylesheet',
  script: 'script',
  image: 'image',
  font: 'font',
  media: 'media',
  ping: 'ping',
  fetch: 'xhr',
  xhr: 'xhr',
};

function resourceType(request: PageRequest): ResourceType {
  if (request.isNavigationRequest()) return request.frame().parentFrame() === null ? 'mainFrame' : 'subFrame';
  return TYPES[request.resourceType()] ?? 'other';
}

let lastId = 0;

/** Asks the app's onBeforeRequest listener, and waits for its answer as Electron does. */
export async function isCancelled(
  request: PageRequest,
  url: string,
  contents: WebContents,
): Promise<boolean> {
  const listener = rules.onBeforeRequest;
  if (listener === null) return false;
  const details = {
    id: (lastId += 1),
    url,
    method: request.method(),
    webContentsId: contents.id,
    resourceType: resourceType(request),
    referrer: '',
    timestamp: Date.now(),
    uploadData: [],
  };
  const answer = await new Promise<Electron.CallbackResponse>((resolve) => listener(details, resolve));
  if (answer.redirectURL !== undefined) throw unsupported('redirectURL in an answer of onBeforeRequest');
  return answer.cancel === true;
}
