import type * as Electron from 'electron';
import type { BrowserContext } from 'playwright';

import { originOf } from './schemes.ts';
import { type Permission, rules } from './session.ts';

/** Electron's name of each permission that Chromium lets us set, and Chromium's names for it. All others are refused. */
const PERMISSIONS: readonly (readonly [Permission, readonly string[]])[] = [
  ['geolocation', ['geolocation']],
  ['notifications', ['notifications']],
  ['clipboard-read', ['clipboard-read']],
  ['clipboard-sanitized-write', ['clipboard-write']],
  ['media', ['camera', 'microphone']],
  ['midi', ['midi']],
];

/** Both handlers must agree; a missing one agrees, as in Electron. */
async function isGranted(
  permission: Permission,
  contents: Electron.WebContents,
  url: string,
): Promise<boolean> {
  const details = { isMainFrame: true, requestingUrl: url, securityOrigin: originOf(url) };
  const check = rules.onPermissionCheck;
  const checkable = permission;
  if (check !== null && !check(contents, checkable, originOf(url), details)) return false;
  const request = rules.onPermissionRequest;
  if (request === null) return true;
  return new Promise((resolve) => request(contents, permission, resolve, details));
}

/**
 * Chromium cannot ask us when a page wants something, so the handlers are asked for everything when a page is loaded,
 * and Chromium is told their answers.
 *
 * @param url as the app says it
 * @param origin as Chromium says it
 */
export async function applyPermissions(
  context: BrowserContext,
  contents: Electron.WebContents,
  url: string,
  origin: string,
): Promise<void> {
  const granted: string[] = [];
  for (const [permission, names] of PERMISSIONS)
    if (await isGranted(permission, contents, url)) granted.push(...names);
  await context.grantPermissions(granted, { origin });
}
