import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { CDPSession, Page } from 'playwright';

import type { ToPage, WorldConfig } from '../shared/world-config.ts';
import { complain } from './control.ts';
import { chromium } from './running.ts';

const script = (name: string): string => readFileSync(join(__dirname, name), 'utf8');
const mainWorld = script('main-world.js');
const isolatedWorld = script('isolated-world.js');

export interface PageListener {
  /** @param contextId the world that spoke, for the answer */
  onMessage(text: string, contextId: number): void;
  onWindowOpen(event: { url: string; windowName: string; windowFeatures: string[] }): void;
}

/** One Chromium page behind a window: its worlds, and the way into them. */
export interface PageSession {
  readonly page: Page;
  readonly targetId: string;
  /** Whether that world's document is still there. */
  isAlive(contextId: number): boolean;
  /** The isolated world of the main frame now, if a preload runs there. */
  mainContext(): number | null;
  deliver(contextId: number, message: ToPage): void;
  applyTheme(dark: boolean): Promise<void>;
  resize(size: { readonly width: number; readonly height: number }): Promise<void>;
  crash(): void;
}

/** The preload is a function beside the runtime, not inside it: it finds none of the runtime's names. */
const wrapScript = (source: string, config: WorldConfig, preload = ''): string =>
  `(function(CONFIG,PRELOAD){${source}})(${JSON.stringify(config)},function(require,process,module,exports){${preload}\n})`;

async function installWorlds(
  session: CDPSession,
  config: WorldConfig,
  worldName: string,
  preload: string,
): Promise<void> {
  const add = (script: { source: string; worldName?: string }): Promise<unknown> =>
    session.send('Page.addScriptToEvaluateOnNewDocument', script);
  await session.send('Runtime.addBinding', { name: config.binding, executionContextName: worldName });
  // In this order, and both before any script of the page: the isolated world greets, the main world must be listening.
  await add({ source: wrapScript(mainWorld, config) });
  await add({ source: wrapScript(isolatedWorld, config, readFileSync(preload, 'utf8')), worldName });
}

/** Opens a page and, with a preload, puts the two worlds into every document that it will show. */
export async function openPageSession(
  size: { readonly width: number; readonly height: number },
  preload: string | undefined,
  listener: PageListener,
): Promise<PageSession> {
  const { page, targetId } = await chromium().openPage(size);
  const session = await page.context().newCDPSession(page);
  const secret = randomBytes(12).toString('hex');
  const worldName = `isolated-${secret}`;
  const { platform, arch, versions } = process;
  const config: WorldConfig = {
    handshake: `meet-${secret}`,
    binding: `__binding${secret}`,
    deliver: `__deliver${secret}`,
    process: { platform, arch, versions: { ...versions } },
  };

  const { frameTree } = await session.send('Page.getFrameTree');
  const alive = new Set<number>();
  let mainContext: number | null = null;
  session.on('Runtime.executionContextCreated', ({ context: world }) => {
    if (world.name !== worldName) return;
    alive.add(world.id);
    const data = world.auxData as { frameId?: string } | undefined;
    if (data?.frameId === frameTree.frame.id) mainContext = world.id;
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    alive.delete(executionContextId);
    if (mainContext === executionContextId) mainContext = null;
  });
  session.on('Runtime.executionContextsCleared', () => {
    alive.clear();
    mainContext = null;
  });
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name === config.binding) listener.onMessage(payload, executionContextId);
  });
  session.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
    complain('Uncaught in a page', exceptionDetails.exception?.description);
  });
  session.on('Page.windowOpen', (event) => listener.onWindowOpen(event));

  const resize: PageSession['resize'] = async ({ width, height }) => {
    // Factor 0 keeps the one that Chromium was started with.
    const metrics = { width, height, deviceScaleFactor: 0, mobile: false };
    await session.send('Emulation.setDeviceMetricsOverride', metrics);
  };
  await Promise.all([session.send('Page.enable'), session.send('Runtime.enable'), resize(size)]);
  if (preload !== undefined) await installWorlds(session, config, worldName, preload);

  return {
    page,
    targetId,
    resize,
    isAlive: (contextId) => alive.has(contextId),
    mainContext: () => mainContext,
    deliver(contextId, message) {
      const functionDeclaration = `function(message){globalThis[${JSON.stringify(config.deliver)}](message)}`;
      session
        .send('Runtime.callFunctionOn', {
          executionContextId: contextId,
          functionDeclaration,
          arguments: [{ value: message }],
        })
        .then(
          ({ exceptionDetails }) => {
            if (exceptionDetails !== undefined)
              complain('A listener threw', exceptionDetails.exception?.description);
          },
          () => undefined, // the page is gone, as Electron drops what cannot arrive
        );
    },
    async applyTheme(dark) {
      const features = [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }];
      await session.send('Emulation.setEmulatedMedia', { features }).catch(() => undefined); // gone
    },
    crash: () => void session.send('Page.crash').catch(() => undefined),
  };
}
