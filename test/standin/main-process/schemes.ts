/**
 * Chromium cannot be taught a scheme from outside, so `app://prompt/x` is served at `https://prompt.app-scheme.test/x`.
 * Only schemes that have a handler are mapped.
 */
export type ProtocolHandler = (request: Request) => Response | Promise<Response>;

const SUFFIX = '-scheme.test';
const handlers = new Map<string, ProtocolHandler>();

export const handlerOf = (scheme: string): ProtocolHandler | undefined => handlers.get(scheme);
export const setHandler = (scheme: string, handler: ProtocolHandler): void =>
  void handlers.set(scheme, handler);
export const removeHandler = (scheme: string): void => void handlers.delete(scheme);

/** The address at which Chromium finds what the app calls `url`. */
export function toBrowser(url: string): string {
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)(.*)$/is.exec(url) ?? [];
  return handlers.has(scheme) ? `https://${host}.${scheme}${SUFFIX}${rest === '' ? '/' : rest}` : url;
}

/** What the app calls the address that Chromium shows. */
export function fromBrowser(url: string): string {
  const [, host = '', scheme = '', rest = ''] =
    /^https:\/\/([^/?#]+)\.([a-z0-9+-]+)-scheme\.test(.*)$/s.exec(url) ?? [];
  return handlers.has(scheme) ? `${scheme}://${host}${rest}` : url;
}

/** `app://prompt`, as Electron's frames say it; Node's URL knows no origin for such a scheme. */
export function originOf(url: string): string {
  const { protocol, host, origin } = new URL(url);
  return handlers.has(protocol.slice(0, -1)) ? `${protocol}//${host}` : origin;
}
