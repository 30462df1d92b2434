import { describe, expect, it } from 'vitest';

import {
  type FocusPlace,
  type KeyMeaning,
  type KeyPress,
  meaningOf,
} from '../../renderer/prompt/key-rules.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  metaKey: false,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  ...held,
});
const meta = { metaKey: true };
const repeat = { repeat: true };
const places: FocusPlace[] = ['deny', 'allow', 'radio', 'control', 'elsewhere'];

describe('a key in the prompt', () => {
  it.each<[string, KeyPress, FocusPlace, KeyMeaning]>([
    ['Return on Deny denies', press('Enter'), 'deny', 'deny'],
    ['Return on a choice denies', press('Enter'), 'radio', 'deny'],
    ['Return nowhere in particular denies', press('Enter'), 'elsewhere', 'deny'],
    ['Return on Allow does nothing', press('Enter'), 'allow', 'nothing'],
    ['Return on a link opens it', press('Enter'), 'control', null],
    ['Command-Return on Deny asks to allow', press('Enter', meta), 'deny', 'allow'],
    ['Command-Return on Allow asks to allow', press('Enter', meta), 'allow', 'allow'],
    ['Command-Return held down does nothing', press('Enter', { ...meta, ...repeat }), 'allow', 'nothing'],
    ['Return held down does nothing', press('Enter', repeat), 'deny', 'nothing'],
    ['Escape held down does nothing', press('Escape', repeat), 'deny', 'nothing'],
    ['Space held down does nothing on Allow', press(' ', repeat), 'allow', 'nothing'],
    ['Space is the press of the button that has the focus', press(' '), 'deny', null],
    ['Command-C copies the command', press('c', meta), 'deny', 'copy'],
    ['Command-2 chooses the second reach', press('2', meta), 'deny', 'scope-2'],
    ['Page Down reads on while Deny has the focus', press('PageDown'), 'deny', 'scroll'],
    ['an arrow moves between the choices', press('ArrowDown'), 'radio', null],
    ['a letter means nothing', press('y'), 'elsewhere', null],
  ])('%s', (_what, key, focus, meaning) => {
    expect(meaningOf(key, focus, false)).toBe(meaning);
  });

  it.each(places)('Escape denies, wherever the focus is: %s', (place) => {
    expect(meaningOf(press('Escape'), place, false)).toBe('deny');
  });

  it('only Command-Return, alone and not held down, can mean allow', () => {
    const flags = [false, true];
    for (const key of ['Enter', ' ', 'Escape', 'y', 'a', '1', 'c', 'Tab', 'ArrowUp'])
      for (const place of places)
        for (const metaKey of flags)
          for (const ctrlKey of flags)
            for (const altKey of flags)
              for (const shiftKey of flags)
                for (const repeated of flags) {
                  const held = { metaKey, ctrlKey, altKey, shiftKey, repeat: repeated };
                  const yes = key === 'Enter' && metaKey && !ctrlKey && !altKey && !shiftKey && !repeated;
                  expect(meaningOf(press(key, held), place, false) === 'allow').toBe(yes);
                }
  });

  it('leaves Command-C to the selection where there is one', () => {
    expect(meaningOf(press('c', meta), 'elsewhere', true)).toBe(null);
  });
});
