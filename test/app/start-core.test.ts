import { expect, it } from 'vitest';

import { wholeApp } from '../../main/app/start-core.ts';

it.each([
  ['/Applications/Latchkey.app/Contents/MacOS/Latchkey', '/Applications/Latchkey.app'],
  ['/opt/latchkey/latchkey', '/opt/latchkey/latchkey'],
])('what is Latchkey’s own, with %s, is all of %s', (exe, whole) => {
  expect(wholeApp(exe)).toBe(whole);
});
