import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import plist from 'plist';
import { z } from 'zod';

/** Names the app to macOS for ever: permissions and Keychain items hang on it. */
export const APP_ID = 'dev.latchkey.app';
export const URL_SCHEME = 'oc-pair';

/** What macOS says when it asks whether this app may look for gateways on the local network. */
export const LOCAL_NETWORK = {
  NSLocalNetworkUsageDescription: 'To show the OpenClaw gateways nearby, while you pair.',
  NSBonjourServices: ['_openclaw-gw._tcp'],
};

const anyPlist = z.record(z.string(), z.unknown());
const ours = z.looseObject({
  CFBundleIdentifier: z.literal(APP_ID),
  CFBundleName: z.literal('Latchkey'),
  LSUIElement: z.literal(true, 'a menu-bar app has no Dock icon'),
  NSAppTransportSecurity: z.strictObject({ NSAllowsArbitraryLoads: z.literal(false) }),
  CFBundleURLTypes: z.tuple([z.looseObject({ CFBundleURLSchemes: z.tuple([z.literal(URL_SCHEME)]) })]),
  NSLocalNetworkUsageDescription: z.literal(LOCAL_NETWORK.NSLocalNetworkUsageDescription),
  NSBonjourServices: z.tuple([z.literal('_openclaw-gw._tcp')]),
  ElectronAsarIntegrity: z.strictObject({
    'Resources/app.asar': z.strictObject({ algorithm: z.literal('SHA256'), hash: z.hex() }),
  }),
});
export type InfoPlist = z.infer<typeof ours>;

const pathOf = (app: string): string => join(app, 'Contents/Info.plist');
const asksForDevice = (key: string): boolean =>
  key.endsWith('UsageDescription') && !Object.hasOwn(LOCAL_NETWORK, key);
const readPlist = (path: string) => anyPlist.parse(plist.parse(readFileSync(path, 'utf8')));

/**
 * Takes out what Electron and electron-builder put in and this app does not need. Without a usage description macOS
 * refuses camera, microphone and the like without asking, also to the commands that the app runs. Looking for gateways is
 * the one thing that it asks for.
 */
export function tightenInfoPlist(app: string): void {
  const kept = Object.entries(readPlist(pathOf(app))).filter(([key]) => !asksForDevice(key));
  const info = { ...Object.fromEntries(kept), NSAppTransportSecurity: { NSAllowsArbitraryLoads: false } };
  writeFileSync(pathOf(app), plist.build(info));
}

/** A finished bundle's Info.plist, or what is wrong with it. */
export function readInfoPlist(app: string): { info: InfoPlist } | { problems: string[] } {
  const raw = readPlist(pathOf(app));
  const parsed = ours.safeParse(raw);
  const problems = [
    ...Object.keys(raw)
      .filter(asksForDevice)
      .map((key) => `Info.plist: ${key} is there`),
    ...(parsed.error?.issues ?? []).map(({ path, message }) => `Info.plist: ${path.join('.')}: ${message}`),
  ];
  return parsed.success && problems.length === 0 ? { info: parsed.data } : { problems };
}
