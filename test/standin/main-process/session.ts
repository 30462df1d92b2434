import type * as Electron from 'electron';

import { strict, unsupported } from '../shared/strict.ts';
import { record } from './control.ts';
import { protocol } from './protocol.ts';

type Session = Electron.Session;
type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
export type Permission = Parameters<RequestHandler>[1];
export type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void,
) => void;

/** What the app set on the only session there is. */
export const rules: {
  onPermissionRequest: RequestHandler | null;
  onPermissionCheck: CheckHandler | null;
  onBeforeRequest: BeforeRequest | null;
} = { onPermissionRequest: null, onPermissionCheck: null, onBeforeRequest: null };

const ALL: ReadonlySet<string> = new Set(['<all_urls>', '*://*/*']);

/** Either form: (listener) or (filter, listener). */
function onBeforeRequest(
  filter: Electron.WebRequestFilter | BeforeRequest | null,
  listener?: BeforeRequest | null,
): void {
  if (typeof filter !== 'object' || filter === null) {
    rules.onBeforeRequest = filter;
    return;
  }
  const { urls, ...others } = filter;
  if (Object.keys(others).length > 0 || urls.some((url) => !ALL.has(url)))
    throw unsupported('A webRequest filter other than <all_urls>');
  rules.onBeforeRequest = listener ?? null;
}

type Supported = Pick<
  Session,
  'setDevicePermissionHandler' | 'setPermissionCheckHandler' | 'setPermissionRequestHandler'
>;

const defaultSession = strict('session', {
  setPermissionRequestHandler: (handler: RequestHandler | null) => void (rules.onPermissionRequest = handler),
  setPermissionCheckHandler: (handler: CheckHandler | null) => void (rules.onPermissionCheck = handler),
  /** Never asked: this Chromium has no devices to offer. */
  setDevicePermissionHandler: () => record('session.setDevicePermissionHandler'),
  webRequest: strict('session.webRequest', { onBeforeRequest }),
  protocol,
} satisfies Supported & Record<string, unknown>);

export const session = strict('session', { defaultSession });
