import { describe, expect, it } from 'vitest';

import { touchIdSetting } from '../../main/app/touch-id-setting.ts';
import { settingsSchema } from '../../main/state/settings.ts';
import type { TouchIdLevel } from '../../main/state/touch-id-level.ts';
import { type Finger, settingsAndFinger } from './settings-and-finger.ts';

function setUp(kept: TouchIdLevel, finger: Finger) {
  const { settings, sensor, asked } = settingsAndFinger({ touchId: kept }, finger);
  const setting = touchIdSetting({ sensor, settings, reason: 'ask less often', changed: () => undefined });
  const set = (level: TouchIdLevel) => setting.handlers.setTouchId(level);
  return { setting, set, asked, kept: () => settings.current.touchId };
}

describe('how often Touch ID is asked for', () => {
  it('is for commands with a high warning, until the person says otherwise', () => {
    expect(settingsSchema.parse({}).touchId).toBe('high');
  });

  it.each<[TouchIdLevel, TouchIdLevel]>([
    ['always', 'high'],
    ['always', 'never'],
    ['high', 'never'],
  ])('from %s to %s takes Touch ID itself', async (from, to) => {
    const refused = setUp(from, 'refuses');
    expect(await refused.set(to)).toMatchObject({ ok: false, code: 'not-proven' });
    expect([refused.kept(), refused.asked()]).toEqual([from, 1]);
    const accepted = setUp(from, 'accepts');
    expect((await accepted.set(to)).ok).toBe(true);
    expect(accepted.kept()).toBe(to);
  });

  it.each<[TouchIdLevel, TouchIdLevel]>([
    ['never', 'high'],
    ['high', 'always'],
    ['high', 'high'],
  ])('from %s to %s takes nothing', async (from, to) => {
    const { set, asked, kept } = setUp(from, 'refuses');
    expect((await set(to)).ok).toBe(true);
    expect([kept(), asked()]).toEqual([to, 0]);
  });

  it('is not offered, and cannot be set, where there is none', async () => {
    const { set, setting, kept } = setUp('high', 'absent');
    expect(setting.view).toBeNull();
    expect(await set('never')).toMatchObject({ ok: false, code: 'not-available' });
    expect(kept()).toBe('high');
  });
});
