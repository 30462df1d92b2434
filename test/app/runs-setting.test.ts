import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { runsSetting } from '../../main/app/runs-setting.ts';
import type { Settings } from '../../main/state/settings.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';
import { type Finger, settingsAndFinger } from './settings-and-finger.ts';

function setup(given: Partial<Settings> = {}, finger: Finger = 'absent') {
  const { settings, sensor, asked } = settingsAndFinger(given, finger);
  const setting = runsSetting({
    settings,
    usualPath: '/usr/bin:/bin',
    sensor,
    reason: 'loosen a setting',
    changed: () => undefined,
  });
  return { ...setting, current: () => settings.current, asked };
}

describe('how commands run', () => {
  it('changes what is named, and nothing else', async () => {
    const { handlers, current } = setup({ promptTimeoutMs: 20_000 });
    expect(await handlers.setRuns({ displayName: ' mini ' })).toMatchObject({ ok: true });
    expect(current()).toMatchObject({ displayName: 'mini', promptTimeoutMs: 20_000, path: null });
  });

  it.each([
    ['a folder that is not absolute', { path: '/usr/bin:bin' }, 'every folder must be absolute'],
    ['an empty folder', { path: '/usr/bin:' }, 'every folder must be absolute'],
    ['no folder', { path: '' }, 'every folder must be absolute'],
    ['a name with a line end', { displayName: 'a\nb' }, 'control characters'],
    ['a question that nobody could answer', { promptTimeoutMs: 1 }, 'Nothing was changed'],
  ])('is not changed by %s, and says why', async (_, choices, why) => {
    const { handlers, current } = setup();
    const before = current();
    expect(await handlers.setRuns(choices)).toMatchObject({
      ok: false,
      code: 'bad-setting',
      message: expect.stringContaining(why) as string,
    });
    expect(current()).toBe(before);
  });

  it.each([
    ['passSshAgent', { passSshAgent: true }, 'refuses', 1, false],
    ['passSshAgent', { passSshAgent: true }, 'accepts', 1, true],
    ['passSshAgent', { passSshAgent: true }, 'absent', 0, true],
    ['dangerouslyAllowPlaintextGateway', { dangerouslyAllowPlaintextGateway: true }, 'refuses', 1, false],
  ] as const)(
    'hands %s out only to whoever has the finger: %j %s',
    async (name, choices, finger, times, on) => {
      const { handlers, current, asked } = setup({}, finger);
      await handlers.setRuns(choices);
      expect([current()[name], asked()]).toEqual([on, times]);
    },
  );

  it('says which folders other users can write to', async () => {
    const folder = await temporaryFolder();
    const [own, loose] = [join(folder, 'own'), join(folder, 'loose')];
    for (const place of [own, loose]) mkdirSync(place);
    chmodSync(loose, 0o777);
    const { view } = setup({ path: `${own}:${loose}:/nowhere:/usr/bin` });
    const { looseFolders } = await view();
    expect(looseFolders).toEqual([[{ kind: 'plain', text: loose }]]);
  });
});
