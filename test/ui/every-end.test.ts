import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { BrowserWindow } from 'electron';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { InvokeOutcome, NodeLink } from '../gateway-practice/node-link.ts';
import {
  allowOnce,
  deny,
  focus,
  newFolder,
  type PairedApp,
  promptIsVisible,
  resume,
  startPairedApp,
  windowOf,
} from './test-app.ts';

const folder = newFolder();
const marker = join(folder, 'ran');
afterEach(() => rmSync(marker, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

/** A question that the person sees, and all that the gateway hears of it. */
interface Asked extends PairedApp {
  readonly id: string;
  readonly link: NodeLink;
  readonly outcome: Promise<InvokeOutcome>;
}

async function asks(paired: PairedApp, timeoutMs = 600_000): Promise<Asked> {
  const prompt = await windowOf(paired.app, 'prompt');
  const link = await paired.gateway.connected();
  const id = randomUUID();
  const run = {
    command: ['/usr/bin/touch', marker],
    runId: id,
    agentId: 'main',
    sessionKey: 'agent:main:main',
  };
  const outcome = link.invoke('system.run', run, { id, timeoutMs });
  await prompt.getByRole('button', { name: 'Deny', exact: true }).waitFor();
  expect(await promptIsVisible(paired)).toBe(true);
  return { ...paired, prompt, id, link, outcome };
}

const onPromptWindow = async (
  { app, prompt }: PairedApp,
  act: 'close' | 'destroy' | 'forcefullyCrashRenderer' | 'unresponsive',
): Promise<void> => {
  const window = await app.electron.browserWindow(prompt);
  // The window may be gone before it can say so.
  await window
    .evaluate((own: BrowserWindow, name) => {
      if (name === 'forcefullyCrashRenderer') own.webContents.forcefullyCrashRenderer();
      else if (name === 'unresponsive') own.webContents.emit('unresponsive');
      else own[name]();
    }, act)
    .catch(() => undefined);
};

const inMenu = async ({ prompt }: PairedApp, name: string) => {
  await prompt.locator('.more').click();
  await prompt.getByRole('menuitem', { name }).click();
};

/** What a question becomes: how often it is answered, and with what. */
type Becomes = 'run' | 'denied' | 'never answered';

interface End {
  readonly how: string;
  readonly becomes: Becomes;
  readonly end: (asked: Asked) => unknown;
  /** What the window says of it before it is put away. Left out: it goes by itself. */
  readonly says?: string;
  /** The gateway's patience, where the end is that it runs out. */
  readonly patienceMs?: number;
  /** Back to where the next question can come. */
  readonly after?: (asked: Asked) => Promise<unknown>;
}

const endQuiet = ({ app }: PairedApp) => app.tray.click('end-quiet');
const reconnected = ({ app }: PairedApp) =>
  expect.poll(async () => (await app.tray.menu())[0]?.label, { timeout: 20_000 }).toMatch(/^Connected/);

/** Those after which the app goes on. */
const ENDS: readonly End[] = [
  { how: 'the person denies it', becomes: 'denied', end: deny },
  {
    how: 'the person allows it',
    becomes: 'run',
    end: async (asked) => {
      await focus(asked.app, 'prompt');
      await allowOnce(asked);
    },
  },
  {
    how: 'the person denies it and pauses its agent',
    becomes: 'denied',
    end: (asked) => inMenu(asked, 'Deny and Pause This Agent'),
    after: endQuiet,
  },
  {
    how: 'the person denies it and pauses its session',
    becomes: 'denied',
    end: (asked) => inMenu(asked, 'Deny and Pause This Session'),
    after: endQuiet,
  },
  {
    how: 'its time is over',
    becomes: 'denied',
    patienceMs: 4000,
    end: ({ outcome }) => outcome,
    says: 'Denied: no answer',
  },
  {
    how: 'its caller gives it up',
    becomes: 'never answered',
    end: ({ link, id }) => link.cancel(id),
    says: 'Withdrawn by the agent',
  },
  { how: 'its window is closed', becomes: 'denied', end: (asked) => onPromptWindow(asked, 'close') },
  { how: 'its window is destroyed', becomes: 'denied', end: (asked) => onPromptWindow(asked, 'destroy') },
  {
    how: 'its page crashes',
    becomes: 'denied',
    end: (asked) => onPromptWindow(asked, 'forcefullyCrashRenderer'),
  },
  { how: 'its page hangs', becomes: 'denied', end: (asked) => onPromptWindow(asked, 'unresponsive') },
  {
    how: 'the screen is locked',
    becomes: 'denied',
    end: ({ app }) => app.person.power('lock-screen'),
    after: ({ app }) => app.person.power('unlock-screen'),
  },
  {
    how: 'the person pauses',
    becomes: 'denied',
    end: ({ app }) => app.tray.click('pause'),
    after: resume,
  },
  {
    how: 'the connection is lost',
    becomes: 'never answered',
    end: ({ gateway }) => gateway.cut(),
    says: 'Connection to the gateway was lost',
    after: reconnected,
  },
  {
    how: 'the Mac sleeps',
    becomes: 'never answered',
    end: ({ app }) => app.person.power('suspend'),
    after: async (asked) => {
      await asked.app.person.power('resume');
      await reconnected(asked);
    },
  },
];

/** A question gets exactly one answer, or none where nobody is left to hear it. */
async function expectOver({ link, id, outcome }: Asked, becomes: Becomes): Promise<void> {
  const heard = await outcome;
  const what = heard.ok ? 'run' : heard.code === 'SYSTEM_RUN_DENIED' ? 'denied' : 'never answered';
  expect(what).toBe(becomes);
  expect(link.answered.filter((one) => one === id)).toHaveLength(becomes === 'never answered' ? 0 : 1);
}

describe('a question is over, and the next one can be asked, when', () => {
  let paired: PairedApp;
  beforeAll(async () => {
    paired = await startPairedApp();
  });
  afterAll(() => paired.close());

  test.each(ENDS)('$how', async ({ becomes, end, says, patienceMs, after }) => {
    const asked = await asks(paired, patienceMs);
    await end(asked);
    await expectOver(asked, becomes);
    if (says !== undefined) {
      await asked.prompt.getByText(says).waitFor();
      expect(await asked.prompt.locator('button.allow').count()).toBe(0);
      await asked.prompt.getByRole('button', { name: 'Close' }).click();
    }
    await expect.poll(() => promptIsVisible(paired)).toBe(false);
    await after?.(asked);

    const next = await asks(paired);
    await deny(next);
    await expectOver(next, 'denied');
    // Nothing came after the one answer either, and nothing ran but what was allowed.
    await expectOver(asked, becomes);
    expect(existsSync(marker)).toBe(becomes === 'run');
  });
});

describe('nothing runs, and the question is over, when', () => {
  const ENDS_OF_THE_APP: readonly [
    string,
    Becomes | 'denied, or not any more',
    (asked: Asked) => Promise<unknown>,
  ][] = [
    [
      'this Mac is unpaired',
      'denied, or not any more',
      async ({ app }) => {
        await app.person.answerMessageBox(0);
        await app.person.answerMessageBox(1);
        await app.tray.click('unpair');
        await expect
          .poll(async () => (await app.tray.menu()).map(({ id }) => id), { timeout: 20_000 })
          .toContain('open-pairing');
        await expect.poll(() => promptIsVisible({ app })).toBe(false);
      },
    ],
    [
      'everything is stopped after an incident',
      'denied, or not any more',
      async ({ app }) => {
        await app.tray.click('contain');
        await expect
          .poll(async () => (await app.tray.menu()).map(({ id }) => id), { timeout: 20_000 })
          .toContain('open-incident');
        await expect.poll(() => promptIsVisible({ app })).toBe(false);
      },
    ],
    [
      'the app quits',
      'denied, or not any more',
      async ({ app }) => {
        await app.electron.evaluate(({ app: running }) => running.quit()).catch(() => undefined);
        await app.exited;
      },
    ],
    [
      'main is killed',
      'never answered',
      async ({ app }) => {
        app.electron.process().kill('SIGKILL');
        await app.exited;
      },
    ],
  ];
  test.each(ENDS_OF_THE_APP)('%s', async (how, becomes, end) => {
    const paired = await startPairedApp();
    const asked = await asks(paired);
    await end(asked);
    const heard = await asked.outcome;
    expect(heard.ok).toBe(false);
    const answers = asked.link.answered.filter((one) => one === asked.id).length;
    if (becomes === 'never answered') expect(answers).toBe(0);
    else expect(answers).toBe(!heard.ok && heard.code === 'SYSTEM_RUN_DENIED' ? 1 : 0);
    expect(existsSync(marker)).toBe(false);
    if (how === 'main is killed' || how === 'the app quits') await paired.gateway.stop();
    else await paired.close();
  });
});
