/** Switches that hand the app to whoever started it. Chromium takes one dash or two, and any value. */
const TAKEOVER =
  /^--?(?:inspect|remote-debugging|js-flags|load-extension|no-sandbox|disable-web-security|disable-site-isolation)/i;

/** The first switch with which a packaged app must not start; null if there is none. SECURITY: beyond the fuses. */
export function takeoverSwitch(argv: readonly string[], packaged: boolean): string | null {
  return packaged ? (argv.slice(1).find((word) => TAKEOVER.test(word)) ?? null) : null;
}
