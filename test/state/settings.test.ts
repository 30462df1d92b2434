import { expect, it } from 'vitest';

import { MAC_PATH, settingsSchema } from '../../main/state/settings.ts';

it('an empty document is one with every default', () => {
  expect(settingsSchema.parse({})).toEqual({
    version: 1,
    displayName: null,
    promptTimeoutMs: 300_000,
    path: null,
    passSshAgent: false,
    endRunsOnDisconnect: 'after-60s',
    runsOnPause: 'keep',
    pauseWhileLocked: false,
    pauseShortcut: 'Control+Alt+Command+P',
    dangerouslyAllowPlaintextGateway: false,
    touchId: 'high',
  });
});

it('keeps what a newer version stored', () => {
  expect(settingsSchema.parse({ later: [1] })).toMatchObject({ later: [1] });
});

it.each([
  [{ path: MAC_PATH }, true],
  [{ path: '/usr/bin' }, true],
  [{ path: '' }, false],
  [{ path: '/usr/bin:' }, false],
  [{ path: '/usr/bin::/bin' }, false],
  [{ path: '.:/usr/bin' }, false],
  [{ path: '~/bin:/usr/bin' }, false],
  [{ path: '/a\0b' }, false],
  [{ promptTimeoutMs: 9_999 }, false],
  [{ promptTimeoutMs: 1_800_001 }, false],
  [{ promptTimeoutMs: Number.NaN }, false],
  [{ displayName: '  ' }, false],
  [{ displayName: 'Mac\u001b[2J' }, false],
  [{ passSshAgent: 'true' }, false],
  [{ endRunsOnDisconnect: 'never' }, false],
  [{ runsOnPause: 'kill' }, false],
  [{ pauseShortcut: null }, true],
  [{ pauseShortcut: 'Command+Shift+Escape' }, true],
  [{ pauseShortcut: 'Command+Q' }, false],
  [{ pauseShortcut: 'P' }, false],
  [{ version: 2 }, false],
])('%j is taken: %s', (document, taken) => {
  expect(settingsSchema.safeParse(document).success).toBe(taken);
});
