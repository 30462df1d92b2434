import { expect, it } from 'vitest';

import { PauseShortcut } from '../../main/app/platform/pause-shortcut.ts';

function system(taken: readonly string[] = []) {
  const held = new Map<string, () => void>();
  return {
    held,
    shortcuts: {
      register: (accelerator: string, press: () => void) => {
        if (accelerator === 'nonsense') throw new TypeError('not an accelerator');
        if (taken.includes(accelerator)) return false;
        held.set(accelerator, press);
        return true;
      },
      unregister: (accelerator: string) => void held.delete(accelerator),
    },
  };
}

it('presses what it was made for, and gives back the one before', () => {
  const { held, shortcuts } = system();
  let pressed = 0;
  const shortcut = new PauseShortcut(shortcuts, () => (pressed += 1));
  shortcut.set('A');
  held.get('A')?.();
  shortcut.set('B');
  expect([...held.keys()]).toEqual(['B']);
  shortcut.set(null);
  expect([...held.keys()]).toEqual([]);
  expect([pressed, shortcut.works]).toEqual([1, true]);
});

it.each(['taken', 'nonsense'])('says when the system does not give it: %s', (accelerator) => {
  const { held, shortcuts } = system(['taken']);
  const shortcut = new PauseShortcut(shortcuts, () => undefined);
  shortcut.set(accelerator);
  expect(shortcut.works).toBe(false);
  shortcut.set('free');
  expect([shortcut.works, ...held.keys()]).toEqual([true, 'free']);
});
