import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

import type { Browser, BrowserContext, CDPSession, Page } from 'playwright';

import { findChromium } from './find-chromium.ts';

/** Handled here or by the launcher; everything else on the command line goes to Chromium. */
const OUR_SWITCHES: ReadonlySet<string> = new Set(['user-data-dir', 'remote-debugging-port', 'headless']);

const FIXED_ARGUMENTS = [
  '--headless',
  '--no-sandbox', // so that root and containers can run it; what the renderer's sandbox does is not tested here
  '--no-startup-window', // each window is opened by the app
  '--disable-gpu',
  '--hide-scrollbars',
  '--mute-audio',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND', // nothing that slips past the router finds an address
  '--remote-debugging-address=127.0.0.1',
  // The test's Playwright and this process both connect by the port. Nobody speaks on the pipe: it is there because
  // Chromium ends itself when the pipe closes, also when this process is killed.
  '--remote-debugging-port=0',
  '--remote-debugging-pipe',
];

export interface Chromium {
  readonly context: BrowserContext;
  /** Opens a window of its own: a tab behind another one would get about one frame a second. */
  openPage(size: {
    readonly width: number;
    readonly height: number;
  }): Promise<{ page: Page; targetId: string }>;
  closeTarget(targetId: string): Promise<void>;
  /** Resolves when the process has ended. */
  close(): Promise<void>;
}

function launch(executable: string, profile: string, switches: ReadonlyMap<string, string>): ChildProcess {
  const given = [...switches]
    .filter(([name]) => !OUR_SWITCHES.has(name))
    .map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
  return spawn(executable, [...given, ...FIXED_ARGUMENTS, `--user-data-dir=${join(profile, 'chromium')}`], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
  });
}

function endpointOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Chromium exited (${String(code)}):\n${output}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-10_000);
      const endpoint = /DevTools listening on (ws:.*)/.exec(output)?.[1];
      if (endpoint !== undefined) resolve(endpoint);
    });
  });
}

/**
 * Starts Chromium and connects to it.
 *
 * @param profile folder that Chromium may fill
 * @param onExit called when Chromium ends although nobody closed it
 */
export async function startChromium(
  profile: string,
  switches: ReadonlyMap<string, string>,
  onExit: (code: number | null) => void,
): Promise<Chromium & { endpoint: string }> {
  const child = launch(await findChromium(), profile, switches);
  const playwright = import('playwright'); // loads while Chromium starts
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const endpoint = await endpointOf(child);
  let closing = false;
  child.once('exit', (code) => {
    if (!closing) onExit(code);
  });

  const { chromium } = await playwright;
  const browser: Browser = await chromium.connectOverCDP(endpoint, { noDefaults: true });
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('Chromium has no default context');
  const session = await browser.newBrowserCDPSession();

  return {
    endpoint,
    context,
    openPage: await pageOpener(context, session),
    async closeTarget(targetId) {
      await session.send('Target.closeTarget', { targetId });
    },
    async close() {
      closing = true;
      const kill = setTimeout(() => child.kill('SIGKILL'), 3000);
      await session.send('Browser.close').catch(() => child.kill());
      await ended;
      clearTimeout(kill);
    },
  };
}

/** Opens pages one at a time and closes every page that nobody asked for (popups). */
async function pageOpener(context: BrowserContext, session: CDPSession): Promise<Chromium['openPage']> {
  const arrived = new Map<string, Page>();
  let onArrival = (): void => undefined;
  /** Targets that appeared while one of them is to be ours; null when none is awaited. */
  let appeared: string[] | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  const closePopup = (targetId: string): void => {
    session.send('Target.closeTarget', { targetId }).catch(() => undefined); // closed itself
  };
  session.on('Target.targetCreated', ({ targetInfo: { type, targetId } }) => {
    if (type !== 'page') return;
    if (appeared === null) closePopup(targetId);
    else appeared.push(targetId);
  });
  await session.send('Target.setDiscoverTargets', { discover: true });

  context.on('page', (page) => {
    void (async () => {
      const own = await context.newCDPSession(page);
      const { targetInfo } = await own.send('Target.getTargetInfo');
      await own.detach();
      arrived.set(targetInfo.targetId, page);
      onArrival();
    })().catch(() => undefined); // gone before it could be looked at
  });

  async function open(size: {
    readonly width: number;
    readonly height: number;
  }): ReturnType<Chromium['openPage']> {
    appeared = [];
    let targetId = '';
    try {
      const window = { url: 'about:blank', newWindow: true, ...size };
      ({ targetId } = await session.send('Target.createTarget', window));
    } finally {
      for (const other of appeared) if (other !== targetId) closePopup(other);
      appeared = null;
    }
    for (;;) {
      const page = arrived.get(targetId);
      arrived.delete(targetId);
      if (page !== undefined) return { page, targetId };
      await new Promise<void>((resolve) => (onArrival = resolve));
    }
  }

  return (size) => {
    const opened = queue.then(() => open(size));
    queue = opened.catch(() => undefined);
    return opened;
  };
}
