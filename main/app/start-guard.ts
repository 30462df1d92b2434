/**
 * The first switch with which a packaged app must not start; null if there is none. SECURITY: Chromium and Node know
 * hundreds, some hand the app to whoever started it, and a person never gives any. Beyond the fuses.
 */
export function takeoverSwitch(argv: readonly string[], packaged: boolean): string | null {
  return packaged ? (argv.slice(1).find((word) => word.startsWith('-')) ?? null) : null;
}
