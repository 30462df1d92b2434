import { join } from 'node:path';

import type { App } from 'electron';

import type { LatchkeyNode } from '../node/latchkey-node.ts';
import { openNode } from '../node/open-node.ts';
import { Keychain } from '../secrets/keychain.ts';
import { MemorySecrets } from '../secrets/memory-secrets.ts';
import { MAC_PATH } from '../state/settings.ts';

/**
 * Opens the core on the app's own state folder, and starts it.
 * @throws {Error} whose message is for a person, when the folder cannot be used.
 */
export async function startCore(
  app: Pick<App, 'getAppPath' | 'getPath' | 'isPackaged' | 'commandLine'>,
): Promise<LatchkeyNode> {
  const node = await openNode({
    stateDir: join(app.getPath('userData'), 'state'),
    program: 'app',
    secrets: mayUseKeychain(app) ? new Keychain() : new MemorySecrets(),
    path: usualPath(),
    bundle: [app.getAppPath(), app.getPath('exe'), wholeApp(app.getPath('exe'))],
  });
  await node.start();
  return node;
}

/** The application that a program is the main one of, whole: its helpers and frameworks are Latchkey's as well. */
export const wholeApp = (exe: string): string => exe.replace(/(\.app)\/Contents\/MacOS\/[^/]+$/, '$1');

/** The PATH of runs where the settings name none. */
export const usualPath = (): string =>
  process.platform === 'darwin' ? MAC_PATH : (process.env['PATH'] ?? '');

/** On macOS an item made by an unpackaged Electron could be read by every other app that is run by one. */
function mayUseKeychain({ isPackaged, commandLine }: Pick<App, 'isPackaged' | 'commandLine'>): boolean {
  if (isPackaged) return true;
  return process.platform !== 'darwin' && !commandLine.hasSwitch('memory-secrets');
}
