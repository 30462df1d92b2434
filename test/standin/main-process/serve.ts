import type { Request as PageRequest, Route } from 'playwright';

import { unsupported } from '../shared/strict.ts';
import { webFrame } from './frames.ts';
import { handlerOf, type ProtocolHandler } from './schemes.ts';
import { electronEvent } from './strict-emitter.ts';
import type { WebContents } from './web-contents.ts';

/** Would name the https address behind the app's own. */
const UNTRUE_HEADERS: ReadonlySet<string> = new Set(['host', 'origin', 'referer']);
/** Of the body as the handler had it, not as it is sent here. */
const TRANSPORT_HEADERS: ReadonlySet<string> = new Set(['content-length', 'content-encoding']);

async function toHandler(request: PageRequest, url: string): Promise<Request> {
  const headers = Object.entries(await request.allHeaders()).filter(
    ([name]) => !name.startsWith(':') && !UNTRUE_HEADERS.has(name),
  );
  return new Request(url, { method: request.method(), headers, body: request.postData() });
}

/** `app:` in a policy means something else when the page is https to Chromium; 'self' means the same. */
function refuseSchemeSources(policy: string): void {
  for (const [, scheme = ''] of policy.matchAll(/[\s;]([a-z][a-z0-9+-]*):(?=[\s;/]|$)/g))
    if (handlerOf(scheme) !== undefined)
      throw unsupported(`The source ${scheme}: in a Content-Security-Policy`);
}

/** Answers a request with what the app's protocol handler says, headers and all. */
export async function serve(
  route: Route,
  request: PageRequest,
  url: string,
  handler: ProtocolHandler,
  contents: WebContents,
): Promise<void> {
  const response = await handler(await toHandler(request, url));
  const location = response.headers.get('location');
  if (location !== null) {
    const event = electronEvent({ url: new URL(location, url).href, frame: webFrame(request.frame()) });
    contents.emit('will-redirect', event, event.url);
    if (event.defaultPrevented) return route.abort('aborted');
    throw unsupported('A redirection by a protocol handler');
  }
  const policy = response.headers.get('content-security-policy');
  if (policy !== null) refuseSchemeSources(policy);
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !TRANSPORT_HEADERS.has(name)));
  return route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) });
}
